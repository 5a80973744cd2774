import type { MapRun } from '../../simulator/states/map-run/map-run.ts';

/** How many of a Map Run's children, or of their items, stand where. */
export interface MapRunCounts {
  readonly pending: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly aborted: number;
  readonly total: number;
  readonly resultsWritten: number;
}

/** A Map Run as DescribeMapRun tells of it. Dates are milliseconds since the epoch. */
export interface MapRunRecord {
  readonly mapRunArn: string;
  readonly executionArn: string;
  /** With `/label`. */
  readonly stateMachineArn: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  readonly startDate: number;
  readonly stopDate?: number;
  readonly maxConcurrency: number;
  readonly toleratedFailureCount: number;
  readonly toleratedFailurePercentage: number;
  readonly executionCounts: MapRunCounts;
  readonly itemCounts: MapRunCounts;
  readonly redriveCount: number;
  readonly redriveDate?: number;
}

/** How a Map Run stands. With its parent's end it is ABORTED, unless it has come to an end before. */
export function recordOf(
  run: MapRun,
  begun: Pick<MapRunRecord, 'executionArn' | 'startDate' | 'redriveDate'>,
  stopDate?: number,
): MapRunRecord {
  const { mapRunArn, maxConcurrency, tolerance } = run;
  const status = run.status === 'RUNNING' && stopDate !== undefined ? 'ABORTED' : run.status;
  return {
    mapRunArn,
    ...begun,
    stateMachineArn: mapRunArn.replace(':mapRun:', ':stateMachine:').replace(/:[^:]*$/, ''),
    status,
    ...(stopDate === undefined ? {} : { stopDate }),
    maxConcurrency,
    toleratedFailureCount: tolerance.count,
    toleratedFailurePercentage: tolerance.percentage,
    executionCounts: countsOf(run, stopDate, () => 1),
    itemCounts: countsOf(run, stopDate, ({ items }) => items),
    redriveCount: run.redriveCount,
  };
}

type Child = MapRun['children'][number];

/** A child that its run's end has cut short is aborted, whether it had begun or not. */
function countsOf(run: MapRun, stopDate: number | undefined, weight: (child: Child) => number): MapRunCounts {
  const counts = { pending: 0, running: 0, succeeded: 0, failed: 0, timedOut: 0, aborted: 0, total: 0 };
  for (const child of run.children) {
    const key = standingOf(child);
    const open = key === 'pending' || key === 'running';
    counts[open && stopDate !== undefined ? 'aborted' : key] += weight(child);
    counts.total += weight(child);
  }
  return { ...counts, resultsWritten: run.resultsWritten ? counts.total : 0 };
}

const standings = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  ABORTED: 'aborted',
} as const;

function standingOf({ started, end }: Child) {
  if (end !== undefined) return standings[end.status];
  return started === undefined ? 'pending' : 'running';
}
