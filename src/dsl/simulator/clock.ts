import { inspect } from 'node:util';
import { RealTime, type WallClock } from './real-time.ts';
import { SimulationError } from './simulation-error.ts';
import { TimerQueue } from './timer-queue.ts';
import { Work } from './work.ts';

// Taken at once: fake timers that a test installs later would never run what waits for it.
const { setImmediate } = globalThis;

/** Milliseconds of real time for which work may hold the clock while nothing happens. */
const defaultPatience = 4000;

/** The farthest that a Date reaches, before and after the epoch. */
const latest = 8.64e15;

/** What code under simulation may know of time. Milliseconds since the epoch. */
export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** Real work under way: while any hold is neither released nor asleep, virtual time stands still. */
export interface Hold extends Clock {
  release(): void;
}

interface ClockOptions {
  /** Milliseconds of real time for which work may hold the clock while nothing happens; default 4000. */
  readonly patience?: number;
  /**
   * Lets time pass by itself, work or no work: `real` as on the wall, a number so many times as fast. Default: time
   * stands still and jumps.
   */
  readonly pace?: 'real' | number;
  /** Where real time comes from, with a `pace`; default: the machine's own. */
  readonly wall?: WallClock;
}

/**
 * Time as a queue of timers, in time order, ties in scheduling order. It stands still while anything holds
 * it, and otherwise jumps to the next timer; it never goes back, and waiting costs no real time. Make one to
 * choose the time of the start, to let several executions share it, or to let time pass step by step (`advanceBy`,
 * `advanceToNext`). Work that holds it and does nothing more (a function that never returns, or sleeps in real time)
 * rejects the simulation after `patience` milliseconds of real time, default 4000, and is named.
 *
 * With a `pace` it is real time, and passes whatever is at work: a timer fires when the wall clock has come to it, a
 * slow function times out. It fires only while someone runs the clock, and what is waited for may come from outside.
 *
 * @example
 * const clock = new VirtualClock(Date.UTC(2026, 10, 22));
 * const resting = compile(flow.waitFor('pause', '1 hour').returns(() => now()));
 * const { result } = startSimulation(resting.machine, order, { clock });
 * await clock.advanceBy(59 * 60_000);
 * const then = new Date(clock.now()).toISOString(); // → "2026-11-22T00:59:00.000Z"
 * const later = await clock.runUntil(result);
 * later.output; // → "2026-11-22T01:00:00.000Z"
 */
export class VirtualClock {
  #now: number;
  readonly #timers = new TimerQueue();
  readonly #work: Work;
  readonly #realTime: RealTime | undefined;
  readonly #outside = new Set<{ readonly what: string }>();

  /**
   * @param start milliseconds since the epoch; the same start gives the same run. Default: the start of 2026, or with
   * a pace the present.
   * @throws SimulationError when the start is no time, or the pace is not a number above 0.
   */
  constructor(start?: number, { patience = defaultPatience, pace, wall }: ClockOptions = {}) {
    if (start !== undefined && !(typeof start === 'number' && Math.abs(start) <= latest))
      throw new SimulationError(
        `the clock's start must be milliseconds since the epoch, such as Date.UTC(2026, 0, 1), got ${inspect(start)}`,
      );
    this.#now = start ?? (pace === undefined ? Date.UTC(2026, 0, 1) : Date.now());
    this.#work = new Work(patience);
    if (pace === undefined) return;
    if (pace !== 'real' && !(pace > 0 && pace < Infinity))
      throw new SimulationError(`the clock's pace must be 'real' or a number above 0, got ${pace}`);
    this.#realTime = new RealTime(this.#now, pace === 'real' ? 1 : pace, wall);
  }

  now(): number {
    return this.#realTime === undefined ? this.#now : this.#realTime.now();
  }

  /**
   * Runs `run` when the clock reaches `at` (or at once if that has passed). Returns its cancellation.
   * @throws SimulationError when `at` is not a number.
   */
  schedule(at: number, run: () => void): () => void {
    return this.#add(at, run, false);
  }

