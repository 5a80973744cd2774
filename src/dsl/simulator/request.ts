import type { ItemProcessor, Json } from '../asl/machine.ts';
import type { HistoryEvent } from './history-event.ts';
import type { EndedExecution } from './integrations/integration.ts';
import type { Evaluation } from './jsonata/evaluate-expression.ts';
import type { ListedObject } from './s3/object-store.ts';
import type { StateFailure } from './state-failure.ts';
import type { TaskResource } from './task-resource.ts';
import type { MapRun } from './states/map-run/map-run.ts';
import type { Thread } from './thread.ts';
import type { Observation } from './observation.ts';
import type { Iteration } from './visit.ts';

/**
 * What a state decides, as a generator: it yields requests and is resumed with their answers (or with a
 * StateFailure thrown into it). It touches no clock, no client and no promise itself, so that the same answers
 * always give the same decisions; the runner (runner.ts) performs the requests.
 */
export type Process<T> = Generator<Request, T, unknown>;

export type Request =
  | { readonly kind: 'record'; readonly event: UnnumberedEvent }
  | { readonly kind: 'evaluate'; readonly evaluation: Evaluation }
  | { readonly kind: 'now' }
  | { readonly kind: 'random' }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'sleepUntil'; readonly at: number }
  | { readonly kind: 'knowsActivity'; readonly arn: string }
  | { readonly kind: 'call'; readonly call: TaskCall }
  | { readonly kind: 'fork'; readonly fork: Fork }
  | { readonly kind: 'mapRunStarted'; readonly run: MapRun }
  | ({ readonly kind: 'permitMapRun' } & MapRunStart)
  | { readonly kind: 'startMapChild'; readonly child: MapChild }
  | { readonly kind: 'redriveMapChild'; readonly executionArn: string }
  | { readonly kind: 'awaitMapChild'; readonly executionArn: string }
  | { readonly kind: 's3'; readonly access: S3Access }
  | { readonly kind: 'observe'; readonly observation: Observation };

/**
 * A history event before the history gives it its id and time. One that keeps a place for them takes half the
 * memory: the most frequent ones do.
 */
export interface UnnumberedEvent extends Omit<HistoryEvent, 'id' | 'timestamp'> {
  readonly id?: undefined;
  readonly timestamp?: undefined;
}

/** One attempt of a Task. */
export interface TaskCall {
  readonly stateName: string;
  readonly resource: TaskResource;
  readonly arguments: Json;
  /** From the start of this attempt; absent when the state sets none. */
  readonly timeoutSeconds: number | undefined;
  /** Between two signs of life of a task with a token. */
  readonly heartbeatSeconds: number | undefined;
  /** How often the task was tried before. */
  readonly attempt: number;
  /** The iterations of inline Maps that it is in, the outermost first. */
  readonly iterations: readonly Iteration[];
  /** The task token; the task then ends when that is answered. */
  readonly token: string | undefined;
  /** The role of the task's Credentials, under which the call is made. */
  readonly roleArn: string | undefined;
  readonly thread: Thread;
}

/** Processes side by side: the branches of a Parallel, the iterations of a Map. */
export interface Fork {
  /** What each of them has come to; the runner keeps it up to date. What is done is not run again. */
  readonly outcomes: ForkOutcome[];
  /** How many may run at once; read whenever one has ended. */
  readonly limit: number;
  /** @param after the process whose end made room; absent for those that start at once. */
  readonly start: (index: number, after: number | undefined) => Process<Json>;
  /** Whether these failures end the fork; what still runs is then stopped. */
  readonly endsWith: (failed: readonly number[]) => boolean;
}

export type ForkOutcome =
  | { readonly kind: 'done'; readonly value: Json }
  | { readonly kind: 'failed'; readonly failure: StateFailure }
  | { readonly kind: 'unfinished' };

/** The outcomes of so many processes before they are run. */
export const unfinished = (count: number): ForkOutcome[] =>
  Array.from({ length: count }, () => ({ kind: 'unfinished' }));

