import * as z from 'zod';
import { PlanReport } from '../estimate/plan-report.ts';
import { Counts, IncidentId, Instant, SomeNames, TableName } from '../incident.ts';

/** A time as Step Functions and the tasks tell it. */
const Time = z.iso
  .datetime({ offset: true })
  .meta({ description: "a time in ISO 8601 with its offset, such as '2026-11-22T03:14:07Z'" });

/** What a run of a recovery tells of itself when it has proven the tables. */
export const Proof = z.object({
  incidentId: IncidentId,
  restorePoint: Instant,
  /** ARN. */
  execution: z.string(),
  /** As the request has it. */
  requestedBy: z.string().optional(),
  /** Who agreed to the plan; empty when nobody was asked. */
  approvedBy: z.string(),
  startedAt: Time,
  lockedAt: Time,
  frozenAt: Time,
  /** How long the drain was to take. */
  longestTimeoutSeconds: z.int().min(0),
  drainedAt: Time,
  restores: z.array(z.object({ name: TableName, at: Time })).min(1),
  /** When the damaged state was found to be restorable itself. */
  undoableAt: Time,
  /** When the gate was passed. */
  passedAt: Time,
  keptRestoredTables: z.boolean(),
  /** Schedules of EventBridge Scheduler that start frozen functions, as the survey found them; default none. */
  missedSchedules: SomeNames.optional(),
  /** What could not be proven, or was left otherwise than it was found. */
  warnings: z.array(z.string()).max(300),
  /** What was planned, as the gate let it pass. */
  planned: z.array(PlanReport).max(100),
  tables: z
    .array(
      z.object({
        name: TableName,
        restoredName: TableName,
        selective: z.boolean(),
        counts: Counts,
        /** When its reset had ended and its proof began. */
        resetAt: Time,
        verifiedItems: z.int().min(0),
        expiredItems: z.int().min(0),
        digest: z.string(),
      }),
    )
    .min(1),
});
export type Proof = z.infer<typeof Proof>;

/** What is known of it when the application is thawed as well, which another run may have done. */
export interface Run extends Proof {
  readonly verifiedAt: string;
  /** Tables that refused the writes of everyone else meanwhile. */
  readonly writeFences: number;
}

const utc = (time: string): string => new Date(time).toISOString();

/** The run with its times in UTC, to the millisecond, so that they are ordered as texts too. */
export function inUtc(run: Run): Run {
  return {
    ...run,
    startedAt: utc(run.startedAt),
    lockedAt: utc(run.lockedAt),
    frozenAt: utc(run.frozenAt),
    drainedAt: utc(run.drainedAt),
    restores: run.restores.map(({ name, at }) => ({ name, at: utc(at) })),
    undoableAt: utc(run.undoableAt),
    passedAt: utc(run.passedAt),
    verifiedAt: utc(run.verifiedAt),
    tables: run.tables.map((table) => ({ ...table, resetAt: utc(table.resetAt) })),
  };
}
