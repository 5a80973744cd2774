import { type Hold, VirtualClock } from '../../simulator/clock.ts';

/** Milliseconds of real time for which work may hold the clock: a function behind an endpoint takes what it takes. */
const noLimit = 2 ** 31 - 1;

/**
 * Virtual time that stands still for a while of real time where an answer from outside is waited for, so that it can
 * come at all. Then time goes on to the next timer; where there is none, it waits for the answer as long as it takes.
 */
export class PatientClock extends VirtualClock {
  readonly #patience: number;
  #timers = 0;
  /** What is waited for beyond the patience. */
  readonly #overdue = new Set<object>();
  #standstill: Hold | undefined;

  /** @param patience milliseconds of real time. */
  constructor(start: number, patience: number) {
    super(start, { patience: noLimit });
    this.#patience = patience;
  }

  override schedule(at: number, run: () => void): () => void {
    let left = 1;
    const forget = () => {
      this.#timers -= left;
      left = 0;
      this.#standOrGo();
    };
    const cancel = super.schedule(at, () => {
      forget();
      run();
    });
    this.#timers += 1;
    this.#standOrGo();
    return () => {
      cancel();
      forget();
    };
  }

  override noteOutside(what: string): () => void {
    const takeBack = super.noteOutside(what);
    const note = {};
    const hold = this.hold(what);
    const timer = setTimeout(() => {
      this.#overdue.add(note);
      this.#standOrGo();
      hold.release();
    }, this.#patience);
    return () => {
      clearTimeout(timer);
      this.#overdue.delete(note);
      this.#standOrGo();
      hold.release();
      takeBack();
    };
  }

  #standOrGo(): void {
    if (this.#overdue.size > 0 && this.#timers === 0)
      this.#standstill ??= this.hold('an answer from outside');
    else {
      this.#standstill?.release();
      this.#standstill = undefined;
    }
  }
}
