import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type * as z from 'zod';
import type { Task } from '../dsl/authoring/task.ts';
import type { RecoverySystem } from './recovery-system.ts';
import { TaskError } from './task-error.ts';

/** What a handler works with; a test, the rehearsal and Lambda each bring their own. */
export interface Environment {
  readonly dynamodb: DynamoDBClient;
  readonly lambda: LambdaClient;
  readonly sfn: SFNClient;
  readonly system: RecoverySystem;
  readonly clock: TaskClock;
  /** When this invocation must have returned: milliseconds since the epoch on `clock`. */
  readonly deadline: number;
  /** Keeps a line of how work goes: names of tables, counts and rates, never a key or an item. Default: nobody does. */
  readonly log?: (line: object) => void;
}

/** Time as a handler sees it, in milliseconds; virtual in a simulation. */
export interface TaskClock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** The code of a task: its input is what zod made of the payload. */
export type Perform<T extends Task> = (
  input: z.output<T['definition']['input']>,
  environment: Environment,
) => Promise<z.input<T['definition']['output']>>;

/** A task with its code: what Lambda, the simulator and tests call. */
export interface Handler<T extends Task = Task> {
  readonly task: T;
  (payload: unknown, environment: Environment): Promise<z.output<T['definition']['output']>>;
}

/**
 * Wraps a task's code: the payload is parsed by the task's input schema before anything is touched, and the
 * result by its output schema.
 * @throws TaskError `InvalidInput` naming every fault by its path, never its value.
 */
export function handlerOf<T extends Task>(task: T, perform: Perform<T>): Handler<T> {
  const handle = async (payload: unknown, environment: Environment) => {
    const parsed = task.definition.input.safeParse(payload);
    if (!parsed.success) {
      const faults = parsed.error.issues.map(
        (issue) => `${['input', ...issue.path].join('.')}: ${issue.message}`,
      );
      throw new TaskError('InvalidInput', `${task.taskName} refuses its input: ${faults.join('; ')}`);
    }
    const input = parsed.data as z.output<T['definition']['input']>;
    return task.definition.output.parse(await perform(input, environment)) as z.output<
      T['definition']['output']
    >;
  };
  return Object.assign(handle, { task });
}
