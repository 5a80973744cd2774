import { StateFailure } from '../../src/dsl/simulator/state-failure.ts';
import type { TaskClock } from '../../src/tasks/handler.ts';

/** One invocation of a task's Lambda function. It may die, and then nothing of it goes on. */
export class Invocation {
  /** Rejects when it dies, with what Step Functions hears. */
  readonly death: Promise<never>;
  /** Time as its handler sees it: no sleep ends after its death. */
  readonly clock: TaskClock;
  readonly #clock: TaskClock;
  readonly #deadline: number;
  #fail!: (failure: StateFailure) => void;
  #dead = false;

  constructor(clock: TaskClock, deadline: number) {
    this.#clock = clock;
    this.#deadline = deadline;
    this.death = new Promise((_resolve, reject) => {
      this.#fail = reject;
    });
    // Of an invocation that nobody waits for any more, nobody need hear.
    this.death.catch(() => {});
    this.clock = { now: () => clock.now(), sleep: (milliseconds) => this.wait(milliseconds) };
  }

  /** Lets time pass; never returns when the invocation has died, or has no time left. */
  async wait(milliseconds: number): Promise<void> {
    await this.#clock.sleep(milliseconds);
    if (this.#clock.now() >= this.#deadline) this.die('Sandbox.Timedout');
    await this.live();
  }

  /** Never returns when the invocation has died. */
  async live(): Promise<void> {
    if (this.#dead) await new Promise<never>(() => {});
  }

  die(error: 'Lambda.Unknown' | 'Sandbox.Timedout'): void {
    this.#dead = true;
    this.#fail(new StateFailure(error, 'the function has died'));
  }

  /** Does nothing more until its time is over. */
  async hang(): Promise<void> {
    await this.wait(Math.max(0, this.#deadline - this.#clock.now()));
  }
}
