import type { Apply } from './making.ts';
import { mergeSort } from './merge-sort.ts';
import { listOf } from './sequence.ts';
import { NOT_DIRECT } from './syntax-node.ts';
import { truthOf } from './truth-of.ts';

/** A function that another one is given to, after the value that it works on. */
interface HigherOrderFunction {
  readonly compute: (value: unknown, apply: Apply, initial: unknown) => unknown;
  /** How many parameters the other one has to have; none by default. */
  readonly parameters?: number;
  /** Whether it takes a third argument. */
  readonly takesInitial?: boolean;
  /** Whether it gives a sequence, which is nothing when empty, and a single value is itself. */
  readonly isSequence?: boolean;
}

type OverItems = (items: readonly unknown[], apply: Apply, initial: unknown) => unknown;

/** Of a list, or a single value in place of one; nothing of nothing. */
const overItems =
  (compute: OverItems): HigherOrderFunction['compute'] =>
  (value, apply, initial) =>
    value === undefined ? undefined : compute(listOf(value), apply, initial);

function mapped(items: readonly unknown[], apply: Apply): unknown {
  const values: unknown[] = [];
  for (const [index, item] of items.entries()) {
    const value = apply(item, index, items);
    if (value !== undefined) values.push(value);
  }
  return values;
}

const filtered: OverItems = (items, apply) =>
  items.filter((item, index) => truthOf(apply(item, index, items)));

function reduced(items: readonly unknown[], apply: Apply, initial: unknown): unknown {
  const startsWithFirst = initial === undefined;
  let result = startsWithFirst ? items[0] : initial;
  for (let index = startsWithFirst ? 1 : 0; index < items.length; index++)
    result = apply(result, items[index], index, items);
  return result;
}

function single(items: readonly unknown[], apply: Apply): unknown {
  const found = items.filter((item, index) => truthOf(apply(item, index, items)));
  if (found.length !== 1) throw NOT_DIRECT;
  return found[0];
}

function entriesOf(object: unknown): readonly (readonly [name: string, value: unknown])[] {
  if (object === undefined) return [];
  if (typeof object !== 'object' || object === null || Array.isArray(object)) throw NOT_DIRECT;
  return Object.entries(object);
}

function sifted(object: unknown, apply: Apply): unknown {
  const kept = entriesOf(object).filter(([name, value]) => truthOf(apply(value, name, object)));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

const each = (object: unknown, apply: Apply): unknown =>
  mapped(entriesOf(object), (entry) => {
    const [name, value] = entry as readonly [string, unknown];
    return apply(value, name, object);
  });

const sorted: OverItems = (items, apply) => mergeSort(items, (left, right) => Boolean(apply(left, right)));

/** By name. What is missing is evaluated by the package. */
export const higherOrderFunctions: ReadonlyMap<unknown, HigherOrderFunction> = new Map<
  unknown,
  HigherOrderFunction
>([
  ['map', { compute: overItems(mapped), isSequence: true }],
  ['filter', { compute: overItems(filtered), isSequence: true }],
  ['reduce', { compute: overItems(reduced), parameters: 2, takesInitial: true }],
  ['single', { compute: overItems(single) }],
  ['sort', { compute: overItems(sorted) }],
  ['each', { compute: each, isSequence: true }],
  ['sift', { compute: sifted }],
]);
