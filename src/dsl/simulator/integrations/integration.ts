import type { Json, StateMachine } from '../../asl/machine.ts';
import type { TaskResource } from '../task-resource.ts';
import type { World } from '../world.ts';

/** An execution that a task started, as far as the task may know it. */
export interface StartedExecution {
  readonly arn: string;
  readonly startDate: number;
  /** Settles when it ends. Rejects with what the simulation cannot go on from. */
  readonly ended: Promise<EndedExecution>;
  stop(): void;
}

export interface EndedExecution {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly stopDate: number;
}

/** One call of an integration: a task's attempt. */
export interface IntegrationCall {
  readonly stateName: string;
  readonly resource: TaskResource;
  readonly arguments: Json;
  /** Virtual milliseconds since the epoch; absent when the task has no timeout. */
  readonly deadline: number | undefined;
  /** Aborted when the task timed out or the execution was stopped. */
  readonly signal: AbortSignal;
  readonly executionArn: string;
  readonly world: World;
  /** Tells the history that the request was accepted, for patterns that then wait. */
  readonly submitted: (output: Json) => void;
  readonly startExecution: (
    machineName: string,
    machine: StateMachine,
    start: { input: Json; name: string },
  ) => StartedExecution;
}

/**
 * Performs a call and returns what the task's `$states.result` becomes.
 * @throws StateFailure when the service would fail it.
 * @throws SimulationError when the simulation lacks what the call needs.
 */
export type Integration = (call: IntegrationCall) => Promise<Json>;
