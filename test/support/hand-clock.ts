import type { TaskClock } from '../../src/tasks/handler.ts';

export interface HandClock extends TaskClock {
  /** Milliseconds slept so far, by everyone together. */
  readonly slept: number;
  advance(milliseconds: number): void;
}

/** A clock that stands still but for sleeping, which moves it on at once. */
export function handClock(start: string): HandClock {
  let now = Date.parse(start);
  let slept = 0;
  return {
    now: () => now,
    sleep: (milliseconds) => {
      now += milliseconds;
      slept += milliseconds;
      return Promise.resolve();
    },
    advance: (milliseconds) => {
      now += milliseconds;
    },
    get slept() {
      return slept;
    },
  };
}
