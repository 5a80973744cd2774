import { describe, expect, it } from 'vitest';
import { Bucket } from '../../../bench/scale/bucket.ts';
import { type SharedRate, Stage } from '../../../bench/scale/stage.ts';
import { TableRate } from '../../../bench/scale/table-rate.ts';
import { VirtualClock } from '../../../src/dsl/simulator/clock.ts';

const rateOf = (perSecond: number): SharedRate => ({
  name: 'shared',
  at: () => perSecond,
  usedInFull: () => Infinity,
});

/** How long each part takes that begins at such a second, on a stage of its own. */
async function secondsOf(
  work: { readonly seconds: number; readonly perSecond: number },
  parts: readonly { readonly at: number; readonly part: number; readonly patience?: number }[],
) {
  const clock = new VirtualClock(0);
  const stage = new Stage(clock, {
    alone: { seconds: work.seconds, name: 'alone' },
    draws: [{ rate: rateOf(work.perSecond), units: 1 }],
  });
  const ends = parts.map(async ({ at, part, patience = 1e6 }) => {
    const hold = clock.hold();
    await hold.sleep(at * 1000);
    const done = await stage.workOn(part, { clock: hold, until: (at + patience) * 1000 });
    hold.release();
    return { end: clock.now() / 1000, done };
  });
  return { ends: await clock.runUntil(Promise.all(ends)), stage };
}

describe('a stage', () => {
  it('lets one alone go as fast as it can', async () => {
    const { ends, stage } = await secondsOf({ seconds: 10, perSecond: 1 }, [{ at: 0, part: 1 }]);
    expect(ends).toEqual([{ end: 10, done: 1 }]);
    expect([...stage.secondsBy]).toEqual([['alone', 10]]);
  });

  it('shares evenly what is shared, and gives it to the rest when one is done', async () => {
    const { ends, stage } = await secondsOf({ seconds: 1, perSecond: 0.1 }, [
      { at: 0, part: 1 },
      { at: 0, part: 0.5 },
    ]);
    expect(ends).toEqual([
      { end: 15, done: 1 },
      { end: 10, done: 0.5 },
    ]);
    expect([...stage.secondsBy]).toEqual([['shared', 15]]);
  });

  it('counts no time in which nobody works', async () => {
    const { ends, stage } = await secondsOf({ seconds: 10, perSecond: 1 }, [
      { at: 0, part: 1 },
      { at: 50, part: 1 },
    ]);
    expect(ends.map(({ end }) => end)).toEqual([10, 60]);
    expect([...stage.secondsBy]).toEqual([['alone', 20]]);
  });

  it('says how much was done when the time is up', async () => {
    const { ends } = await secondsOf({ seconds: 10, perSecond: 1 }, [{ at: 0, part: 1, patience: 4 }]);
    expect(ends[0]?.end).toBe(4);
    expect(ends[0]?.done).toBeCloseTo(0.4, 9);
  });

  it('goes on faster when a rate grows', async () => {
    const clock = new VirtualClock(0);
    const rate = new TableRate({ kind: 'read', tableBytes: 1, quota: 40_000 });
    const units = 12_000 * 1800 + 24_000 * 60;
    const stage = new Stage(clock, { alone: { seconds: 1, name: 'alone' }, draws: [{ rate, units }] });
    const hold = clock.hold();
    await clock.runUntil(stage.workOn(1, { clock: hold, until: 1e9 }));
    expect(clock.now() / 1000).toBeCloseTo(1860, 1);
    expect([...stage.secondsBy].map(([name]) => name)).toEqual(['warm read throughput']);
  });
});

describe('what a table bears', () => {
  it('is at least what a new one does, and what its partitions give', () => {
    const small = new TableRate({ kind: 'write', tableBytes: 1e9, quota: 40_000 });
    const large = new TableRate({ kind: 'write', tableBytes: 95e9, quota: 40_000 });
    expect([small.at(0), large.at(0)]).toEqual([4000, 10_000]);
    expect(small.name).toBe('warm write throughput');
  });

  it('doubles half an hour after it was used in full, again and again, up to the quota', () => {
    const rate = new TableRate({ kind: 'read', tableBytes: 1e9, quota: 40_000 });
    const minute = 60_000;
    expect(rate.at(10 * minute)).toBe(12_000);
    expect(rate.usedInFull(10 * minute)).toBe(40 * minute);
    expect(rate.at(39 * minute)).toBe(12_000);
    expect(rate.at(40 * minute)).toBe(24_000);
    expect(rate.at(400 * minute)).toBe(24_000);
    expect(rate.usedInFull(400 * minute)).toBe(430 * minute);
    expect(rate.at(430 * minute)).toBe(40_000);
    expect(rate.name).toBe('table read quota');
    expect(rate.usedInFull(430 * minute)).toBe(Infinity);
  });

  it('is never more than the quota, and can be warmed', () => {
    const warm = new TableRate({ kind: 'read', tableBytes: 1e12, quota: 9000, warm: 100_000 });
    expect(warm.at(0)).toBe(9000);
    expect(warm.name).toBe('table read quota');
  });
});

it('lets a burst pass, and then only what flows in', () => {
  const bucket = new Bucket({ bucket: 3, perSecond: 2 });
  for (let call = 0; call < 3; call += 1) bucket.take(0);
  expect(bucket.wait(0)).toBe(0);
  for (let call = 0; call < 4; call += 1) bucket.take(0);
  expect(bucket.wait(0)).toBe(2000);
  expect(bucket.wait(1500)).toBe(500);
  bucket.take(60_000);
  expect(bucket.wait(60_000)).toBe(0);
});
