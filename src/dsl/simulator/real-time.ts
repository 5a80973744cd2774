// Taken at once: fake timers that a test installs later would neither fire nor let time pass.
const { setTimeout, clearTimeout, performance } = globalThis;

/** The longest that Node's timers can wait, in milliseconds. */
const longest = 2 ** 31 - 1;

/** Where real time comes from. */
export interface WallClock {
  /** Milliseconds since whenever, which never go back. */
  now(): number;
  /** Runs `run` once when so many milliseconds have passed. Returns its cancellation. */
  after(milliseconds: number, run: () => void): () => void;
}

const ownWall: WallClock = {
  now: performance.now.bind(performance),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Time that passes by itself, `pace` milliseconds in a millisecond of the wall clock. */
export class RealTime {
  readonly #start: number;
  readonly #pace: number;
  readonly #wall: WallClock;
  readonly #begun: number;

  /** @param start milliseconds since the epoch. */
  constructor(start: number, pace: number, wall: WallClock = ownWall) {
    this.#start = start;
    this.#pace = pace;
    this.#wall = wall;
    this.#begun = wall.now();
  }

  now(): number {
    return Math.floor(this.#start + (this.#wall.now() - this.#begun) * this.#pace);
  }

  /**
   * Runs `run` at `at`, or before if that is very far off: who waits must look again. Returns its cancellation. An
   * infinite `at` never comes, and keeps no process alive.
   */
  at(at: number, run: () => void): () => void {
    if (at === Number.POSITIVE_INFINITY) return () => {};
    const left = Math.ceil((at - this.now()) / this.#pace);
    return this.#wall.after(Math.min(left, longest), run);
  }
}
