import { describe, expect, it } from 'vitest';
import { writeCost } from '../../../src/tasks/estimate/write-cost.ts';
import type { Item } from '../../../src/tasks/item/item.ts';

/** An item of exactly so many bytes as DynamoDB counts them. */
const sized = (bytes: number, more: Item = {}): Item => ({ ...more, fill: { S: 'x'.repeat(bytes - 4) } });

describe('writeCost', () => {
  it.each([
    ['a put of up to a kibibyte', undefined, sized(1024), 1],
    ['a put of one byte more', undefined, sized(1025), 2],
    ['a put over a larger item', sized(5000), sized(10), 5],
    ['a put over a smaller item', sized(10), sized(5000), 5],
    ['a delete', sized(2049), undefined, 3],
    ['an item of nothing but its key', {}, undefined, 1],
  ])('counts %s by the larger item', (_what, before, after, writeUnits) => {
    expect(writeCost({ before, after }, [])).toEqual({ writeUnits, indexWriteUnits: 0 });
  });

  const BY_STATE = [['state'], ['state', 'at']];
  const state = (value: string, at?: string): Item => ({
    state: { S: value },
    ...(at === undefined ? {} : { at: { N: at } }),
  });

  it.each<[what: string, before: Item | undefined, after: Item | undefined, units: number]>([
    ['no index that holds neither item', sized(2000), sized(10), 0],
    ['one write for an index where the item appears', sized(10), sized(2000, state('A')), 2],
    ['one write for an index where it disappears', sized(2000, state('A')), sized(10), 2],
    ['one write where a deleted item was', sized(3000, state('A', '1')), undefined, 3 + 3],
    ['the larger one where the index key stays', sized(3000, state('A')), sized(10, state('A')), 3],
    ['both where the index key changes', sized(3000, state('A')), sized(10, state('B')), 3 + 1],
    [
      'each index by its own keys, numbers by value',
      sized(10, state('A', '1')),
      sized(10, state('A', '1.0')),
      1 + 1,
    ],
  ])('counts %s', (_what, before, after, units) => {
    expect(writeCost({ before, after }, BY_STATE).indexWriteUnits).toBe(units);
  });
});
