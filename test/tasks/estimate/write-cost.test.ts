import { describe, expect, it } from 'vitest';
import { type Change, writeCost } from '../../../src/tasks/estimate/write-cost.ts';
import type { Item } from '../../../src/tasks/item/item.ts';

/** An item of exactly so many bytes as DynamoDB counts them. */
const sized = (bytes: number, more: Item = {}): Item => ({ ...more, fill: { S: 'x'.repeat(bytes - 4) } });

describe('writeCost', () => {
  it.each<[what: string, change: Change, units: number]>([
    ['a put of up to a kibibyte', { before: undefined, after: sized(1024) }, 1],
    ['a put of one byte more', { before: undefined, after: sized(1025) }, 2],
    ['a put over a larger item', { before: sized(5000), after: sized(10) }, 5],
    ['a put over a smaller item', { before: sized(10), after: sized(5000) }, 5],
    ['a delete', { before: sized(2049), after: undefined }, 3],
    ['an item of nothing but its key', { before: {}, after: undefined }, 1],
  ])('counts %s by the larger item', (_what, change, writeUnits) => {
    expect(writeCost(change, [])).toEqual({ writeUnits, indexWriteUnits: 0 });
  });

  const BY_STATE = [['state'], ['state', 'at']];
  const state = (value: string, at?: string): Item => ({
    state: { S: value },
    ...(at === undefined ? {} : { at: { N: at } }),
  });

  it.each<[what: string, change: Change, units: number]>([
    ['no index that holds neither item', { before: sized(2000), after: sized(10) }, 0],
    ['one write where the item appears', { before: sized(10), after: sized(2000, state('A')) }, 2],
    ['one write where it disappears', { before: sized(2000, state('A')), after: sized(10) }, 2],
    [
      'one write in each index that held a deleted item',
      { before: sized(3000, state('A', '1')), after: undefined },
      3 + 3,
    ],
    [
      'the larger one where the index key stays',
      { before: sized(3000, state('A')), after: sized(10, state('A')) },
      3,
    ],
    [
      'both where the index key changes',
      { before: sized(3000, state('A')), after: sized(10, state('B')) },
      3 + 1,
    ],
    [
      'each index by its own keys, numbers by value',
      { before: sized(10, state('A', '1')), after: sized(10, state('A', '1.0')) },
      1 + 1,
    ],
  ])('counts %s', (_what, change, units) => {
    expect(writeCost(change, BY_STATE).indexWriteUnits).toBe(units);
  });
});
