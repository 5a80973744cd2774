import type { ExecutionRecord } from './execution-record.ts';

/** What an execution ends with that was under way when its endpoint stopped. */
export const interruptedError = 'Endpoint.Stopped';
export const interruptedCause =
  'The endpoint was stopped while the execution was under way, and does not take it up again.';

/** The record of an execution that a crash of the endpoint has cut short. */
export const interrupted = (record: ExecutionRecord): ExecutionRecord => ({
  ...record,
  status: 'ABORTED',
  eventCount: 2,
  stopDate: Math.max(Date.now(), record.startDate),
});
