import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import { type Expression, type Ref, referenceTo } from '../../../src/dsl/expression/expression.ts';
import { random, uuid } from '../../../src/dsl/expression/chance.ts';
import {
  atLeast,
  atMost,
  differs,
  equals,
  lessThan,
  moreThan,
  oneOf,
} from '../../../src/dsl/expression/comparison.ts';
import { context } from '../../../src/dsl/expression/context.ts';
import { every, filter, map, some, sortBy } from '../../../src/dsl/expression/each.ts';
import { base64Decode, base64Encode, hash } from '../../../src/dsl/expression/encoding.ts';
import { parse, toJson } from '../../../src/dsl/expression/json.ts';
import { at, count, first, flatten, last, list, partition, range } from '../../../src/dsl/expression/list.ts';
import { and, exists, ifElse, not, or, orElse, orIfNull } from '../../../src/dsl/expression/logic.ts';
import {
  absolute,
  add,
  average,
  divide,
  max,
  min,
  multiply,
  numberOf,
  power,
  remainder,
  round,
  subtract,
  sum,
} from '../../../src/dsl/expression/number.ts';
import { lookup, merge } from '../../../src/dsl/expression/object.ts';
import {
  concat,
  endsWith,
  join,
  matches,
  padStart,
  replace,
  split,
  startsWith,
  trim,
  uppercase,
} from '../../../src/dsl/expression/text.ts';
import { addSeconds, fromMillis, now, toMillis } from '../../../src/dsl/expression/time.ts';
import { evaluated, jsonataOf } from '../../support/evaluated.ts';

const n = referenceTo<number>('n');
const s = referenceTo<string>('s');
const yes = referenceTo<boolean>('yes');
const no = referenceTo<boolean>('no');
const words = referenceTo<string[]>('words');
const numbers = referenceTo<number[]>('numbers');
const missing = referenceTo<number>('missing');
const tables = referenceTo<{ readonly name: string }[]>('tables');

const variables = {
  n: 7,
  s: 'b',
  yes: true,
  no: false,
  words: ['a', 'b'],
  numbers: [3, 1, 2],
  tables: [{ name: 'T' }],
};

