import { SimulationError } from './simulation-error.ts';
import { watch } from './watchdog.ts';

// Taken at once: fake timers that a test installs later would never run what waits for it.
const { setImmediate } = globalThis;

/** Milliseconds of real time for which work may hold the clock while nothing happens. */
const defaultPatience = 4000;

/** What code under simulation may know of time. Milliseconds since the epoch. */
export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
  /** Whether nothing else need happen for it. */
  readonly idle: boolean;
}

/** Real work under way: while any hold is neither released nor asleep, virtual time stands still. */
export interface Hold extends Clock {
  release(): void;
}

/**
 * Time as a queue of timers, in time order, ties in scheduling order. It stands still while anything holds
 * it, and otherwise jumps to the next timer; it never goes back, and waiting costs no real time. Make one to
 * choose the time of the start, or to let several executions share it. Work that holds it and does nothing more
 * (a function that never returns, or sleeps in real time) rejects the simulation after `patience` milliseconds of
 * real time, default 4000, and is named.
 *
 * @example
 * const clock = new VirtualClock(Date.UTC(2026, 10, 22));
 * const later = await simulate(compile(flow.waitFor('pause', '1 hour').returns(() => now())).machine, order, { clock });
 * later.output; // → "2026-11-22T01:00:00.000Z"
 */
export class VirtualClock {
  #now: number;
  #order = 0;
  readonly #timers: Timer[] = [];
  readonly #working = new Set<{ readonly what: string }>();
  readonly #patience: number;
  /** Counts what happens, so that standing still can be told from working. */
  #happened = 0;
  readonly #waitingDrivers = new Set<() => void>();
  readonly #outside = new Set<{ readonly what: string }>();

  /** @param start milliseconds since the epoch; the same start gives the same run. */
  constructor(start: number = Date.UTC(2026, 0, 1), options: { readonly patience?: number } = {}) {
    this.#now = start;
    this.#patience = options.patience ?? defaultPatience;
  }

  now(): number {
    return this.#now;
  }

  /** Runs `run` when the clock reaches `at` (or at once if that has passed). Returns its cancellation. */
  schedule(at: number, run: () => void): () => void {
    return this.#add({ at: Math.max(at, this.#now), order: this.#order++, run, idle: false });
  }

  /** The same for what nobody waits for: alone it does not let time pass. */
  scheduleIdle(at: number, run: () => void): () => void {
    return this.#add({ at: Math.max(at, this.#now), order: this.#order++, run, idle: true });
  }

  #add(timer: Timer): () => void {
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#timers[middle] as Timer).at <= timer.at) low = middle + 1;
      else high = middle;
    }
    this.#timers.splice(low, 0, timer);
    return () => {
      const at = this.#timers.indexOf(timer);
      if (at >= 0) this.#timers.splice(at, 1);
    };
  }

  /**
   * Marks real work; call `release` when it is over. `sleep` on a hold lets time pass meanwhile; a sleep that
   * outlives the release (of work that went on by itself) no longer holds anything.
   * @param what who works, as in "the function 'Track' of state 'Ask'".
   */
  hold(what = 'some work'): Hold {
    const token = { what };
    let sleepers = 0;
    let released = false;
    this.#working.add(token);
    this.#happened += 1;
    return {
      now: () => this.#now,
      sleep: (milliseconds) =>
        new Promise<void>((resolve) => {
          sleepers += 1;
          this.#letGo(token);
          this.schedule(this.#now + milliseconds, () => {
            sleepers -= 1;
            if (sleepers === 0 && !released) this.#working.add(token);
            this.#happened += 1;
            resolve();
          });
        }),
      release: () => {
        released = true;
        this.#letGo(token);
      },
    };
  }

  /**
   * Notes what only somebody outside can end (as in "state 'Ask' waits for ..."), so that a clock that has nothing
   * left to do can say what is missing. It holds nothing. Returns the way to take the note back.
   */
  noteOutside(what: string): () => void {
    const note = { what };
    this.#outside.add(note);
    return () => {
      this.#outside.delete(note);
    };
  }

  /**
   * Lets time pass until `done` settles.
   * @throws SimulationError when `done` is still open although no timer is left and nothing holds the clock, or
   * what holds it does nothing more.
   */
  async runUntil<T>(done: Promise<T>): Promise<T> {
    const state = { settled: false };
    const finish = () => {
      state.settled = true;
      this.#wakeDrivers();
    };
    done.then(finish, finish);
    while (!state.settled) {
      await new Promise((resolve) => setImmediate(resolve));
      if (state.settled) break;
      if (this.#working.size > 0) {
        await this.#released();
        continue;
      }
      const next = this.#timers.shift();
      if (next === undefined || (next.idle && this.#timers.every(({ idle }) => idle)))
        throw new SimulationError(this.#whatIsMissing());
      this.#now = next.at;
      next.run();
    }
    return done;
  }

  /** Settles when nothing holds the clock any more. */
  #released(): Promise<void> {
    return new Promise((resolve, reject) => {
      const wake = () => {
        rest();
        resolve();
      };
      const rest = watch(this.#patience, {
        progress: () => this.#happened,
        bark: () => {
          this.#waitingDrivers.delete(wake);
          reject(new SimulationError(this.#whoHolds()));
        },
      });
      this.#waitingDrivers.add(wake);
    });
  }

  #whoHolds(): string {
    const holders = [...this.#working].map(({ what }) => what).join('; ');
    return (
      `virtual time has stood still for ${this.#patience} ms of real time: ${holders} has neither returned nor slept; ` +
      "to wait use the invocation's clock.sleep, to run another machine options.machines or a clock of its own, " +
      'and for slow work new VirtualClock(start, { patience })'
    );
  }

  #whatIsMissing(): string {
    if (this.#outside.size === 0)
      return 'the simulation waits for something that no timer or task will ever bring';
    return [...this.#outside].map(({ what }) => what).join('; ');
  }

  #letGo(token: { readonly what: string }): void {
    this.#working.delete(token);
    this.#happened += 1;
    if (this.#working.size === 0) this.#wakeDrivers();
  }

  /** Several simulations may share a clock, and each drives it. */
  #wakeDrivers(): void {
    for (const wake of this.#waitingDrivers) wake();
    this.#waitingDrivers.clear();
  }
}