/** The error that a process failed with, if it did and had one. */
export const errorOf = (outcome: ForkOutcome | undefined): string | undefined =>
  outcome?.kind === 'failed' ? outcome.failure.error : undefined;

/** A Map Run that is about to start its children. */
export interface MapRunStart {
  readonly stateName: string;
  readonly label: string;
  /** Whether it has had children before, which are redriven. */
  readonly redriving: boolean;
}

/** An execution that a distributed Map starts for one item or batch. */
export interface MapChild {
  readonly label: string;
  readonly processor: ItemProcessor;
  readonly input: Json;
  readonly mapRunArn: string;
  /** How many items it stands for. */
  readonly items: number;
  /** Those of this execution that it is in, its own last. */
  readonly iterations: readonly Iteration[];
}

export interface StartedMapChild {
  readonly executionArn: string;
  readonly name: string;
  /** Virtual milliseconds since the epoch. */
  readonly startDate: number;
}

/** What a distributed Map does to S3. */
export type S3Access =
  | { readonly action: 'getObject'; readonly bucket: string; readonly key: string }
  | { readonly action: 'listObjects'; readonly bucket: string; readonly prefix: string }
  | {
      readonly action: 'putObject';
      readonly bucket: string;
      readonly key: string;
      readonly content: string;
    };

/** The virtual time, in milliseconds since the epoch. */
export function* now(): Process<number> {
  return (yield { kind: 'now' }) as number;
}

/** A number in [0, 1) from the simulation's seed. */
export function* random(): Process<number> {
  return (yield { kind: 'random' }) as number;
}

export function* uuid(): Process<string> {
  return (yield { kind: 'uuid' }) as string;
}

/** Lets virtual time pass until `at`, milliseconds since the epoch. */
export function* sleepUntil(at: number): Process<void> {
  yield { kind: 'sleepUntil', at };
}

/** @throws EvaluationFailure */
export function* evaluate(evaluation: Evaluation): Process<Json> {
  return (yield { kind: 'evaluate', evaluation }) as Json;
}

/** Whether somebody does an activity's work. */
export function* knowsActivity(arn: string): Process<boolean> {
  return (yield { kind: 'knowsActivity', arn }) as boolean;
}

/** @throws StateFailure when the task fails or times out. */
export function* call(taskCall: TaskCall): Process<Json> {
  return (yield { kind: 'call', call: taskCall }) as Json;
}

/** Returns the process that ended last, or whose failure ended the fork; undefined when none was run. */
export function* fork(request: Fork): Process<number | undefined> {
  return (yield { kind: 'fork', fork: request }) as number | undefined;
}

/** Tells whoever keeps the executions that a Map Run begins. */
export function* mapRunStarted(run: MapRun): Process<void> {
  yield { kind: 'mapRunStarted', run };
}

/** @throws StateFailure when the role may not run children. */
export function* permitMapRun(start: MapRunStart): Process<void> {
  yield { kind: 'permitMapRun', ...start };
}

export function* startMapChild(child: MapChild): Process<StartedMapChild> {
  return (yield { kind: 'startMapChild', child }) as StartedMapChild;
}

/** Redrives a child that has ended; one that cannot be redriven stays as it ended. */
export function* redriveMapChild(executionArn: string): Process<void> {
  yield { kind: 'redriveMapChild', executionArn };
}

export function* awaitMapChild(executionArn: string): Process<EndedExecution> {
  return (yield { kind: 'awaitMapChild', executionArn }) as EndedExecution;
}

/** The object's content, or undefined when there is none. */
export function* getObject(bucket: string, key: string): Process<string | Uint8Array | undefined> {
  return (yield { kind: 's3', access: { action: 'getObject', bucket, key } }) as
    string | Uint8Array | undefined;
}

export function* listObjects(bucket: string, prefix: string): Process<readonly ListedObject[]> {
  return (yield { kind: 's3', access: { action: 'listObjects', bucket, prefix } }) as readonly ListedObject[];
}

export function* putObject(bucket: string, key: string, content: string): Process<void> {
  yield { kind: 's3', access: { action: 'putObject', bucket, key, content } };
}
