import type { Json } from '../asl/machine.ts';
import type { Bill } from './bill.ts';
import type { HistoryEvent } from './history-event.ts';
import type { AsyncInvocation } from './integrations/integration.ts';
import type { RedriveDescription } from './redrive.ts';

/**
 * How an execution went.
 *
 * @example
 * const hours = ({ virtualMilliseconds }: ExecutionResult): number => virtualMilliseconds / 3_600_000;
 */
export interface ExecutionResult extends RedriveDescription {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  /** Only of a succeeded execution. */
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly executionArn: string;
  /** Virtual milliseconds since the epoch. */
  readonly startDate: number;
  /** Virtual milliseconds since the epoch. */
  readonly stopDate: number;
  /** From the first start to this end, with the time between an end and a redrive. */
  readonly virtualMilliseconds: number;
  readonly history: readonly HistoryEvent[];
  /**
   * The executions that this one started, in starting order: nested ones, awaited or not, and those of distributed
   * Maps. One that nobody awaits may end long after this one, and fail without a trace here.
   */
  readonly children: readonly ExecutionResult[];
  /** Only of an Express execution: what StartSyncExecution tells of its bill. */
  readonly billingDetails?: Bill;
  /** The functions that it started without awaiting them (`InvocationType` Event), in starting order. */
  readonly asyncInvocations: readonly AsyncInvocation[];
}
