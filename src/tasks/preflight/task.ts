import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { Lines } from '../bounded-lines.ts';
import { SelectionMark } from '../selection/selection-mark.ts';
import {
  ApprovalHours,
  IncidentId,
  Instant,
  QuietMinutes,
  RestorePoint,
  TableName,
  TableRequest,
  TimeToLive,
  Warnings,
} from '../incident.ts';
import { PlannedRates } from '../pacing/rates.ts';

export const PlannedTable = z.object({
  name: TableName,
  arn: z.string(),
  /** The new table that the restore makes; the same for every try of one incident. */
  restoredName: TableName,
  segments: z.int().min(1).max(1000),
  /** Segments that are worked on at a time. */
  atOnce: z.int().min(1).max(1000),
  /** From the segment of one child of the map to that of the next. */
  stride: z.int().min(1).max(1000),
  rates: PlannedRates,
  /** Which of its items are reset; missing when all are. */
  selection: SelectionMark,
  /** Whether its restored copy is protected. */
  sensitive: z.boolean(),
  forensicBackup: z.boolean(),
  /** The attribute by which DynamoDB deletes the live table's expired items; null when it deletes none. */
  timeToLive: TimeToLive,
});

/** Proves that the recovery is possible, touching nothing; all that is wrong is reported at once, the survey's faults too. */
export const preflight = task('Preflight', {
  input: z.object({
    incidentId: IncidentId,
    restorePoint: RestorePoint,
    tables: z.array(TableRequest).min(1).max(100),
    /** Whether a person must agree to what is planned; default as the system says. */
    approval: z.boolean().optional(),
    /** Whether a part of a recovery group may be taken back by itself; default false. */
    forcePartialGroup: z.boolean().optional(),
    /** Whether the restored tables are to be kept after success; default false. */
    keepRestoredTables: z.boolean().optional(),
    /** ARN of the execution that asks, to tell whether the lock is its own. */
    executionArn: z.string(),
    /** What the survey has found. */
    faults: Lines,
    warnings: Lines,
  }),
  output: z.object({
    /** The restore point in UTC. */
    restorePoint: Instant,
    tables: z.array(PlannedTable).max(100),
    /** Who else may write, and what else to know: no faults, for people to judge. */
    warnings: Warnings,
    /** ARN of the topic where approval is asked for; missing when it is not wanted. */
    approvalTopic: z.string().optional(),
    /** How long an answer is waited for; silence for so long means no. */
    approvalHours: ApprovalHours,
    /** How long the tables must not have been written before the reset; 0: CloudWatch is not asked. */
    quietMinutes: QuietMinutes,
  }),
  errors: ['PreflightRefused'],
  timeout: '5 minutes',
});
