import { describe, expect, it } from 'vitest';
import { referenceTo } from '../../../src/dsl/expression/expression.ts';
import { equals, moreThan } from '../../../src/dsl/expression/comparison.ts';
import { filter, map, sortBy } from '../../../src/dsl/expression/each.ts';
import {
  append,
  at,
  count,
  first,
  flatten,
  last,
  list,
  range,
  reverse,
} from '../../../src/dsl/expression/list.ts';
import { orElse } from '../../../src/dsl/expression/logic.ts';
import { add, sum } from '../../../src/dsl/expression/number.ts';
import { fromEntries } from '../../../src/dsl/expression/object.ts';
import { concat, join } from '../../../src/dsl/expression/text.ts';
import { evaluated, jsonataOf } from '../../support/evaluated.ts';

type Table = {
  readonly name: string;
  readonly keys: readonly string[];
};

const xs = referenceTo<number[]>('xs');
const tables = referenceTo<Table[]>('tables');
const table = (name: string, ...keys: string[]) => ({ name, keys });

describe('an array of none, of one and of more', () => {
  it.each([[[]], [[1]], [[1, 2]]])('stays an array through map: %j', async (given: number[]) => {
    expect(
      await evaluated(
        map(xs, (x) => add(x, 1)),
        { xs: given },
      ),
    ).toEqual(given.map((x) => x + 1));
  });

  it.each([[[]], [[5]], [[5, 1]], [[5, 6]]])('stays an array through filter: %j', async (given: number[]) => {
    const large = filter(xs, (x) => moreThan(x, 3));
    expect(await evaluated(large, { xs: given })).toEqual(given.filter((x) => x > 3));
  });

  it.each([
    [[]],
    [[table('a')]],
    [[table('a', 'k')]],
    [[table('a', 'k', 'l')]],
    [[table('a', 'k'), table('b')]],
  ])('keeps its arrays within it apart through map: %j', async (given: Table[]) => {
    expect(
      await evaluated(
        map(tables, (one) => one.keys),
        { tables: given },
      ),
    ).toEqual(given.map((one) => one.keys));
  });

  it.each([[[]], [[[1, 2]]], [[[1], [2, 3]]]])(
    'keeps its arrays within it apart through filter: %j',
    async (given: number[][]) => {
      const kept = filter(referenceTo<number[][]>('xs'), (inner) => moreThan(count(inner), 0));
      expect(await evaluated(kept, { xs: given })).toEqual(given);
    },
  );

  it.each([[[]], [[3]], [[3, 4]]])('is counted and summed: %j', async (given: number[]) => {
    const doubled = map(xs, (x) => add(x, x));
    expect(await evaluated(sum(doubled), { xs: given })).toBe(given.reduce((a, b) => a + 2 * b, 0));
    expect(await evaluated(count(doubled), { xs: given })).toBe(given.length);
  });

  it('comes from a range of one and of none', async () => {
    expect(await evaluated(range(0, 0))).toEqual([0]);
    expect(await evaluated(range(0, -1))).toEqual([]);
  });

  it('is an element as it is', async () => {
    const nested = referenceTo<number[][]>('nested');
    const given = { nested: [[], [1], [1, 2]] };
    expect(await evaluated(at(nested, 0), given)).toEqual([]);
    expect(await evaluated(at(nested, 1), given)).toEqual([1]);
    expect(await evaluated(at(nested, 2), given)).toEqual([1, 2]);
    expect(
      await evaluated(
        at(
          map(nested, (inner) => inner),
          1,
        ),
        given,
      ),
    ).toEqual([1]);
  });

  it('is listed with what it is made of', async () => {
    expect(await evaluated(list())).toEqual([]);
    expect(await evaluated(list('x'))).toEqual(['x']);
  });
});

describe('map inside map', () => {
  const named = map(tables, (outer) => map(outer.keys, (key) => concat(outer.name, '.', key)));

  it('names the element of each depth by its depth, so that the text depends on nothing else', () => {
    const text =
      '[$map($tables, function($each1) { [$map($each1.keys, function($each2) { "" & $each1.name & "." & $each2 })[]] })[]]';
    expect(jsonataOf(named)).toBe(text);
    expect(jsonataOf(map(tables, (o) => map(o.keys, (k) => concat(o.name, '.', k))))).toBe(text);
  });

  it('reads the elements of both', async () => {
    expect(await evaluated(named, { tables: [table('a', 'k', 'l'), table('b', 'm')] })).toEqual([
      ['a.k', 'a.l'],
      ['b.m'],
    ]);
  });

  it('keeps its depth where a list holds one table with one key, or none', async () => {
    expect(await evaluated(named, { tables: [table('a', 'k')] })).toEqual([['a.k']]);
    expect(await evaluated(named, { tables: [table('a')] })).toEqual([[]]);
  });

  it('filters by a list that another filter gives', async () => {
    const twice = filter(tables, (one) => equals(count(filter(one.keys, (key) => equals(key, one.name))), 1));
    expect(await evaluated(twice, { tables: [table('a', 'a', 'b'), table('b', 'c')] })).toEqual([
      table('a', 'a', 'b'),
    ]);
  });

  it('builds objects and lists from its element', async () => {
    const described = map(tables, (one) => ({
      id: one.name,
      first: orElse(at(one.keys, 0), '-'),
      is: [1, one.name],
    }));
    expect(await evaluated(described, { tables: [table('a', 'k'), table('b')] })).toEqual([
      { id: 'a', first: 'k', is: [1, 'a'] },
      { id: 'b', first: '-', is: [1, 'b'] },
    ]);
  });
});

describe('an array that is written out is a list', () => {
  const known = { xs: [7], a: 'x' };
  const a = referenceTo<string>('a');
  it.each([
    ['map', map([a, 'b'], (one) => concat(one, '!')), ['x!', 'b!']],
    ['map of one', map([a], (one) => concat(one, '!')), ['x!']],
    ['filter', filter([3, 1], (one) => moreThan(one, 2)), [3]],
    ['count', count([a, 'b']), 2],
    ['count of lists', count([xs, xs]), 2],
    ['count of nothing', count([]), 0],
    ['first', first([a, 'b']), 'x'],
    ['first of lists', first([xs, [1]]), [7]],
    ['last', last([a, 'b']), 'b'],
    ['append', append(xs, [1]), [7, 1]],
    ['flatten', flatten([xs, [1, 2]]), [7, 1, 2]],
    ['reverse', reverse([a, 'b']), ['b', 'x']],
    ['sum', sum([1, at([2, 3], 0)]), 3],
    ['join', join([a, 'b'], '-'), 'x-b'],
    ['fromEntries', fromEntries([{ key: a, value: xs }]), { x: [7] }],
    ['sortBy', sortBy([3, 1], (one) => one), [1, 3]],
  ])('for %s', async (_, expression, value) => {
    expect(await evaluated(expression, known)).toEqual(value);
  });
});
