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
  /** Timers that are due without any time passing, such as that of an answer that has come. */
  #due = 0;
  /** What is waited for with patience, and what beyond it. */
  readonly #waiting = new Set<object>();
  readonly #overdue = new Set<object>();
  #standstill: Hold | undefined;

  /** @param patience milliseconds of real time. */
  constructor(start: number, patience: number) {
    super(start, { patience: noLimit });
    this.#patience = patience;
  }

  override schedule(at: number, run: () => void): () => void {
    const due = at <= this.now() ? 1 : 0;
    let left = true;
    const forget = () => {
      if (!left) return;
      left = false;
      this.#timers -= 1;
      this.#due -= due;
      this.#standOrGo();
    };
    const cancel = super.schedule(at, () => {
      forget();
      run();
    });
    this.#timers += 1;
    this.#due += due;
    this.#standOrGo();
    return () => {
      cancel();
      forget();
    };
  }

  override noteOutside(what: string): () => void {
    const takeBack = super.noteOutside(what);
    const note = {};
    this.#waiting.add(note);
    this.#standOrGo();
    const timer = setTimeout(() => {
      this.#waiting.delete(note);
      this.#overdue.add(note);
      this.#standOrGo();
    }, this.#patience);
    return () => {
      clearTimeout(timer);
      this.#waiting.delete(note);
      this.#overdue.delete(note);
      this.#standOrGo();
      takeBack();
    };
  }

  #standOrGo(): void {
    const isPatient = this.#waiting.size > 0 || (this.#overdue.size > 0 && this.#timers === 0);
    if (isPatient && this.#due === 0) this.#standstill ??= this.hold('an answer from outside');
    else {
      this.#standstill?.release();
      this.#standstill = undefined;
    }
  }
}
