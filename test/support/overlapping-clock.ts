import type { TaskClock } from '../../src/tasks/handler.ts';

// Taken at once: fake timers that a test installs later would never run what waits for it.
const { setImmediate } = globalThis;

/** A clock on which any number sleep side by side: when nobody has anything to do, it jumps to who wakes next. */
export class OverlappingClock implements TaskClock {
  time: number;
  readonly #sleepers: { readonly at: number; readonly wake: () => void }[] = [];

  constructor(start: number) {
    this.time = start;
  }

  now(): number {
    return this.time;
  }

  async sleep(milliseconds: number): Promise<void> {
    const at = this.time + milliseconds;
    const slept = new Promise<void>((wake) => {
      const behind = this.#sleepers.findIndex((other) => other.at > at);
      this.#sleepers.splice(behind < 0 ? this.#sleepers.length : behind, 0, { at, wake });
    });
    setImmediate(() => {
      const next = this.#sleepers.shift();
      if (next === undefined) return;
      this.time = Math.max(this.time, next.at);
      next.wake();
    });
    await slept;
  }
}
