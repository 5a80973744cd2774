import type { Json } from '../asl/machine.ts';
import type { Clock } from './clock.ts';
import type { TaskTokens } from './task-tokens.ts';

/**
 * What a simulated function may know of its invocation.
 *
 * @example
 * const slow = async (payload: Json, { clock }: Invocation) => {
 *   await clock.sleep(30_000);
 *   return payload;
 * };
 */
export interface Invocation {
  /** The virtual clock; `sleep` lets virtual time pass while the function waits. */
  readonly clock: Clock;
  /** When the task times out, at most Lambda's own 15 minutes away. Virtual milliseconds since the epoch. */
  readonly deadline: number;
  readonly executionArn: string;
  /** Aborted when the task timed out or its execution was stopped. */
  readonly signal: AbortSignal;
  /** The way to answer task tokens, of this task or another, now or later. */
  readonly tokens: TaskTokens;
}

/**
 * A Lambda function in this process. What it throws fails the task under the error's `name`, as the Node.js
 * runtime would report it; a StateFailure fails it with exactly that error and cause, as Lambda itself does
 * (`Lambda.TooManyRequestsException`).
 *
 * @example
 * const Track: SimulatedFunction = () => ({ state: 'delivered' });
 */
export type SimulatedFunction = (payload: Json, invocation: Invocation) => unknown;
