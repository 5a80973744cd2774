import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import type { PipesClient } from '@aws-sdk/client-pipes';
import type { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import type { SchedulerClient } from '@aws-sdk/client-scheduler';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type * as z from 'zod';
import type { Task } from '../dsl/authoring/task.ts';
import type { RecoverySystem } from './recovery-system.ts';
import { TaskError } from './task-error.ts';

/** The clients that only some tasks need. */
export interface Clients {
  /** EventBridge's buses and rules. */
  readonly events: EventBridgeClient;
  readonly kms: KMSClient;
  readonly lambda: LambdaClient;
  readonly sfn: SFNClient;
  readonly s3: S3Client;
  /** Tells which functions have a tag. */
  readonly tagging: ResourceGroupsTaggingAPIClient;
  readonly pipes: PipesClient;
  readonly scheduler: SchedulerClient;
}

/** A service that a task may call beside DynamoDB. */
export type Service = keyof Clients;

/**
 * What a handler works with; a test, the rehearsal and Lambda each bring their own. One that calls more than
 * DynamoDB says so: `Environment<'lambda'>`. Its bundle then carries that client, and no other's does.
 */
export type Environment<S extends Service = never> = Surroundings & Pick<Clients, S>;

interface Surroundings {
  readonly dynamodb: DynamoDBClient;
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
export type Perform<T extends Task, S extends Service = never> = (
  input: z.output<T['definition']['input']>,
  environment: Environment<S>,
) => Promise<z.input<T['definition']['output']>>;

/** A task with its code: what Lambda, the simulator and tests call. */
export interface Handler<T extends Task = Task, S extends Service = never> {
  readonly task: T;
  (payload: unknown, environment: Environment<S>): Promise<z.output<T['definition']['output']>>;
}

/**
 * Wraps a task's code: the payload is parsed by the task's input schema before anything is touched, and the
 * result by its output schema.
 * @throws TaskError `InvalidInput` naming every fault by its path, never its value.
 */
export function handlerOf<T extends Task, S extends Service = never>(
  task: T,
  perform: Perform<T, S>,
): Handler<T, S> {
  const handle = async (payload: unknown, environment: Environment<S>) => {
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
