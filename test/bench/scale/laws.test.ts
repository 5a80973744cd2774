import { beforeAll, describe, expect, it } from 'vitest';
import { PHASES } from '../../../bench/scale/phases.ts';
import { predictRewind } from '../../../bench/scale/predict-rewind.ts';
import type { Prediction } from '../../../bench/scale/prediction.ts';
import { scaleRows } from '../../../bench/scale/scale-rows.ts';
import { type Setting, SETTING } from '../../../bench/scale/setting.ts';

const GRID = { items: [1e5, 1e6, 1e7], damage: [0, 0.01, 1] };
const NAMES = ['rewind', 'delete-and-copy, as wide', 'delete-and-copy'] as const;

/** A tolerance for the milliseconds that a wait is rounded up to. */
const HARDLY = 1e-3;

describe('the rows of a scale model', () => {
  let rows: readonly Prediction[] = [];
  beforeAll(async () => {
    rows = await scaleRows(GRID, SETTING);
  }, 120_000);
  const row = (name: Prediction['name'], items: number, damage: number): Prediction => {
    const found = rows.find((one) => one.name === name && one.items === items && one.damage === damage);
    if (found === undefined) throw new Error(`there is no row ${name}, ${items}, ${damage}`);
    return found;
  };

  it('has one for each way, size and damage', () => {
    expect(rows).toHaveLength(NAMES.length * GRID.items.length * GRID.damage.length);
  });

  it('has phases that make up the whole time, each with what holds it up', () => {
    for (const one of rows) {
      const sum = PHASES.reduce((minutes, phase) => minutes + one[phase], 0);
      expect(sum).toBeCloseTo(one.minutes, 6);
      for (const phase of PHASES) expect(one.bottlenecks[phase] === '').toBe(one[phase] === 0);
      expect(Object.values(one.bottlenecks)).toContain(one.bottleneck);
    }
  });

  it.each(NAMES)('takes longer and costs more with more items: %s', (name) => {
    for (const damage of GRID.damage) {
      const series = GRID.items.map((items) => row(name, items, damage));
      for (const [index, one] of series.slice(1).entries()) {
        expect(one.minutes).toBeGreaterThan(series[index]!.minutes);
        expect(one.dollars).toBeGreaterThan(series[index]!.dollars);
      }
    }
  });

  it('takes no less and costs more with more damage', () => {
    for (const items of GRID.items) {
      const series = GRID.damage.map((damage) => row('rewind', items, damage));
      for (const [index, one] of series.slice(1).entries()) {
        expect(one.minutes).toBeGreaterThanOrEqual(series[index]!.minutes - HARDLY);
        expect(one.dollars).toBeGreaterThan(series[index]!.dollars);
        expect(one.writeUnits).toBeGreaterThan(series[index]!.writeUnits);
      }
    }
  });

  it('writes what is damaged, and the known way everything twice', () => {
    for (const items of GRID.items) {
      for (const damage of GRID.damage) {
        expect(row('rewind', items, damage).writeUnits).toBeCloseTo(items * damage, 0);
        expect(row('delete-and-copy', items, damage).writeUnits).toBeCloseTo(2 * items, 0);
        expect(row('delete-and-copy, as wide', items, damage).writeUnits).toBeCloseTo(2 * items, 0);
      }
    }
  });

  it('is not slower than the known way as wide, even when everything is damaged', () => {
    for (const items of GRID.items)
      for (const damage of GRID.damage)
        expect(row('rewind', items, damage).minutes).toBeLessThan(
          row('delete-and-copy, as wide', items, damage).minutes,
        );
  });
});

describe('a prediction', () => {
  const DISASTER = { items: 2e6, damage: 0.1 };
  const predict = (setting: Partial<Setting>) => predictRewind(DISASTER, { ...SETTING, ...setting });

  it.each([
    { quota: { read: 40_000, write: 40_000 } },
    { quota: { read: 5000, write: 40_000 } },
    { quota: { read: 40_000, write: 100 } },
    { quota: { read: 5000, write: 1000 }, atOnce: 3 },
    { quota: { read: 400_000, write: 400_000 }, warm: { read: 400_000, write: 400_000 } },
    { megabytesPerCore: 0.5 },
    { megabytesPerCore: 2, atOnce: 2, segments: 7 },
    { restoreSeconds: 60, functions: 1000 },
  ])('is never faster than a limit allows: %j', async (setting) => {
    const { quota, megabytesPerCore, atOnce = 100, segments = 16, ...rest } = { ...SETTING, ...setting };
    const row = await predict(setting);
    const cores = Math.min(segments, atOnce);
    const bytes = DISASTER.items * rest.itemBytes;
    const scan = bytes / 4096;
    const seconds = (units: number, perSecond: number): number => units / perSecond / 60;
    for (const phase of [row.plan, row.reset, row.verify]) {
      expect(phase).toBeGreaterThanOrEqual(seconds(scan, quota.read));
      expect(phase).toBeGreaterThanOrEqual(seconds(scan, cores * 3000));
    }
    for (const phase of [row.plan, row.reset])
      expect(phase).toBeGreaterThanOrEqual(seconds(2 * bytes, cores * megabytesPerCore * 1e6));
    expect(row.reset).toBeGreaterThanOrEqual(seconds(row.writeUnits, quota.write));
    expect(row.reset).toBeGreaterThanOrEqual(seconds(row.writeUnits, cores * 1000));
    expect(row.prepare).toBeGreaterThanOrEqual(
      Math.max(rest.restoreSeconds, rest.longestTimeoutSeconds) / 60,
    );
    expect(row.freeze).toBeGreaterThanOrEqual(seconds(rest.functions, 15));
    expect(row.thaw).toBeGreaterThanOrEqual(seconds(rest.functions, 15));
  });

  it('names what holds each phase up', async () => {
    expect((await predict({ megabytesPerCore: 0.5 })).bottlenecks).toMatchObject({
      plan: 'cores',
      reset: 'cores',
      verify: 'cores',
    });
    expect((await predict({ quota: { read: 100, write: 40_000 } })).bottleneck).toBe('table read quota');
    expect((await predict({ quota: { read: 40_000, write: 20 } })).bottleneck).toBe('table write quota');
    expect((await predict({ atOnce: 1, restoreSeconds: 60 })).bottlenecks.plan).toBe('segments at once');
    expect((await predict({})).bottlenecks).toMatchObject({
      prepare: 'restore',
      plan: 'warm read throughput',
    });
    expect((await predict({ restoreSeconds: 60 })).bottlenecks.prepare).toBe('running invocations');
  });

  it('is faster for whoever raises what holds it up', async () => {
    const { plan, reset } = await predict({});
    const warm = await predict({ warm: { read: 40_000, write: 40_000 } });
    expect(warm.plan).toBeLessThan(plan);
    expect(warm.reset).toBeLessThan(reset);
    const alone = await predict({ atOnce: 1 });
    expect(alone.plan).toBeGreaterThan(plan);
  });

  it('waits for its turn where Lambda runs no more at once', async () => {
    const { plan, dollars } = await predict({ lambdaAtOnce: 4, segments: 12 });
    const free = await predict({ segments: 12 });
    expect(plan).toBeGreaterThan(free.plan);
    expect(dollars).toBeGreaterThan(0);
  });

  it('refuses a recovery that does not come to its end', async () => {
    await expect(
      predictRewind({ items: 1e6, damage: 1 }, { ...SETTING, quota: { read: 40_000, write: 1 } }),
    ).rejects.toThrow(
      /1000000 items at damage 1: the recovery does not come to its end: ResetTable FAILED, ResetFailed: .*not done after 600 calls/,
    );
  });
});