const cases: readonly [name: string, expression: Expression<unknown>, text: string, value: Json][] = [
  ['equals', equals(n, 7), '$n = 7', true],
  ['equals of text', equals(s, 'c'), '$s = "c"', false],
  ['equals of lists', equals(words, ['a', 'b']), '$words = ["a", "b"]', true],
  ['equals of objects', equals(referenceTo<{ a: number }>('o'), { a: 1 }), '$o = {"a": 1}', false],
  ['differs', differs(n, 8), '$n != 8', true],
  ['lessThan', lessThan(n, 7), '$n < 7', false],
  ['lessThan of text', lessThan(s, 'c'), '$s < "c"', true],
  ['atMost', atMost(n, 7), '$n <= 7', true],
  ['moreThan', moreThan(n, 7), '$n > 7', false],
  ['atLeast', atLeast(n, 7), '$n >= 7', true],
  ['and', and(yes, yes, no), '$yes and $yes and $no', false],
  ['and of one', and(yes), '$yes', true],
  ['and of none', and(), 'true', true],
  ['or', or(no, no, yes), '$no or $no or $yes', true],
  ['or of none', or(), 'false', false],
  ['and within or', or(and(no, yes), yes), '($no and $yes) or $yes', true],
  ['or within and', and(or(yes, no), no), '($yes or $no) and $no', false],
  ['not', not(yes), '$yes ? false : true', false],
  ['not of a comparison', not(equals(n, 7)), '$not(($n = 7))', false],
  ['oneOf literals', oneOf(s, ['a', 'b']), '$s in ["a", "b"]', true],
  ['oneOf a list', oneOf(s, words), '$s in $words', true],
  ['oneOf none', oneOf(s, []), '$s in []', false],
  ['exists', exists(n), '$exists($n)', true],
  ['exists of null', exists(referenceTo('nothing')), '$exists($nothing)', true],
  ['exists of a missing value', exists(missing), '$exists($missing)', false],
  ['orElse with a value', orElse(n, 0), '$exists($n) ? $n : 0', 7],
  ['orElse without', orElse(missing, 5), '$exists($missing) ? $missing : 5', 5],
  ['orElse of false', orElse(no, true), '$exists($no) ? $no : true', false],
  ['orIfNull with a value', orIfNull(n, 0), '($n != null) ? $n : 0', 7],
  [
    'orIfNull of null',
    orIfNull(referenceTo<number | null>('nothing'), 5),
    '($nothing != null) ? $nothing : 5',
    5,
  ],
  ['orIfNull without', orIfNull(missing, 5), '($missing != null) ? $missing : 5', 5],
  ['orIfNull of false', orIfNull(no, true), '($no != null) ? $no : true', false],
  ['ifElse, first', ifElse(yes, 'x', 'y'), '$yes ? "x" : "y"', 'x'],
  ['ifElse, second', ifElse(no, 'x', s), '$no ? "x" : $s', 'b'],
  ['add', add(n, 2), '$n + 2', 9],
  ['subtract', subtract(n, 2), '$n - 2', 5],
  ['subtract a negative number', subtract(n, -2), '$n - -2', 9],
  ['multiply', multiply(n, 2), '$n * 2', 14],
  ['divide', divide(n, 2), '$n / 2', 3.5],
  ['sums in order', subtract(n, subtract(3, add(1, 1))), '$n - (3 - (1 + 1))', 6],
  ['products of sums', multiply(add(n, 1), subtract(n, 1)), '($n + 1) * ($n - 1)', 48],
  ['quotients in order', divide(divide(n, 7), divide(4, 2)), '($n / 7) / (4 / 2)', 0.5],
  ['a chain of sums without parentheses', add(add(n, 1), 2), '$n + 1 + 2', 10],
  ['concat', concat('a-', s, '-', n, '-', yes), '"" & "a-" & $s & "-" & $n & "-" & $yes', 'a-b-7-true'],
  ['concat of none', concat(), '""', ''],
  ['concat of a sum', concat('n', add(n, 1)), '"" & "n" & ($n + 1)', 'n8'],
  ['concat of a choice', concat(ifElse(yes, 'x', 'y'), 'z'), '"" & ($yes ? "x" : "y") & "z"', 'xz'],
  ['list', list(s, 'x'), '[$each({"0": $s, "1": "x"}, function($v) { $v })[]]', ['b', 'x']],
  [
    'list of what cannot be a list',
    list(concat(s), 'x', { s }),
    '["" & $s, "x", {"s": $s}]',
    ['b', 'x', { s: 'b' }],
  ],
  ['list of lists', list(list(1), list(2, 3)), '[[1], [2, 3]]', [[1], [2, 3]]],
  ['count', count(words), '$count($words)', 2],
  ['sum', sum(numbers), '$sum($numbers)', 6],
  ['sum of numbers listed', sum(list(n, 1)), '$sum([$n, 1])', 8],
  ['min of two', min(n, 3), '$min([$n, 3])', 3],
  ['max of a list', max(numbers), '$max($numbers)', 3],
  ['average', average(numbers), '$average($numbers)', 2],
  ['remainder', remainder(n, 4), '$n % 4', 3],
  ['power', power(n, 2), '$power($n, 2)', 49],
  ['absolute', absolute(subtract(n, 9)), '$abs(($n - 9))', 2],
  ['round to the even neighbour', round(2.5), '$round(2.5)', 2],
  ['round to places', round(2.25, 1), '$round(2.25, 1)', 2.2],
  ['numberOf', numberOf('-1.5e2'), '$number("-1.5e2")', -150],
  ['numberOf', numberOf('0x1f'), '$number("0x1f")', 31],
  ['numberOf', numberOf('0o17'), '$number("0o17")', 15],
  ['numberOf', numberOf('0b11'), '$number("0b11")', 3],
  ['numberOf', numberOf('-01'), '$number("-01")', -1],
  ['uppercase', uppercase(s), '$uppercase($s)', 'B'],
  ['trim', trim('  a  b '), '$trim("  a  b ")', 'a b'],
  ['startsWith', startsWith('abc', 'ab'), '$substring("abc", 0, $length("ab")) = "ab"', true],
  ['endsWith', endsWith(s, 'xb'), '$substring($s, $length($s) - $length("xb")) = "xb"', false],
  ['matches', matches(s, /^[a-c]$/i), '$contains($s, /^[a-c]$/i)', true],
  [
    'replace by a regular expression',
    replace('a1b22', /(\d+)/g, '<$1>'),
    '$replace("a1b22", /(\\d+)/, "<$1>")',
    'a<1>b<22>',
  ],
  ['split', split('a', ','), '[$split("a", ",")]', ['a']],
  ['join', join(words, '-'), '$join($words, "-")', 'a-b'],
  ['padStart', padStart('7', 3, '0'), '$pad("7", (3 * -1), "0")', '007'],
  ['base64Encode', base64Encode('ab'), '$base64encode("ab")', 'YWI='],
  ['base64Decode', base64Decode('YWI='), '$base64decode("YWI=")', 'ab'],
  ['hash', hash('input', 'SHA-1'), '$hash("input", "SHA-1")', '140f86aae51ab9e1cda9b4254fe98a74eb54c1a1'],
  ['toJson', toJson(numbers), '$string($numbers)', '[3,1,2]'],
  ['parse', parse<{ a: number[] }>('{"a":[1]}').a, '$parse("{\\"a\\":[1]}").a', [1]],
  ['random with a seed', random(42), '$random(42)', 0.7275636800328681],
  ['uuid', uuid(), '$uuid()', ''],
  ['now', now(), '$now()', '1970-01-01T00:00:00.000Z'],
  [
    'addSeconds',
    addSeconds('2024-02-28T23:59:59Z', 86_401),
    '$fromMillis(($toMillis("2024-02-28T23:59:59Z") + 86401000))',
    '2024-03-01T00:00:00.000Z',
  ],
  [
    'addSeconds of a reference',
    addSeconds('1970-01-01T00:00:08Z', subtract(0, n)),
    '$fromMillis(($toMillis("1970-01-01T00:00:08Z") + ((0 - $n) * 1000)))',
    '1970-01-01T00:00:01.000Z',
  ],
  ['range by steps', range(5, n, 2), '[$range(5, $n, 2)]', [5, 7]],
  ['partition', partition(words, 5), '[$partition($words, 5)]', [['a', 'b']]],
  [
    'flatten',
    flatten(list(words, words)),
    '[$reduce([$each({"0": $words, "1": $words}, function($v) { $v })[]], $append, [])]',
    ['a', 'b', 'a', 'b'],
  ],
  ['first', first(words), '$words[0]', 'a'],
  ['last', last(words), '$words[-1]', 'b'],
  ['a field of an element', first(tables).name, '$tables[0].name', 'T'],
  [
    'a field of a computed element',
    first(filter(tables, (table) => equals(table.name, 'T'))).name,
    '([$filter($tables, function($each1) { $each1.name = "T" })[]][0]).name',
    'T',
  ],
  [
    'a field of a value with a fallback',
    orElse(referenceTo<{ a: { b: number } }>('none'), { a: { b: 1 } }).a.b,
    '($exists($none) ? $none : {"a": {"b": 1}}).a.b',
    1,
  ],
  ['lookup', lookup(first(tables) as Ref<{ name: string }>, 'name'), '$lookup(($tables[0]), "name")', 'T'],
  ['merge', merge(referenceTo<{ a: number }>('o'), { b: n }), '$merge([$o, {"b": $n}])', { a: 2, b: 7 }],
  [
    'some',
    some(numbers, (x) => equals(x, 1)),
    '$count([$filter($numbers, function($each1) { $each1 = 1 })[]]) > 0',
    true,
  ],
  [
    'every',
    every(numbers, (x) => equals(x, 1)),
    '$count([$filter($numbers, function($each1) { ($each1 = 1) ? false : true })[]]) = 0',
    false,
  ],
  [
    'some within and',
    and(
      some(numbers, (x) => equals(x, 1)),
      yes,
    ),
    '($count([$filter($numbers, function($each1) { $each1 = 1 })[]]) > 0) and $yes',
    true,
  ],
  [
    'sortBy',
    sortBy(numbers, (x) => x),
    '[$sort($numbers, function($each1, $each2) { ($each1) > ($each2) })]',
    [1, 2, 3],
  ],
  ['range', range(0, subtract(n, 5)), '[0..($n - 5)]', [0, 1, 2]],
  ['at', at(words, 1), '$words[1]', 'b'],
  ['at of an expression', at(words, subtract(count(words), 1)), '$words[($count($words) - 1)]', 'b'],
  ['at of an operator', at(orElse(words, []), 0), '($exists($words) ? $words : [])[0]', 'a'],
  ['toMillis', toMillis('1970-01-01T00:00:01Z'), '$toMillis("1970-01-01T00:00:01Z")', 1000],
  ['fromMillis', fromMillis(1000), '$fromMillis(1000)', '1970-01-01T00:00:01.000Z'],
  [
    'map',
    map(words, (w) => concat(w, '!')),
    '[$map($words, function($each1) { "" & $each1 & "!" })[]]',
    ['a!', 'b!'],
  ],
  [
    'filter',
    filter(numbers, (x) => moreThan(x, 1)),
    '[$filter($numbers, function($each1) { $each1 > 1 })[]]',
    [3, 2],
  ],
];

