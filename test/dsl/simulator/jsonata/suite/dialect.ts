import { type Cases, faults, nothing } from './expected.ts';

/** Where Step Functions differs from JSONata 2.0.6 itself; each with the reason. */
export const differences: readonly { readonly reason: string; readonly cases: Cases }[] = [
  {
    reason: '$partition is added',
    cases: {
      '$partition([1..5], 2)': [[1, 2], [3, 4], [5]],
      '$partition([], 2)': [],
      '$partition($none, 2)': nothing,
      '$partition([1], 0)': faults('T0410'),
    },
  },
  {
    reason: '$range is added: both ends are included, and a single number comes without its array',
    cases: {
      '$range(0, 6, 3)': [0, 3, 6],
      '$range(5, 1, -2)': [5, 3, 1],
      '$range(1, 1, 1)': 1,
      '$range(1, 0, 1)': [],
      '$range(1, 2, 0)': faults('T0410'),
    },
  },
  {
    reason: '$hash is added',
    cases: {
      '$hash("a", "MD5")': '0cc175b9c0f1b6a831c399e269772661',
      '$hash("a", "SHA-1")': '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8',
      '$length($hash("a"))': 64,
      '$hash("a", "CRC")': faults('T0410'),
    },
  },
  {
    reason: '$parse is added, in place of $eval',
    cases: {
      '$parse("{\\"a\\":[1,null]}")': { a: [1, null] },
      '$parse($none)': nothing,
      '$parse(1)': faults('T0410'),
    },
  },
  { reason: "$random takes a seed, and is Java's", cases: { '$random(42)': 0.7275636800328681 } },
  { reason: '$uuid is added', cases: { '$length($uuid())': 36 } },
  {
    reason: '$eval is not there',
    cases: { '$eval("1 + 1")': faults('T1006') },
  },
  {
    reason: 'it is as late as on the virtual clock',
    cases: { '$now()': '2026-01-01T00:00:00.000Z', '$millis()': 1767225600000, '$now("[Y]")': '2026' },
  },
  {
    reason: 'a number that JSON cannot hold fails the field, also as its whole result',
    cases: { '1 / 0': faults('D1001'), '[-1 / 0]': faults('D1001') },
  },
  {
    reason: 'whole numbers of more than 15 digits are told in full, as newer versions of the package do',
    cases: { '$string(123456789012345680000)': '123456789012345680000' },
  },
  {
    reason: 'a picture that is none has a code, where 2.0.6 has a fault of its own',
    cases: { '$formatNumber(1, "x")': faults('D3086') },
  },
  {
    reason: 'what takes too much fails without a code',
    cases: { '$count([1..873783])': faults('Expression evaluation memory limit exceeded') },
  },
];

/** Expressions that CreateStateMachine refuses, and what the refusal names. */
export const refused: { readonly [expression: string]: string } = {
  $$: '$$',
  '$$.order': '$$',
  '[1].($$)': '$$',
  '1 ?? 2': '??',
  '$none ?: 2': '?:',
  '1 +': 'does not parse',
  '"open': 'does not parse',
  '(1': 'does not parse',
  '[1, 2': 'does not parse',
  '{"a" 1}': 'does not parse',
  '1 2': 'does not parse',
  '$a.%': 'does not parse',
  '/a': 'does not parse',
  '/(/': 'does not parse',
  '//': 'does not parse',
  '5 := 6': 'does not parse',
  'function(a) { a }': 'does not parse',
  '/* open': 'does not parse',
  '"\\q"': 'does not parse',
  '"\\u12"': 'does not parse',
  '@': 'does not parse',
  'a@b': 'does not parse',
  'a#b': 'does not parse',
  '$f := ': 'does not parse',
  '`a': 'does not parse',
  '': 'does not parse',
};
