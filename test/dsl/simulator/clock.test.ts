import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../src/dsl/simulator/clock.ts';

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
});