  /** The same for what nobody waits for: alone it does not let time pass. */
  scheduleIdle(at: number, run: () => void): () => void {
    return this.#add(at, run, true);
  }

  #add(at: number, run: () => void, idle: boolean): () => void {
    if (isNoNumber(at))
      throw new SimulationError(`a timer is set to milliseconds since the epoch, got ${inspect(at)}`);
    const cancel = this.#timers.add(Math.max(at, this.now()), run, idle);
    if (this.#realTime !== undefined) this.#work.wake();
    return cancel;
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
    this.#work.begin(token);
    return {
      now: () => this.now(),
      sleep: (milliseconds) =>
        new Promise<void>((resolve) => {
          if (isNoNumber(milliseconds))
            throw new SimulationError(`clock.sleep takes milliseconds, got ${inspect(milliseconds)}`);
          sleepers += 1;
          this.#work.end(token);
          this.schedule(this.now() + milliseconds, () => {
            sleepers -= 1;
            if (sleepers === 0 && !released) this.#work.begin(token);
            resolve();
          });
        }),
      release: () => {
        released = true;
        this.#work.end(token);
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
   * what holds it does nothing more. Not in real time: there `done` may come from outside.
   */
  async runUntil<T>(done: Promise<T>): Promise<T> {
    const state = { settled: false };
    const finish = () => {
      state.settled = true;
      this.#work.wake();
    };
    done.then(finish, finish);
    await this.#run(() => !state.settled);
    if (!state.settled) throw new SimulationError(this.#whatIsMissing());
    return done;
  }

  /**
   * Lets exactly so much time pass, does all that is due until then, its last moment included, and stands still again.
   * @throws SimulationError when it is not a number from 0, or what holds the clock does nothing more.
   */
  async advanceBy(milliseconds: number): Promise<void> {
    if (!(milliseconds >= 0 && milliseconds < Infinity))
      throw new SimulationError(`time passes by a number of milliseconds from 0, got ${milliseconds}`);
    const end = this.now() + milliseconds;
    if (this.#realTime === undefined) await this.#run(() => true, end);
    else await this.runUntil(new Promise<void>((resolve) => this.schedule(end, resolve)));
    this.#now = Math.max(this.#now, end);
  }

  /**
   * Lets time pass until the next timer is due, does all that is due then, and stands still again. Returns whether
   * there was a timer.
   * @throws SimulationError when what holds the clock does nothing more.
   */
  async advanceToNext(): Promise<boolean> {
    // What is under way may yet set the timer that comes first.
    await this.advanceBy(0);
    const { next, areIdle } = this.#timers;
    if (next === undefined || areIdle) return false;
    await this.advanceBy(Math.max(next.at - this.now(), 0));
    return true;
  }

  /** Runs timer by timer while that is wanted, until none is left that is due by `end`, or that anything waits for. */
  async #run(wanted: () => boolean, end?: number): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (!wanted()) return;
      const realTime = this.#realTime;
      const at = this.#timers.next?.at ?? Number.POSITIVE_INFINITY;
      if (realTime !== undefined && at > realTime.now())
        await this.#work.rest((wake) => realTime.at(at, wake));
      else if (realTime === undefined && this.#work.isUnderWay) await this.#work.over();
      else {
        const over = end === undefined ? realTime === undefined && this.#timers.areIdle : at > end;
        const next = over ? undefined : this.#timers.take();
        if (next === undefined) return;
        this.#now = next.at;
        next.run();
      }
    }
  }

  #whatIsMissing(): string {
    if (this.#outside.size === 0)
      return 'the simulation waits for something that no timer or task will ever bring';
    return [...this.#outside].map(({ what }) => what).join('; ');
  }
}

const isNoNumber = (given: number): boolean => typeof given !== 'number' || Number.isNaN(given);
