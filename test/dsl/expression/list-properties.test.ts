import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import { equals, moreThan } from '../../../src/dsl/expression/comparison.ts';
import { every, filter, map, some, sortBy } from '../../../src/dsl/expression/each.ts';
import { jsonata } from '../../../src/dsl/expression/jsonata.ts';
import {
  append,
  at,
  count,
  distinct,
  first,
  flatten,
  last,
  list,
  partition,
  reverse,
} from '../../../src/dsl/expression/list.ts';
import { exists, ifElse, orElse } from '../../../src/dsl/expression/logic.ts';
import { type Expression, type Ref, referenceTo } from '../../../src/dsl/expression/expression.ts';
import { evaluated } from '../../support/evaluated.ts';

const key = fc.constantFrom('a', 'b', 'length', 'in', 'a b', '`');
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Json>(null, true, false, 0, 1, 2, '', 'x', '1'),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(key, tie('json'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const jsonList = fc.array(json, { maxLength: 4 });

type Bindings = { readonly [variable: string]: Json };

/** The places that an operator's result may stand in; each makes the value of what it holds. */
const places: readonly [
  name: string,
  hold: (e: Expression<Json>) => Expression<unknown>,
  of: (v: Json) => Json,
][] = [
  ['alone', (e) => e, (v) => v],
  ['in a list', (e) => list(e), (v) => [v]],
  ['beside another', (e) => list(e, 1, e), (v) => [v, 1, v]],
  ['in a list of a list', (e) => list(list(e)), (v) => [[v]]],
  ['in an object', (e) => list({ it: e }), (v) => [{ it: v }]],
  ['as the element of a list', (e) => first(list(e)), (v) => v],
  ['as the body of a map', (e) => map(list(1), () => e), (v) => [v]],
  ['as the element of a map', (e) => map(list(e), (one) => one), (v) => [v]],
  ['as what a filter keeps', (e) => filter(list(e), (one) => exists(one)), (v) => [v]],
  ['as a way of a choice', (e) => ifElse(equals(list(), []), e, 'no'), (v) => v],
  ['as a value with a fallback', (e) => orElse(e, 'none'), (v) => v],
  ['in a hole', (e) => jsonata`${e}`, (v) => v],
  ['as a field', (e) => (first(list({ it: e })) as Ref<{ it: Json }>).it, (v) => v],
  ['reversed', (e) => reverse(list(e, 2)), (v) => [2, v]],
];

/** The value of an expression wherever it may stand. */
async function held(expression: Expression<unknown>, bindings: Bindings): Promise<Json> {
  const values = [];
  for (const [name, hold] of places)
    values.push([name, await evaluated(hold(expression as Expression<Json>), bindings)]);
  return values;
}

/** What it must be if the expression's own is this. */
const holding = (value: Json): Json => places.map(([name, _hold, of]) => [name, of(value)]);

const xs = referenceTo<Json[]>('xs');
const ys = referenceTo<Json[]>('ys');
const deep = referenceTo<{ readonly xs: Json[] }>('deep');

/** JSONata compares an array with an object by its own properties: to it `[]` is `{length: 0}`. */
const isOneToJsonata = (left: Json, right: Json): boolean => {
  const [one, other] = [left, right].map((value): unknown =>
    JSON.parse(JSON.stringify(value).replaceAll('[]', '{"length":0}')),
  );
  return isDeepStrictEqual(one, other);
};

/** Operators of a list, and what they mean. */
const ofList: readonly [name: string, expression: Expression<unknown>, means: (given: Json[]) => Json][] = [
  ['a reference', xs, (given) => given],
  ['a field', deep.xs, (given) => given],
  ['map', map(xs, (x) => x), (given) => given],
  ['map to a list', map(xs, (x) => list(x)), (given) => given.map((x) => [x])],
  ['map to an object', map(xs, (x) => ({ x })), (given) => given.map((x) => ({ x }))],
  ['filter', filter(xs, (x) => exists(x)), (given) => given],
  ['filter by null', filter(xs, (x) => equals(x, null)), (given) => given.filter((x) => x === null)],
  ['reverse', reverse(xs), (given) => given.toReversed()],
  ['append to itself', append(xs, xs), (given) => [...given, ...given]],
  [
    'distinct',
    distinct(xs),
    (given) => given.filter((x, i) => i === given.findIndex((y) => isOneToJsonata(x, y))),
  ],
  ['count', count(xs), (given) => given.length],
  [
    'partition',
    partition(xs, 2),
    (given) => [given.slice(0, 2), given.slice(2)].filter((part) => part.length > 0),
  ],
  ['first', orElse(first(xs), 'none'), (given) => given[0] ?? ('0' in given ? null : 'none')],
  ['last', orElse(last(xs), 'none'), (given) => (given.length === 0 ? 'none' : (given.at(-1) as Json))],
  ['the second', orElse(at(deep.xs, 1), 'none'), (given) => (given.length < 2 ? 'none' : (given[1] as Json))],
  [
    'at a computed index',
    orElse(at(xs, count(list(1))), 'none'),
    (given) => (given.length < 2 ? 'none' : (given[1] as Json)),
  ],
  ['some', some(xs, (x) => equals(x, 1)), (given) => given.includes(1)],
  ['every', every(xs, (x) => equals(x, 1)), (given) => given.every((x) => x === 1)],
  ['itself', equals(xs, xs), () => true],
];

describe('an operator of a list gives what it says, whatever the list holds and wherever it stands', () => {
  it.each(ofList.map(([name, expression, means]) => ({ name, expression, means })))(
    '$name',
    async ({ expression, means }) => {
      await fc.assert(
        fc.asyncProperty(jsonList, async (given) => {
          expect(await held(expression, { xs: given, deep: { xs: given } })).toEqual(holding(means(given)));
        }),
        { numRuns: 60 },
      );
    },
  );
});

it('flattens one level only', async () => {
  const lists = referenceTo<Json[][]>('lists');
  await fc.assert(
    fc.asyncProperty(fc.array(jsonList, { maxLength: 3 }), async (given) => {
      expect(await held(flatten(lists), { lists: given })).toEqual(holding(given.flat(1)));
    }),
    { numRuns: 60 },
  );
});

it('appends any two lists, and finds out whether they are the same', async () => {
  await fc.assert(
    fc.asyncProperty(jsonList, jsonList, async (left, right) => {
      expect(await held(append(xs, ys), { xs: left, ys: right })).toEqual(holding([...left, ...right]));
      expect(await held(list(xs, ys), { xs: left, ys: right })).toEqual(holding([left, right]));
      expect(await held(equals(xs, ys), { xs: left, ys: right })).toEqual(
        holding(isOneToJsonata(left, right)),
      );
    }),
    { numRuns: 60 },
  );
});

it.each(['ascending', 'descending'] as const)('sorts %s, equal ones in their order', async (order) => {
  const rows = referenceTo<{ readonly by: number; readonly id: number }[]>('rows');
  const sign = order === 'ascending' ? 1 : -1;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 6 }), async (given) => {
      const table = given.map((by, id) => ({ by, id }));
      const sorted = sortBy(rows, (row) => row.by, order);
      expect(await held(sorted, { rows: table })).toEqual(
        holding(table.toSorted((a, b) => sign * (a.by - b.by))),
      );
    }),
    { numRuns: 60 },
  );
});

it('maps and filters within map and filter', async () => {
  const lists = referenceTo<number[][]>('lists');
  const large = map(lists, (inner) =>
    filter(inner, (x) => moreThan(x, count(filter(inner, (y) => equals(y, x))))),
  );
  const numbers = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.array(numbers, { maxLength: 3 }), async (given) => {
      const means = given.map((inner) => inner.filter((x) => x > inner.filter((y) => y === x).length));
      expect(await held(large, { lists: given })).toEqual(holding(means));
    }),
    { numRuns: 60 },
  );
});
