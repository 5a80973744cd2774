import type { Json, StateMachine } from '../asl/machine.ts';
import type { ExecutionResult } from '../simulator/execution-result.ts';
import { shortened } from './shortened.ts';
import type { TestCall } from './test-call.ts';

/**
 * A finished execution, and what a test asks about it.
 *
 * @example
 * const names = ({ calls }: TestRun): readonly string[] => calls.map(({ called }) => called);
 */
export interface TestRun extends ExecutionResult {
  /**
   * The states in the order that they were entered, those of a Parallel or a Map with where they are: `Both[1] > Pack`
   * in its second branch, `Each[0] > Pack` in its first iteration.
   */
  readonly path: readonly string[];
  /** Every attempt of every task, in order. */
  readonly calls: readonly TestCall[];
  /** The machine's own state that was entered last. */
  readonly finalState: string | undefined;
  /** The machine's own variables as they were at the end. */
  readonly variables: { readonly [variable: string]: Json };
  readonly machine: StateMachine;
}

/** How it ended: `SUCCEEDED with {"parcel":"o-7"}`, `FAILED with CardDeclined: more than 50 €`. */
export function endingOf({ status, output, error, cause }: TestRun): string {
  const why = [error, cause].filter((part) => part !== undefined).join(': ');
  const words = status === 'SUCCEEDED' ? JSON.stringify(output) : why;
  return words === '' ? status : `${status} with ${shortened(words)}`;
}
