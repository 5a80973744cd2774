import { awsChanges } from './aws-changes.ts';
import { maximumHistoryEvents } from './limits.ts';

/** What DescribeExecution tells of an ended execution's redrives. */
export interface RedriveDescription {
  /** How often it has been redriven. */
  readonly redriveCount: number;
  /** When last; virtual milliseconds since the epoch. Absent when it never was. */
  readonly redriveDate?: number;
  /** Whether it can be redriven now: by itself, with the Map Run that started it, or not at all. */
  readonly redriveStatus: 'REDRIVABLE' | 'REDRIVABLE_BY_MAP_RUN' | 'NOT_REDRIVABLE';
  /** Why it cannot be. */
  readonly redriveStatusReason?: string;
}

/** What decides whether an execution can be redriven. Times are milliseconds since the epoch. */
interface RedriveSubject {
  /** RUNNING, or what it ended with. */
  readonly status: string;
  readonly express: boolean;
  /** Whether a Map Run started it. */
  readonly ofMapRun: boolean;
  readonly startDate: number;
  readonly stopDate: number;
  /** How many its history has. */
  readonly events: number;
  /** When AWS is to behave as it did. */
  readonly asOf: number;
}

const day = 24 * 3_600_000;

/** For so long after its end an execution can be redriven. */
const redrivablePeriod = 14 * day;

/** For so long an execution may last, from its first start on. */
const longestExecution = 365 * day;

/** The redrives of one execution. Times are virtual milliseconds since the epoch. */
export class Redrives {
  #count = 0;
  #date: number | undefined;

  /** Returns how many there are with this one. */
  add(at: number): number {
    this.#date = at;
    return (this.#count += 1);
  }

  describe(subject: RedriveSubject, at: number): RedriveDescription {
    const known = {
      redriveCount: this.#count,
      ...(this.#date === undefined ? {} : { redriveDate: this.#date }),
    };
    const redriveStatusReason = refusal(subject, at);
    if (redriveStatusReason !== undefined)
      return { ...known, redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason };
    return { ...known, redriveStatus: subject.ofMapRun ? 'REDRIVABLE_BY_MAP_RUN' : 'REDRIVABLE' };
  }

  /** What `Execution` of the context object tells of them. */
  get context() {
    return {
      RedriveCount: this.#count,
      ...(this.#date === undefined ? {} : { RedriveTime: new Date(this.#date).toISOString() }),
    };
  }
}

/** Source of the rules and words: API reference, RedriveExecution and DescribeExecution, `redriveStatusReason`. */
function refusal(subject: RedriveSubject, at: number): string | undefined {
  const { status, express, ofMapRun, startDate, stopDate, events, asOf } = subject;
  if (status === 'RUNNING' || status === 'SUCCEEDED') return `Execution is ${status} and cannot be redriven`;
  // DescribeExecution tells nothing of Express executions; these words are the simulator's own.
  if (express && !ofMapRun) return 'Execution is of an EXPRESS state machine and cannot be redriven';
  if (asOf < awsChanges.redriveCount) return 'Execution was started before the launch of RedriveExecution';
  if (events >= maximumHistoryEvents - 1) return 'Execution history event limit exceeded';
  if (at - startDate > longestExecution) return 'Execution has exceeded the max execution time';
  if (at - stopDate > redrivablePeriod) return 'Execution redrivable period exceeded';
  return undefined;
}

/** The same as descriptions within a state machine spell it. */
export function spelledRedrive(ended: RedriveDescription) {
  const { redriveCount, redriveStatus, redriveStatusReason } = ended;
  return {
    RedriveCount: redriveCount,
    RedriveStatus: redriveStatus,
    ...(redriveStatusReason === undefined ? {} : { RedriveStatusReason: redriveStatusReason }),
  };
}
