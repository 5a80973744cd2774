import type { Json, StateMachine } from '../../asl/machine.ts';
import type { Need } from '../iam/need.ts';
import type { StateFailure } from '../state-failure.ts';
import type { RedriveDescription } from '../redrive.ts';
import type { TaskResource } from '../task-resource.ts';
import type { Iteration } from '../visit.ts';
import type { World } from '../world.ts';

/** An execution that a task started, as far as the task may know it. */
export interface StartedExecution {
  readonly arn: string;
  readonly startDate: number;
  /** Settles when it ends. Rejects with what the simulation cannot go on from. */
  readonly ended: Promise<EndedExecution>;
  stop(): void;
}

export interface EndedExecution extends RedriveDescription {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly stopDate: number;
}

/** A function that a task started and did not wait for (`InvocationType` Event). */
export interface AsyncInvocation {
  readonly functionName: string;
  readonly payload: Json;
  /** Virtual milliseconds since the epoch. */
  readonly startDate: number;
  /** What the function failed with, which no state hears of. */
  readonly error?: string;
  readonly cause?: string;
}

/** One call of an integration: a task's attempt. */
export interface IntegrationCall {
  readonly stateName: string;
  readonly attempt: number;
  readonly iterations: readonly Iteration[];
  /** The task token, of a task that waits for one. */
  readonly token: string | undefined;
  readonly resource: TaskResource;
  readonly arguments: Json;
  /** Virtual milliseconds since the epoch; absent when the task has no timeout. */
  readonly deadline: number | undefined;
  /** Aborted when the task timed out or the execution was stopped. */
  readonly signal: AbortSignal;
  /** Has something done when the call is over, however it ends. */
  readonly onEnd: (run: () => void) => void;
  readonly executionArn: string;
  readonly world: World;
  /** Tells the history that the request was accepted, for jobs that are then waited for. */
  readonly submitted: (output: Json) => void;
  /** Tells the history that an activity's worker has begun. */
  readonly begun: (workerName?: string) => void;
  readonly startExecution: (
    machineName: string,
    machine: StateMachine,
    start: { input: Json; name: string },
  ) => StartedExecution;
  /** What the call fails with, if its role may not do what follows from it; undefined when roles may do everything. */
  readonly refusalOf: ((needs: readonly Need[]) => StateFailure | undefined) | undefined;
  /** Has the execution's result tell of an invocation that nothing waits for. */
  readonly beside: (invocation: Promise<AsyncInvocation>) => void;
}

/**
 * Performs a call and returns what the task's `$states.result` becomes; with `.waitForTaskToken`, what the service
 * answered to the request.
 * @throws StateFailure when the service would fail it.
 * @throws SimulationError when the simulation lacks what the call needs.
 */
export type Integration = (call: IntegrationCall) => Promise<Json>;
