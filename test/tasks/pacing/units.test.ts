import { describe, expect, it } from 'vitest';
import { readUnits, unitsOf, writeUnits } from '../../../src/tasks/pacing/units.ts';

describe('capacity units', () => {
  it.each([
    [0, 1, 1],
    [1024, 1, 1],
    [1025, 2, 1],
    [4096, 4, 1],
    [4097, 5, 2],
    [409_600, 400, 100],
  ])('of %i bytes are %i to write and %i to read', (bytes, write, read) => {
    expect(writeUnits(bytes)).toBe(write);
    expect(readUnits(bytes)).toBe(read);
  });

  it('are what the answer says, of one table or of several', () => {
    const never = () => Number.NaN;
    expect(unitsOf({ ConsumedCapacity: { TableName: 'orders', CapacityUnits: 128.5 } }, never)).toBe(128.5);
    expect(unitsOf({ ConsumedCapacity: [{ CapacityUnits: 25 }, { CapacityUnits: 3 }] }, never)).toBe(28);
    expect(unitsOf({ ConsumedCapacity: { CapacityUnits: 0 } }, never)).toBe(0);
  });

  it('are estimated when the answer says nothing of them', () => {
    expect(unitsOf({}, () => 7)).toBe(7);
    expect(unitsOf({ ConsumedCapacity: [] }, () => 7)).toBe(7);
    expect(unitsOf({ ConsumedCapacity: { TableName: 'orders' } }, () => 7)).toBe(7);
  });
});
