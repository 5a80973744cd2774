import type { HistoryEvent } from '../../simulator/history-event.ts';
import type { EndedExecution } from '../../simulator/integrations/integration.ts';
import type { Revision } from '../catalog/state-machine.ts';

export type ExecutionStatus = 'RUNNING' | EndedExecution['status'];

/** What of an execution is kept in memory for as long as it is known. Dates are milliseconds since the epoch. */
export interface ExecutionRecord {
  readonly arn: string;
  readonly name: string;
  /** Of the machine without a qualifier; of a distributed Map's child with `/label`. */
  readonly machineArn: string;
  readonly revision: Revision;
  readonly versionArn?: string;
  readonly aliasArn?: string;
  readonly traceHeader?: string;
  readonly mapRunArn?: string;
  /** Of a Map Run's child: how many items it stands for. */
  readonly itemCount?: number;
  readonly startDate: number;
  status: ExecutionStatus;
  stopDate?: number;
  redriveCount: number;
  redriveDate?: number;
  /** Of its history, once it has ended. */
  eventCount: number;
}

/** An event as GetExecutionHistory answers with it. */
export type StoredEvent = Omit<HistoryEvent, 'timestamp'> & {
  /** Seconds since the epoch. */
  readonly timestamp: number;
};

/** The rest: what an execution was given, what became of it, and its history. */
export interface ExecutionBody {
  /** JSON text. */
  readonly input: string;
  /** JSON text. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly events: readonly StoredEvent[];
}
