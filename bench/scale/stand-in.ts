import type * as z from 'zod';
import { taskMemory } from '../../infra/task-memory.ts';
import type { Task } from '../../src/dsl/authoring/task.ts';
import type { Invocation, SimulatedFunction } from '../../src/dsl/simulator/invocation.ts';
import { StateFailure } from '../../src/dsl/simulator/state-failure.ts';
import { Bucket } from './bucket.ts';
import { STARTS, TRANSITIONS } from './limits.ts';
import type { Meter } from './meter.ts';
import { START_SECONDS } from './setting.ts';

/** What stands in for a task's function: it takes the time that the function would, and answers alike. */
export type Answer<T extends Task> = (
  input: z.output<T['definition']['input']>,
  invocation: Invocation,
) => Promise<z.input<T['definition']['output']>>;

/** The account that all functions run in: its limits, and what they use. */
export class Account {
  readonly meter: Meter;
  readonly #lambdaAtOnce: number;
  readonly #starts = new Bucket(STARTS);
  readonly #transitions = new Bucket(TRANSITIONS);
  #running = 0;

  constructor(meter: Meter, lambdaAtOnce: number) {
    this.meter = meter;
    this.#lambdaAtOnce = lambdaAtOnce;
  }

  executionStarted(now: number): void {
    this.#starts.take(now);
  }

  stateEntered(now: number): void {
    this.#transitions.take(now);
    this.meter.transitions += 1;
  }

  /** The function of a task: refused when too many run, late when Step Functions is, and paid for. */
  standIn<T extends Task>(task: T, answer: Answer<T>): readonly [string, SimulatedFunction] {
    const megabytes = taskMemory(task.taskName);
    const invoke: SimulatedFunction = async (payload, invocation) => {
      if (this.#running >= this.#lambdaAtOnce)
        throw new StateFailure('Lambda.TooManyRequestsException', 'Rate Exceeded.');
      this.#running += 1;
      const { clock } = invocation;
      const late = Math.max(this.#starts.wait(clock.now()), this.#transitions.wait(clock.now()));
      await clock.sleep(Math.ceil(late));
      const begun = clock.now();
      await clock.sleep(START_SECONDS * 1000);
      try {
        const input = task.definition.input.parse(payload) as z.output<T['definition']['input']>;
        return task.definition.output.parse(await answer(input, invocation));
      } finally {
        this.#running -= 1;
        this.meter.invoked(megabytes, clock.now() - begun);
      }
    };
    return [task.taskName, invoke];
  }
}
