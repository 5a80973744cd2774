import { HASH_ALGORITHMS } from './hash-algorithms.ts';

/** An argument of an intrinsic function: a text as it is written, another literal, or what only the execution knows. */
export type Argument = 'unknown' | { readonly text: string } | { readonly value: number | boolean | null };

/** What the arguments must be, in their order. `list` and `object` have no literal. */
const TAKES: Readonly<Record<string, string>> = {
  'States.ArrayContains': 'list',
  'States.ArrayGetItem': 'list number',
  'States.ArrayLength': 'list',
  'States.ArrayPartition': 'list number',
  'States.ArrayRange': 'number number number',
  'States.ArrayUnique': 'list',
  'States.Base64Decode': 'text',
  'States.Base64Encode': 'text',
  'States.Format': 'text',
  'States.Hash': 'any text',
  'States.JsonMerge': 'object object boolean',
  'States.MathAdd': 'number number',
  'States.MathRandom': 'number number number',
  'States.StringSplit': 'text text',
  'States.StringToJson': 'text',
};

const LONGEST_RANGE = 1000;

/** Why a call fails with these arguments, whatever the data is. Source: developer guide, "Intrinsic functions". */
export function whyItFails(name: string, given: readonly Argument[]): string | undefined {
  const wanted = (TAKES[name] ?? '').split(' ');
  for (const [index, argument] of given.entries()) {
    const kind = kindOf(argument);
    const want = wanted[index] ?? 'any';
    if (kind !== 'unknown' && want !== '' && want !== 'any' && kind !== want)
      return `argument ${index + 1} of ${name} must be a ${want}, got a ${kind}`;
  }
  const [first, second, third] = given;
  const number = (argument: Argument | undefined): number | undefined =>
    typeof argument === 'object' && 'value' in argument && typeof argument.value === 'number'
      ? argument.value
      : undefined;
  switch (name) {
    case 'States.Format': {
      if (typeof first !== 'object' || !('text' in first)) return undefined;
      const places = first.text.replaceAll(/\\./g, '').split('{}').length - 1;
      const values = given.length - 1;
      return places === values ? undefined : `its text has ${places} places '{}' for ${values} values`;
    }
    case 'States.Hash':
      return typeof second === 'object' && 'text' in second && !HASH_ALGORITHMS.includes(second.text)
        ? `there is no algorithm '${second.text}'; there are ${HASH_ALGORITHMS.join(', ')}`
        : undefined;
    case 'States.JsonMerge':
      return typeof third === 'object' && 'value' in third && third.value === true
        ? 'States.JsonMerge merges only the outermost level, and its third argument must be false'
        : undefined;
    case 'States.ArrayPartition':
      return (number(second) ?? 1) <= 0
        ? 'the parts of States.ArrayPartition must have 1 item or more'
        : undefined;
    case 'States.ArrayRange': {
      const [from, to, by] = [number(first), number(second), number(third)];
      if (by === 0) return 'the step of States.ArrayRange may not be 0';
      if (from === undefined || to === undefined || by === undefined) return undefined;
      return (to - from) / by >= LONGEST_RANGE ? `the range has more than ${LONGEST_RANGE} items` : undefined;
    }
    default:
      return undefined;
  }
}

function kindOf(argument: Argument): string {
  if (argument === 'unknown') return argument;
  if ('text' in argument) return 'text';
  return argument.value === null ? 'null' : typeof argument.value;
}