describe('an operator', () => {
  it.each<[mistake: () => unknown, place: string]>([
    [() => equals(undefined as never, 1 as never), 'equals(): operand 1 must be JSON or a reference'],
    [() => concat('a', new Date() as never), 'concat(): operand 2 must be JSON or a reference'],
    [() => and(yes, undefined as never), 'and(): operand 2 must be JSON or a reference'],
    [() => map(words, () => undefined), 'map(): what the function gives must be JSON or a reference'],
    [() => sortBy(words, () => undefined as never), 'sortBy(): what the function gives must be JSON'],
  ])('refuses what is no value, and names itself: %s', (mistake, place) => {
    expect(mistake).toThrow(place);
  });

  it.each(cases.map(([name, expression, text, value]) => ({ name, expression, text, value })))(
    '$name: has its JSONata and its value',
    async ({ expression, text, value }) => {
      expect(jsonataOf(expression)).toBe(text);
      expect(await evaluated(expression, { ...variables, nothing: null, o: { a: 2 } })).toEqual(value);
    },
  );

  it('compares with a missing value as neither equal nor different', async () => {
    expect(await evaluated(equals(missing, 7))).toBe(false);
    expect(await evaluated(differs(missing, 7))).toBe(false);
  });

  it('takes null for a value that is there', async () => {
    const nothing = referenceTo<number | null>('nothing');
    expect(await evaluated(orElse(nothing, 5), { nothing: null })).toBe(null);
    expect(await evaluated(equals(nothing, null), { nothing: null })).toBe(true);
    expect(await evaluated(list(nothing), { nothing: null })).toEqual([null]);
  });

  it('takes a missing condition for one that does not hold', async () => {
    const [absent, less] = [referenceTo<boolean>('missing'), lessThan(missing, 7)];
    for (const condition of [absent, less]) {
      expect(await evaluated(not(condition))).toBe(true);
      expect(await evaluated(not(not(condition)))).toBe(false);
      expect(await evaluated(ifElse(condition, 1, 2))).toBe(2);
    }
  });

  it('leaves a missing element out of a list, a map and a merge', async () => {
    expect(await evaluated(list(missing, n), variables)).toEqual([7]);
    const noted = map(referenceTo<{ readonly note?: string }[]>('rows'), (row) => row.note);
    expect(await evaluated(noted, { rows: [{}, { note: 'x' }, {}] })).toEqual(['x']);
    const other = referenceTo<{ b: number }>('other');
    expect(await evaluated(merge(referenceTo<{ a: number }>('o'), other), { o: { a: 1 } })).toEqual({ a: 1 });
  });

  it('gives nothing for the ends of an empty list, and 0 for its sum', async () => {
    for (const end of [first(numbers), last(numbers), min(numbers), max(numbers), average(numbers)])
      expect(await evaluated(exists(end), { numbers: [] })).toBe(false);
    expect(await evaluated(sum(numbers), { numbers: [] })).toBe(0);
  });

  it('fails the state where it gives nothing', async () => {
    await expect(evaluated(add(missing, 1))).rejects.toThrow('States.QueryEvaluationError');
    await expect(evaluated(at(words, 2), variables)).rejects.toThrow('States.QueryEvaluationError');
    await expect(evaluated(missing)).rejects.toThrow('States.QueryEvaluationError');
  });

  it('reads the execution from the context object', async () => {
    expect(jsonataOf(context.Execution.Id)).toBe('$states.context.Execution.Id');
    expect(await evaluated(context.State.Name, { states: { context: { State: { Name: 'Now' } } } })).toBe(
      'Now',
    );
  });
});
