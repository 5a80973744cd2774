import { describe, expect, it } from 'vitest';
import { estimate } from '../../../src/tasks/estimate/estimate.ts';
import { US_EAST_1 } from '../../../src/tasks/estimate/prices.ts';

const planned = {
  restored: 1000,
  live: 990,
  puts: 50,
  deletes: 40,
  unchanged: 950,
  selected: 1040,
  leftAlone: 0,
  refused: 0,
  readUnits: 500_000,
  writeUnits: 2_000_000,
  indexWriteUnits: 1_000_000,
};
const facts = { bytes: 10 * 2 ** 30, hasStream: true };
const rates = {
  write: { unitsPerSecond: 3000, adaptive: true },
  read: { unitsPerSecond: 12_000, adaptive: false },
};
const circumstances = { facts, rates, prices: US_EAST_1 };

describe('an estimate', () => {
  it('adds up what the writes, three readings and the restore cost', () => {
    expect(estimate(planned, circumstances)).toEqual({
      changeShare: 0.09,
      deleteShare: 0.04,
      readUnits: 1_500_000,
      writeUnits: 2_000_000,
      indexWriteUnits: 1_000_000,
      streamRecords: 90,
      // 3 × 0.625 + 1.5 × 0.125 + 10 × 0.15
      dollars: 3.5625,
      readSeconds: 125,
      writeSeconds: 1000,
    });
  });

  it('expects no stream records of a table without a stream', () => {
    const quiet = { ...circumstances, facts: { ...facts, hasStream: false } };
    expect(estimate(planned, quiet).streamRecords).toBe(0);
  });

  it('tells the time at the planned rates, the writes of indexes included', () => {
    expect(estimate(planned, circumstances)).toMatchObject({ readSeconds: 125, writeSeconds: 1000 });
    const slow = { ...rates, write: { unitsPerSecond: 7, adaptive: false } };
    expect(estimate(planned, { ...circumstances, rates: slow }).writeSeconds).toBe(428_571.4);
  });

  it('counts with the prices of another place', () => {
    const prices = { millionWriteUnits: 1, millionReadUnits: 2, restoredGigabyte: 0 };
    expect(estimate(planned, { ...circumstances, prices }).dollars).toBe(3 * 1 + 1.5 * 2);
  });

  it('takes more changes than there were items for all of the table', () => {
    const doubled = { ...planned, restored: 10, deletes: 500 };
    expect(estimate(doubled, circumstances)).toMatchObject({ changeShare: 1, deleteShare: 1 });
    const nothing = { ...planned, restored: 0, puts: 0, deletes: 0 };
    expect(estimate(nothing, circumstances)).toMatchObject({ changeShare: 0, deleteShare: 0 });
  });
});
