import { addedFunctions } from '../added-functions.ts';
import { put } from '../../../asl/put.ts';
import { aNumber, anObject, aText } from './operands.ts';
import { addTo, listOf } from './sequence.ts';
import { NOT_DIRECT } from './syntax-node.ts';
import { textOf } from './text-of.ts';
import { truthOf } from './truth-of.ts';

type Compute = (first: unknown, second?: unknown, third?: unknown) => unknown;

/** A function whose arguments are values. */
export interface ValueFunction {
  /** How many arguments it may be given here. */
  readonly takes: readonly number[];
  readonly compute: Compute;
  /** Whether it gives a sequence, which is nothing when empty, and a single value is itself. */
  readonly isSequence?: boolean;
}

const ofOne = (compute: (value: unknown) => unknown): ValueFunction => ({ takes: [1], compute });

/** Nothing of nothing. */
const ofSome = (compute: (value: unknown) => unknown): ValueFunction =>
  ofOne((value) => (value === undefined ? undefined : compute(value)));

const ofText = (compute: (text: string) => unknown): ValueFunction => ofSome((text) => compute(aText(text)));

const ofNumber = (compute: (value: number) => number): ValueFunction =>
  ofSome((value) => aNumber(compute(aNumber(value))));

const ofNumbers = (compute: (numbers: readonly number[]) => number | undefined): ValueFunction =>
  ofSome((value) => {
    const numbers = listOf(value);
    if (!numbers.every((item) => typeof item === 'number')) throw NOT_DIRECT;
    const result = compute(numbers);
    return result === undefined ? undefined : aNumber(result);
  });

const ofMore = (takes: readonly number[], compute: Compute): ValueFunction => ({ takes, compute });

const ofTexts = (compute: (text: string, second: string) => unknown): ValueFunction =>
  ofMore([2], (text, second) => compute(aText(text), aText(second)));

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, value) => sum + value, 0);

/** Times as Step Functions tells them; what others write is read by the package. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/;

const NUMBER = /^-?[0-9]+(\.[0-9]+)?([Ee][-+]?[0-9]+)?$/;

function numberOf(value: unknown): number {
  if (typeof value === 'string' && NUMBER.test(value)) return aNumber(Number.parseFloat(value));
  return typeof value === 'boolean' ? Number(value) : aNumber(value);
}

function merged(objects: unknown): unknown {
  const whole: { [field: string]: unknown } = {};
  for (const object of listOf(objects))
    for (const [name, value] of Object.entries(anObject(object))) put(whole, name, value);
  return whole;
}

function appended(first: unknown, second: unknown): unknown {
  if (first === undefined) return second;
  if (second === undefined) return first;
  const all: unknown[] = [];
  addTo(all, first);
  addTo(all, second);
  return all;
}

function distinct(values: unknown): unknown {
  if (!Array.isArray(values) || values.length < 2) return values;
  if (values.some((value) => typeof value === 'object' && value !== null)) throw NOT_DIRECT;
  const different = [...new Set<unknown>(values)];
  // It depends on where the values come from whether a single one is itself.
  if (different.length === 1) throw NOT_DIRECT;
  return different;
}

const fieldOf = (object: { readonly [field: string]: unknown }, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function joined(texts: unknown, separator: unknown): string {
  const list = listOf(texts);
  if (!list.every((text) => typeof text === 'string')) throw NOT_DIRECT;
  return list.join(separator === undefined ? '' : aText(separator));
}

function replaced(text: unknown, part: unknown, replacement: unknown): string {
  if (part === '') throw NOT_DIRECT;
  return aText(text).split(aText(part)).join(aText(replacement));
}

function substring(value: unknown, start: unknown, length: unknown): string {
  const characters = Array.from(aText(value));
  const from = Math.max(aNumber(start), -characters.length);
  if (length === undefined) return characters.slice(from).join('');
  const size = aNumber(length);
  return size <= 0
    ? ''
    : characters.slice(from, from < 0 ? characters.length + from + size : from + size).join('');
}

/** One of Step Functions' own, whose faults are told by the package. */
const added = (takes: readonly number[], compute: Compute): ValueFunction =>
  ofMore(takes, (...given) => {
    try {
      return compute(...given);
    } catch {
      throw NOT_DIRECT;
    }
  });

