import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../src/dsl/simulator/clock.ts';
import { simulate } from '../../../src/dsl/simulator/simulate.ts';
import { invoking, machineOf } from './machines.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A wall clock that is moved by hand. */
function handWall() {
  let now = 5;
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    /** How long each timer that is set now has to wait. */
    get waits() {
      return [...timers].map(({ at }) => at - now);
    },
    now: () => now,
    after: (milliseconds: number, run: () => void) => {
      const timer = { at: now + milliseconds, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    pass: async (milliseconds: number) => {
      await settled();
      now += milliseconds;
      for (const timer of timers) {
        if (timer.at > now) continue;
        timers.delete(timer);
        timer.run();
      }
      for (let turn = 0; turn < 5; turn += 1) await settled();
    },
  };
}

const never = new Promise<never>(() => {});

describe('a clock at the pace of real time', () => {
  it('fires its timers when the wall clock has come to them', async () => {
    const wall = handWall();
    const clock = new VirtualClock(1000, { pace: 'real', wall });
    const fired: string[] = [];
    clock.schedule(1020, () => fired.push(`second at ${clock.now()}`));
    clock.schedule(1010, () => fired.push(`first at ${clock.now()}`));
    void clock.runUntil(never);
    await wall.pass(9);
    expect([clock.now(), fired]).toEqual([1009, []]);
    await wall.pass(1);
    expect(fired).toEqual(['first at 1010']);
    await wall.pass(30);
    expect(fired).toEqual(['first at 1010', 'second at 1040']);
  });

  it('goes so many times as fast', async () => {
    const wall = handWall();
    const clock = new VirtualClock(0, { pace: 60, wall });
    const pausing = machineOf({ Pause: { Type: 'Wait', Seconds: 60, End: true } });
    const running = simulate(pausing, {}, { clock });
    await wall.pass(999);
    expect(clock.now()).toBe(59_940);
    await wall.pass(1);
    expect((await running).virtualMilliseconds).toBe(60_000);
  });

  it('is woken by a timer that comes before the one that it waits for', async () => {
    const wall = handWall();
    const clock = new VirtualClock(0, { pace: 'real', wall });
    let fired = false;
    clock.schedule(1000, () => {});
    void clock.runUntil(never);
    await settled();
    clock.schedule(10, () => {
      fired = true;
    });
    await wall.pass(10);
    expect(fired).toBe(true);
  });

  it('has a slow function time out', async () => {
    const wall = handWall();
    const clock = new VirtualClock(0, { pace: 'real', wall });
    const machine = machineOf({ Ask: { ...invoking('f'), TimeoutSeconds: 2, End: true } });
    const running = simulate(machine, {}, { clock, functions: { f: () => never } });
    await wall.pass(2000);
    expect(await running).toMatchObject({ error: 'States.Timeout', virtualMilliseconds: 2000 });
  });

  it('advances by waiting', async () => {
    const wall = handWall();
    const clock = new VirtualClock(0, { pace: 'real', wall });
    let advanced = false;
    const advancing = clock.advanceBy(100).then(() => {
      advanced = true;
    });
    await wall.pass(99);
    expect(advanced).toBe(false);
    await wall.pass(1);
    await advancing;
    expect(clock.now()).toBe(100);
  });

  it('leaves no timer behind when what it was run for has come', async () => {
    const wall = handWall();
    const clock = new VirtualClock(0, { pace: 'real', wall });
    clock.schedule(10_000, () => {});
    let come: () => void = () => {};
    const running = clock.runUntil(new Promise<void>((resolve) => (come = resolve)));
    await settled();
    await settled();
    expect(wall.waits).toEqual([10_000]);
    come();
    await running;
    expect(wall.waits).toEqual([]);
  });

  it('waits in parts for what is further off than a timer of Node can be', async () => {
    const wall = handWall();
    const clock = new VirtualClock(0, { pace: 'real', wall });
    const year = 365 * 86_400_000;
    let fired = false;
    clock.schedule(year, () => {
      fired = true;
    });
    void clock.runUntil(never);
    await wall.pass(0);
    expect(wall.waits).toEqual([2 ** 31 - 1]);
    await wall.pass(year - 1);
    expect([wall.waits, fired]).toEqual([[1], false]);
    await wall.pass(1);
    expect(fired).toBe(true);
  });

  it('starts at the present', () => {
    const before = Date.now();
    const now = new VirtualClock(undefined, { pace: 'real' }).now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThan(before + 60_000);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a pace of %s', (pace) => {
    expect(() => new VirtualClock(0, { pace })).toThrow(
      `the clock's pace must be 'real' or a number above 0, got ${pace}`,
    );
  });
});
