import type { Json, StateMachine } from '../asl/machine.ts';
import type { VirtualClock } from '../simulator/clock.ts';
import type { Observation } from '../simulator/observation.ts';
import type { RunningExecution } from '../simulator/simulate.ts';
import { SimulationError } from '../simulator/simulation-error.ts';
import type { TaskTokens } from '../simulator/task-tokens.ts';
import { refuseUnknownPlace } from './known-state.ts';
import { isMeant } from './path/match-path.ts';
import { pathText } from './path/path-text.ts';
import type { RunRecorder } from './run-recorder.ts';
import type { TestCall } from './test-call.ts';
import { endingOf, type TestRun } from './test-run.ts';

type Entered = Extract<Observation, { kind: 'entered' }>;

/** A state that waits to be let go on. */
interface Stop {
  readonly entered: Entered;
  readonly place: string | undefined;
  readonly goOn: () => void;
}

interface Subject {
  readonly machine: StateMachine;
  readonly clock: VirtualClock;
  readonly recorder: RunRecorder;
}

/**
 * A run that stops at every state it enters, also within Maps and Parallels, before the state does anything. Between
 * two steps no time passes.
 *
 * @example
 * const session = testMachine(compile(ship), world()).start({ order: 'o-7' });
 * await session.runTo('Tracked.Ready');
 * const seen = session.variables; // → { "tracked": { "state": "under way" }, "…": "…" }
 * const run = await session.finish();
 * run.status; // → "SUCCEEDED"
 */
export class TestSession {
  /** Passes while the session steps; for what is to happen at a time, `clock.schedule`. */
  readonly clock: VirtualClock;
  /** The way to answer tasks that wait for their token. */
  readonly tokens: TaskTokens;
  /** The run, once it has ended. */
  readonly result: Promise<TestRun>;
  readonly #subject: Subject;
  readonly #running: RunningExecution;
  /** The stops that no step has shown yet. */
  readonly #waiting: Stop[] = [];
  #shown: Stop | undefined;
  #stops = true;
  #ended = false;
  #isStepping = false;
  #arrived = () => {};

  /** @param start starts the simulation, which awaits what it is given at every state. */
  constructor(
    subject: Subject,
    start: (stopAt: (entered: Entered) => Promise<void> | undefined) => RunningExecution,
  ) {
    this.#subject = subject;
    this.clock = subject.clock;
    this.#running = start((entered) => this.#stopAt(entered));
    this.tokens = this.#running.tokens;
    this.result = this.#running.result.then((result) => subject.recorder.runOf(result));
    const end = () => {
      this.#ended = true;
      this.#shown = undefined;
    };
    this.result.then(end, end);
  }

  /** The state that it stands at; undefined before the first step and after the end. */
  get state(): string | undefined {
    return this.#shown?.entered.state;
  }

  /** The same as the path has it: `Each[1] > Pack`. */
  get place(): string | undefined {
    return this.#shown?.place;
  }

  /** The input of the state that it stands at. */
  get stateInput(): Json | undefined {
    return this.#shown?.entered.input;
  }

  /** All variables that can be read in the state that it stands at. */
  get variables(): { readonly [variable: string]: Json } {
    return this.#shown?.entered.variables ?? {};
  }

  /** As that of a finished run, so far. */
  get path(): readonly string[] {
    return this.#subject.recorder.path;
  }

  /** As those of a finished run, so far. */
  get calls(): readonly TestCall[] {
    return this.#subject.recorder.calls;
  }

  /**
   * Goes on to the next state that is entered. Returns its name, or undefined at the end of the run.
   * @throws SimulationError as `simulate` does, and when the step before has not been awaited.
   */
  async step(): Promise<string | undefined> {
    if (this.#isStepping) throw new SimulationError('a step is still under way; await session.step()');
    this.#isStepping = true;
    try {
      return await this.#next();
    } finally {
      this.#isStepping = false;
    }
  }

  async #next(): Promise<string | undefined> {
    this.#shown?.goOn();
    this.#shown = undefined;
    if (this.#waiting.length === 0 && !this.#ended) {
      const arrived = new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
      await this.clock.runUntil(Promise.race([arrived, this.result]));
    }
    this.#shown = this.#ended ? undefined : this.#waiting.shift();
    return this.state;
  }

  /**
   * Goes on until a state is entered; if it stands at that state, until the next time.
   * @param state its name, or where it is: `Each[1] > Pack`.
   * @throws SimulationError when the machine has no such state, or ends before it is entered.
   */
  async runTo(state: string): Promise<void> {
    refuseUnknownPlace(state, this.#subject.machine);
    for (let at = await this.step(); !isMeant(this.place, state); at = await this.step()) {
      if (at !== undefined) continue;
      const run = await this.result;
      throw new SimulationError(
        `it never came to '${state}', but went\n  ${pathText(run.path)}\nand ${endingOf(run)}`,
      );
    }
  }

  /** Runs to the end, without a stop. */
  finish(): Promise<TestRun> {
    this.#stops = false;
    for (const { goOn } of [...(this.#shown ? [this.#shown] : []), ...this.#waiting]) goOn();
    this.#shown = undefined;
    return this.clock.runUntil(this.result);
  }

  /** Aborts the run, as StopExecution does. */
  stop(error?: string, cause?: string): Promise<TestRun> {
    this.#running.stop(error, cause);
    return this.finish();
  }

  #stopAt(entered: Entered): Promise<void> | undefined {
    if (!this.#stops) return undefined;
    const place = this.path.at(-1);
    return new Promise((goOn) => {
      this.#waiting.push({ entered, place, goOn });
      this.#arrived();
    });
  }
}