/** By name. What is missing is evaluated by the package, as is every value that is not for the function. */
export const valueFunctions: ReadonlyMap<unknown, ValueFunction> = new Map([
  ['exists', ofOne((value) => value !== undefined)],
  ['not', ofSome((value) => !truthOf(value))],
  ['boolean', ofSome(truthOf)],
  ['type', ofSome(typeOf)],
  ['string', ofSome(textOf)],
  ['number', ofSome(numberOf)],
  ['length', ofText((text) => Array.from(text).length)],
  ['uppercase', ofText((text) => text.toUpperCase())],
  ['lowercase', ofText((text) => text.toLowerCase())],
  [
    'trim',
    ofText((text) =>
      text
        .replaceAll(/[ \t\n\r]+/g, ' ')
        .replace(/^ /, '')
        .replace(/ $/, ''),
    ),
  ],
  ['substring', ofMore([2, 3], substring)],
  ['substringBefore', ofTexts((text, end) => (text.includes(end) ? text.slice(0, text.indexOf(end)) : text))],
  [
    'substringAfter',
    ofTexts((text, start) => (text.includes(start) ? text.slice(text.indexOf(start) + start.length) : text)),
  ],
  ['contains', ofTexts((text, part) => text.includes(part))],
  ['split', ofTexts((text, separator) => text.split(separator))],
  ['replace', ofMore([3], replaced)],
  ['join', ofMore([1, 2], joined)],
  ['floor', ofNumber(Math.floor)],
  ['ceil', ofNumber(Math.ceil)],
  ['abs', ofNumber(Math.abs)],
  ['sqrt', ofNumber(Math.sqrt)],
  ['power', ofMore([2], (base, exponent) => aNumber(aNumber(base) ** aNumber(exponent)))],
  ['sum', ofNumbers(sumOf)],
  ['max', ofNumbers((numbers) => (numbers.length === 0 ? undefined : Math.max(...numbers)))],
  ['min', ofNumbers((numbers) => (numbers.length === 0 ? undefined : Math.min(...numbers)))],
  ['average', ofNumbers((numbers) => (numbers.length === 0 ? undefined : sumOf(numbers) / numbers.length))],
  ['count', ofOne((value) => (value === undefined ? 0 : listOf(value).length))],
  ['append', ofMore([2], appended)],
  ['reverse', ofSome((values) => listOf(values).toReversed())],
  ['distinct', ofSome(distinct)],
  ['merge', ofSome(merged)],
  [
    'keys',
    { ...ofOne((object) => (object === undefined ? [] : Object.keys(anObject(object)))), isSequence: true },
  ],
  ['lookup', ofMore([2], (object, name) => fieldOf(anObject(object), aText(name)))],
  ['toMillis', ofText(millisOf)],
  ['fromMillis', ofSome((millis) => timeOf(aNumber(millis)))],
  ['partition', added([2], (array, size) => addedFunctions.partition(array, size))],
  ['range', added([3], (first, last, step) => addedFunctions.range(first, last, step))],
  ['hash', added([1, 2], (text, algorithm) => addedFunctions.hash(text, algorithm))],
]);

/** The first millisecond of the year 10000. */
const FAR = 253_402_300_800_000;

function timeOf(millis: number): string {
  if (millis < 0 || millis >= FAR) throw NOT_DIRECT;
  return new Date(millis).toISOString();
}

function millisOf(text: string): number {
  const millis = TIME.test(text) ? Date.parse(text) : Number.NaN;
  return aNumber(millis);
}
