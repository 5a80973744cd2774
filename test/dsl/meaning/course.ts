import type { TracedCall } from './run-trace.ts';

/** How far one line of events has come: the time, and the calls that were made before and on it. */
export interface Course {
  now: number;
  readonly calls: TracedCall[];
}
