import type { TaskClock } from '../handler.ts';

/** Hands out turns at an even rate; everyone who shares a rate limit shares one pace. */
export class Pace {
  readonly #clock: TaskClock;
  readonly #interval: number;
  #next = 0;

  /** @param perSecond turns per second, without bursts. */
  constructor(perSecond: number, clock: TaskClock) {
    this.#interval = Math.ceil(1000 / perSecond);
    this.#clock = clock;
  }

  /** Returns when it is the caller's turn; turns are given in the order of asking. */
  async turn(): Promise<void> {
    const now = this.#clock.now();
    const at = Math.max(now, this.#next);
    this.#next = at + this.#interval;
    if (at > now) await this.#clock.sleep(at - now);
  }
}
