import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Allowance, Budget } from '../../../src/tasks/pacing/budget.ts';
import { OverlappingClock } from '../../support/overlapping-clock.ts';

const given = (perSecond: number): Allowance => ({ perSecond, adaptive: false, floor: 5 });
const adaptive = (perSecond: number): Allowance => ({ perSecond, adaptive: true, floor: 5 });

interface Use {
  readonly at: number;
  readonly units: number;
}

/** A table that gives so much a second, with one second's worth of burst. */
function limitedTable(perSecond: number, clock: OverlappingClock) {
  let left = perSecond;
  let at = clock.now();
  return (units: number): boolean => {
    left = Math.min(perSecond, left + ((clock.now() - at) * perSecond) / 1000);
    at = clock.now();
    if (left <= 0) return false;
    left -= units;
    return true;
  };
}

interface Work {
  readonly callers: number;
  readonly requests: readonly number[];
  /** Whether callers say beforehand what a request will use. */
  readonly foretold: boolean;
}

/** Callers side by side take requests from one list. */
async function used(budget: Budget, clock: OverlappingClock, work: Work): Promise<Use[]> {
  const uses: Use[] = [];
  const queue = work.requests.values();
  const caller = async () => {
    for (const units of queue) {
      const expected = work.foretold ? units : 0;
      await budget.ready(expected);
      uses.push({ at: clock.now(), units });
      await clock.sleep(10);
      budget.spent(units, expected);
    }
  };
  await Promise.all(Array.from({ length: work.callers }, caller));
  return uses;
}

/** The most that was used between any two requests, beyond what the rate gives in that time. */
function mostBeyond(uses: readonly Use[], perSecond: number): number {
  let beyond = 0;
  for (const [first, from] of uses.entries()) {
    let sum = 0;
    for (const use of uses.slice(first)) {
      sum += use.units;
      beyond = Math.max(beyond, sum - ((use.at - from.at) * perSecond) / 1000);
    }
  }
  return beyond;
}

const works = fc.record({
  perSecond: fc.integer({ min: 5, max: 2000 }),
  callers: fc.integer({ min: 1, max: 8 }),
  requests: fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 }),
  foretold: fc.boolean(),
});

describe('a given rate', () => {
  it('is never exceeded by more than one second and what was under way', async () => {
    await fc.assert(
      fc.asyncProperty(works, async ({ perSecond, ...work }) => {
        const clock = new OverlappingClock(0);
        const budget = new Budget(given(perSecond), clock);
        const uses = await used(budget, clock, work);
        const { callers, requests, foretold } = work;
        expect(uses).toHaveLength(requests.length);
        expect(budget.units).toBe(requests.reduce((sum, units) => sum + units, 0));
        const largest = Math.max(0, ...requests);
        const underWay = foretold ? largest : callers * largest;
        expect(mostBeyond(uses, perSecond)).toBeLessThanOrEqual(perSecond + underWay + 1e-6);
      }),
      { numRuns: 200 },
    );
  });

  it('is used up, and not changed by throttling', async () => {
    const clock = new OverlappingClock(0);
    const budget = new Budget(given(100), clock);
    budget.throttled();
    const requests = Array.from({ length: 100 }, () => 25);
    await used(budget, clock, { callers: 4, requests, foretold: true });
    expect(clock.now()).toBeGreaterThan(23_000);
    expect(clock.now()).toBeLessThan(25_500);
  });

  it('lets the first request go at once, whatever it costs, and pays afterwards', async () => {
    const clock = new OverlappingClock(0);
    const budget = new Budget(given(10), clock);
    await budget.ready();
    budget.spent(400);
    expect(clock.now()).toBe(0);
    await budget.ready();
    expect(clock.now()).toBe(40_000);
  });

  it('saves up no more than a second', async () => {
    const clock = new OverlappingClock(0);
    const budget = new Budget(given(10), clock);
    clock.time = 3_600_000;
    await budget.ready(30);
    const before = clock.now();
    await budget.ready();
    expect(clock.now() - before).toBe(2_000);
  });
});

describe('an adaptive rate', () => {
  async function against(limit: number, start: number, seconds: number): Promise<Use[]> {
    const clock = new OverlappingClock(0);
    const budget = new Budget(adaptive(start), clock);
    const give = limitedTable(limit, clock);
    const uses: Use[] = [];
    const caller = async () => {
      while (clock.now() < seconds * 1000) {
        await budget.ready(25);
        await clock.sleep(10);
        if (give(25)) {
          uses.push({ at: clock.now(), units: 25 });
          budget.spent(25, 25);
        } else {
          budget.spent(0, 25);
          budget.throttled();
          await clock.sleep(100);
        }
      }
    };
    await Promise.all(Array.from({ length: 8 }, caller));
    return uses;
  }

  const rateOf = (uses: readonly Use[], from: number, to: number) =>
    uses.filter(({ at }) => at >= from * 1000 && at < to * 1000).reduce((sum, { units }) => sum + units, 0) /
    (to - from);

  it.each([
    [100, 4000],
    [1000, 4000],
    [4000, 4000],
    [3000, 40],
    [2000, 5],
  ])('finds a limit of %i units a second, beginning at %i', async (limit, start) => {
    const uses = await against(limit, start, 60);
    expect(rateOf(uses, 20, 60)).toBeGreaterThan(limit * 0.6);
    expect(rateOf(uses, 20, 60)).toBeLessThan(limit * 1.05);
  });

  it('takes many refusals at one moment for one', async () => {
    const clock = new OverlappingClock(0);
    const budget = new Budget(adaptive(1000), clock);
    for (let refusal = 0; refusal < 8; refusal += 1) budget.throttled();
    expect(budget.burst).toBe(500);
    clock.time += 1000;
    budget.throttled();
    expect(budget.burst).toBe(350);
  });

  it('does not shrink below its floor', () => {
    const clock = new OverlappingClock(0);
    const budget = new Budget(adaptive(1000), clock);
    for (let refusal = 0; refusal < 100; refusal += 1) {
      budget.throttled();
      clock.time += 1000;
    }
    expect(budget.burst).toBe(5);
  });

  it('does not grow while nobody needs more', async () => {
    const clock = new OverlappingClock(0);
    const budget = new Budget(adaptive(1000), clock);
    for (let second = 0; second < 100; second += 1) {
      await budget.ready();
      budget.spent(10);
      clock.time += 1000;
    }
    expect(budget.burst).toBe(1000);
  });
});
