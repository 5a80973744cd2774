import { describe, expect, it } from 'vitest';
import { Pace } from '../../../src/tasks/pacing/pace.ts';

/** A clock that records what is slept and stands still, as when all ask at the same moment. */
function stillClock(now = 1_000_000) {
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: (milliseconds: number) => {
      slept.push(milliseconds);
      return Promise.resolve();
    },
  };
}

describe('a pace', () => {
  it('gives the first turn at once and the others at even intervals', async () => {
    const clock = stillClock();
    const pace = new Pace(10, clock);
    await Promise.all([pace.turn(), pace.turn(), pace.turn()]);
    expect(clock.slept).toEqual([100, 200]);
  });

  it('does not save up turns that nobody took', async () => {
    let now = 0;
    const slept: number[] = [];
    const pace = new Pace(10, {
      now: () => now,
      sleep: async (milliseconds) => void slept.push(milliseconds),
    });
    await pace.turn();
    now = 10_000;
    await pace.turn();
    await pace.turn();
    expect(slept).toEqual([100]);
  });
});
