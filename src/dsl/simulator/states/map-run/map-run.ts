import type { MapChildRecord } from './map-child.ts';
import type { Tolerance } from './tolerance.ts';

/** A Map Run: its bounds, which may be changed while it goes on, and what it knows of its children. */
export interface MapRun {
  readonly mapRunArn: string;
  /** Children that may run at once; 0 for no bound. A change takes effect when a child ends. */
  maxConcurrency: number;
  /** A change takes effect when the next child fails. */
  tolerance: Tolerance;
  /** Empty until the items have been read. */
  children: readonly MapChildRecord[];
  redriveCount: number;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED';
  /** Whether a ResultWriter has written what became of the children. */
  resultsWritten: boolean;
}
