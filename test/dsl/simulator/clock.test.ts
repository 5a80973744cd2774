import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../src/dsl/simulator/clock.ts';
import { startSimulation } from '../../../src/dsl/simulator/simulate.ts';
import { machineOf } from './machines.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the virtual clock', () => {
  it('fires timers in time order, ties in scheduling order', async () => {
    const clock = new VirtualClock(0);
    const fired: string[] = [];
    await clock.runUntil(
      new Promise<void>((resolve) => {
        clock.schedule(20, () => fired.push(`late at ${clock.now()}`));
        clock.schedule(10, () => fired.push(`first at ${clock.now()}`));
        clock.schedule(10, () => fired.push(`second at ${clock.now()}`));
        clock.schedule(30, resolve);
      }),
    );
    expect(fired).toEqual(['first at 10', 'second at 10', 'late at 20']);
  });

  it('refuses what is no time', async () => {
    for (const start of [Number.NaN, 9e15, new Date() as unknown as number])
      expect(() => new VirtualClock(start)).toThrow("the clock's start must be milliseconds since the epoch");
    const clock = new VirtualClock(0);
    for (const at of [Number.NaN, '5' as unknown as number])
      expect(() => clock.schedule(at, () => {})).toThrow(
        'a timer is set to milliseconds since the epoch, got',
      );
    const hold = clock.hold();
    await expect(hold.sleep('5' as unknown as number)).rejects.toThrow("takes milliseconds, got '5'");
  });

  it('does not fire a cancelled timer', async () => {
    const clock = new VirtualClock(0);
    let fired = false;
    const cancel = clock.schedule(10, () => {
      fired = true;
    });
    cancel();
    await clock.runUntil(new Promise<void>((resolve) => clock.schedule(20, resolve)));
    expect(fired).toBe(false);
  });

  it('does not let time pass for idle timers alone', async () => {
    const clock = new VirtualClock(0);
    const fired: number[] = [];
    clock.scheduleIdle(10, () => fired.push(clock.now()));
    clock.scheduleIdle(30, () => fired.push(clock.now()));
    await clock.runUntil(new Promise<void>((resolve) => clock.schedule(20, resolve)));
    expect(fired).toEqual([10]);
    await expect(clock.runUntil(new Promise(() => {}))).rejects.toThrow('no timer or task');
    expect(clock.now()).toBe(20);
  });

  it('stands still while real work holds it', async () => {
    const clock = new VirtualClock(0);
    const hold = clock.hold();
    const done = new Promise<number>((resolve) => clock.schedule(1000, () => resolve(clock.now())));
    const running = clock.runUntil(done);
    await settled();
    expect(clock.now()).toBe(0);
    hold.release();
    expect(await running).toBe(1000);
  });

  it('lets time pass while the only work sleeps, and stands still again after', async () => {
    const clock = new VirtualClock(0);
    const hold = clock.hold();
    clock.schedule(5000, () => {});
    const work = (async () => {
      await hold.sleep(700);
      await settled();
      const woken = clock.now();
      hold.release();
      return woken;
    })();
    expect(await clock.runUntil(work)).toBe(700);
  });

  it('is not held by a sleep that outlives its work', async () => {
    const clock = new VirtualClock(0);
    const hold = clock.hold();
    void hold.sleep(100);
    hold.release();
    await clock.runUntil(new Promise<void>((resolve) => clock.schedule(200, resolve)));
    expect(clock.now()).toBe(200);
  });

  it('can be driven by two at once', async () => {
    const clock = new VirtualClock(0);
    const hold = clock.hold();
    const at = (time: number) =>
      clock.runUntil(new Promise<number>((resolve) => clock.schedule(time, () => resolve(time))));
    const both = Promise.all([at(10), at(20)]);
    await settled();
    hold.release();
    expect(await both).toEqual([10, 20]);
  });

  it('refuses to wait for what nothing will ever bring', async () => {
    await expect(new VirtualClock().runUntil(new Promise(() => {}))).rejects.toThrow('no timer or task');
  });

  it('waits a year for nothing', async () => {
    const clock = new VirtualClock(0);
    const year = 365 * 86_400_000;
    const done = new Promise<number>((resolve) => clock.schedule(year, () => resolve(clock.now())));
    expect(await clock.runUntil(done)).toBe(year);
  });
});

describe('stepping the virtual clock', () => {
  it('lets exactly so much time pass, and does what is due until then', async () => {
    const clock = new VirtualClock(0);
    const fired: number[] = [];
    for (const at of [1, 10, 11]) clock.schedule(at, () => fired.push(at));
    await clock.advanceBy(10);
    expect([clock.now(), fired]).toEqual([10, [1, 10]]);
    await clock.advanceBy(0.5);
    expect([clock.now(), fired]).toEqual([10.5, [1, 10]]);
  });

  it('does what becomes due while it goes, also at its last moment', async () => {
    const clock = new VirtualClock(0);
    const fired: string[] = [];
    clock.schedule(10, () => {
      fired.push('due');
      clock.schedule(10, () => fired.push('due by that'));
    });
    await clock.advanceBy(10);
    expect(fired).toEqual(['due', 'due by that']);
  });

  it('waits for what holds the clock, and for its sleeps', async () => {
    const clock = new VirtualClock(0);
    const woken: number[] = [];
    clock.schedule(5, () => {
      const hold = clock.hold();
      void (async () => {
        await hold.sleep(3);
        await settled();
        woken.push(clock.now());
        await hold.sleep(100);
        woken.push(clock.now());
        hold.release();
      })();
    });
    await clock.advanceBy(10);
    expect([clock.now(), woken]).toEqual([10, [8]]);
    await clock.advanceBy(98);
    expect([clock.now(), woken]).toEqual([108, [8, 108]]);
  });

  it('goes on from where it was left', async () => {
    const clock = new VirtualClock(0);
    const pausing = machineOf({ Pause: { Type: 'Wait', Seconds: 60, End: true } });
    const { result } = startSimulation(pausing, {}, { clock });
    await clock.advanceBy(45_000);
    expect(clock.now()).toBe(45_000);
    expect((await clock.runUntil(result)).stopDate).toBe(60_000);
  });

  it('goes from timer to timer, all of a moment together', async () => {
    const clock = new VirtualClock(0);
    const fired: string[] = [];
    for (const [at, what] of [
      [20, 'c'],
      [10, 'a'],
      [10, 'b'],
    ] as const)
      clock.schedule(at, () => fired.push(what));
    expect([await clock.advanceToNext(), clock.now(), fired]).toEqual([true, 10, ['a', 'b']]);
    expect([await clock.advanceToNext(), clock.now(), fired]).toEqual([true, 20, ['a', 'b', 'c']]);
    expect([await clock.advanceToNext(), clock.now()]).toEqual([false, 20]);
  });

  it('names what holds the clock and does nothing more', async () => {
    const clock = new VirtualClock(0, { patience: 50 });
    clock.hold('somebody');
    await expect(clock.advanceBy(1)).rejects.toThrow('somebody has neither returned nor slept');
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses to let %s milliseconds pass',
    async (given) => {
      await expect(new VirtualClock().advanceBy(given)).rejects.toThrow(
        `time passes by a number of milliseconds from 0, got ${given}`,
      );
    },
  );
});
