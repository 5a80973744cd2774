import type { Clock, VirtualClock } from '../../src/dsl/simulator/clock.ts';

/** A rate that all workers of a stage share, and that may grow while they use it. */
export interface SharedRate {
  /** What it is called when it is what holds them up. */
  readonly name: string;
  /** Units a second at this time, in milliseconds since the epoch. */
  at(now: number): number;
  /** Notes that it is used in full. Returns when it will have grown, or Infinity. */
  usedInFull(now: number): number;
}

/** What the work on one whole segment takes. */
export interface SegmentWork {
  /** Seconds when nobody else works, and what they go to. */
  readonly alone: { readonly seconds: number; readonly name: string };
  /** Units that it draws from rates that are shared. */
  readonly draws: readonly { readonly rate: SharedRate; readonly units: number }[];
}

interface Worker {
  /** How far the stage must have come, in segments for each worker, for this one to be done. */
  readonly goal: number;
  readonly done: () => void;
}

/** Less of a segment than this is a rounding error. */
const NOTHING = 1e-9;

/**
 * Segments under work side by side, at a rate that is the same for each: what one can do alone, or its part of
 * what is shared, whichever is less. All segments take the same, so that one number says how far all have come.
 */
export class Stage {
  readonly #clock: VirtualClock;
  readonly #work: SegmentWork;
  readonly #workers = new Set<Worker>();
  readonly #secondsBy = new Map<string, number>();
  /** In segments for each worker, since the stage began. */
  #come = 0;
  #at: number;
  #perSecond = 0;
  #heldUpBy = '';
  #forget = () => {};

  constructor(clock: VirtualClock, work: SegmentWork) {
    this.#clock = clock;
    this.#work = work;
    this.#at = clock.now();
  }

  /** Seconds in which there was work, by what held it up. */
  get secondsBy(): ReadonlyMap<string, number> {
    return this.#secondsBy;
  }

  /**
   * Works on a part of a segment until it is done or the time is up.
   * @param part of the segment, 0 to 1.
   * @param until milliseconds since the epoch.
   * @returns the part that was done.
   */
  async workOn(
    part: number,
    { clock, until }: { readonly clock: Clock; readonly until: number },
  ): Promise<number> {
    this.#comeToNow();
    const from = this.#come;
    await new Promise<void>((resolve) => {
      const worker = { goal: from + part, done: resolve };
      this.#workers.add(worker);
      void clock.sleep(Math.max(0, until - clock.now())).then(() => {
        if (!this.#workers.has(worker)) return;
        this.#comeToNow();
        this.#workers.delete(worker);
        this.#goOn();
        resolve();
      });
      this.#goOn();
    });
    return Math.min(part, this.#come - from);
  }

  #comeToNow(): void {
    const seconds = (this.#clock.now() - this.#at) / 1000;
    this.#at = this.#clock.now();
    if (this.#workers.size === 0) return;
    this.#come += seconds * this.#perSecond;
    this.#secondsBy.set(this.#heldUpBy, (this.#secondsBy.get(this.#heldUpBy) ?? 0) + seconds);
  }

  /** From now on, with the workers there are. */
  #goOn(): void {
    this.#forget();
    this.#forget = () => {};
    if (this.#workers.size === 0) return;
    const growsAt = this.#setPace();
    const nearest = Math.min(...[...this.#workers].map(({ goal }) => goal));
    const doneAt = this.#at + Math.ceil(((nearest - this.#come) / this.#perSecond) * 1000);
    this.#forget = this.#clock.schedule(Math.min(doneAt, growsAt), () => {
      this.#comeToNow();
      for (const worker of this.#workers)
        if (worker.goal <= this.#come + NOTHING) {
          this.#workers.delete(worker);
          worker.done();
        }
      this.#goOn();
    });
  }

  /** @returns when what holds the work up will have grown. */
  #setPace(): number {
    const { alone, draws } = this.#work;
    this.#perSecond = 1 / alone.seconds;
    this.#heldUpBy = alone.name;
    let least: SharedRate | undefined;
    for (const { rate, units } of draws) {
      const perSecond = rate.at(this.#at) / units / this.#workers.size;
      if (perSecond >= this.#perSecond) continue;
      least = rate;
      this.#perSecond = perSecond;
      this.#heldUpBy = rate.name;
    }
    return least?.usedInFull(this.#at) ?? Infinity;
  }
}
