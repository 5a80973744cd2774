import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { Json, StateMachine } from '../asl/machine.ts';
import type { Account } from './arns.ts';
import type { Clock, VirtualClock } from './clock.ts';

/** What a simulated function may know of its invocation. */
export interface Invocation {
  /** The virtual clock; `sleep` lets virtual time pass while the function waits. */
  readonly clock: Clock;
  /** When the task times out, at most Lambda's own 15 minutes away. Virtual milliseconds since the epoch. */
  readonly deadline: number;
  readonly executionArn: string;
  /** Aborted when the task timed out or its execution was stopped. */
  readonly signal: AbortSignal;
}

/**
 * A Lambda function in this process. What it throws fails the task under the error's `name`, as the Node.js
 * runtime would report it; a StateFailure fails it with exactly that error and cause, as Lambda itself does
 * (`Lambda.TooManyRequestsException`).
 */
export type SimulatedFunction = (payload: Json, invocation: Invocation) => unknown;

/** As much of an AWS SDK v3 client as the simulator uses. */
export interface SdkClient {
  send(command: never, options?: { abortSignal?: AbortSignal }): Promise<unknown>;
}

export interface ExecutionIdentity {
  readonly executionArn: string;
  readonly machineName: string;
  /** The execution that started this one. */
  readonly parentArn?: string;
}

/** What all executions of one simulation share. */
export interface World extends Account {
  readonly clock: VirtualClock;
  readonly random: () => number;
  readonly uuid: () => string;
  /** By bare function name. */
  readonly functions: { readonly [name: string]: SimulatedFunction };
  /** By service name as in resource ARNs: `dynamodb`, `lambda`, `sfn`. */
  readonly clients: { readonly [service: string]: SdkClient };
  /** By bare state machine name. */
  readonly machines: { readonly [name: string]: StateMachine };
  readonly onEvent: (event: HistoryEvent, execution: ExecutionIdentity) => void;
  /** The executions there were: a name can be used once per machine. */
  readonly executionArns: Set<string>;
}
