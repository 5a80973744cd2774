import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { PlanReport } from '../estimate/plan-report.ts';
import { Counts, IncidentId, Instant, TableName } from '../incident.ts';

export const TableReport = z.object({
  name: TableName,
  restoredName: TableName,
  counts: Counts,
  /** Items in the live table when it was proven to hold what it should. */
  verifiedItems: z.int().min(0),
});

/** Closes the incident in the ledger with what was done, and gives the report back. */
export const writeReport = task('WriteReport', {
  input: z.object({
    incidentId: IncidentId,
    restorePoint: Instant,
    startedAt: z.string(),
    frozenAt: Instant,
    functions: z.int().min(0),
    eventSourceMappings: z.int().min(0),
    /** Tables that refused the writes of everyone else meanwhile. */
    writeFences: z.int().min(0),
    /** What was planned, as the gate let it pass. */
    planned: z.array(PlanReport).max(100),
    tables: z.array(TableReport).min(1),
    /** Who else may have written, what could not be proven, or was left otherwise than it was found. */
    warnings: z.array(z.string()).max(300),
  }),
  output: z.object({
    incidentId: IncidentId,
    restorePoint: Instant,
    startedAt: Instant,
    frozenAt: Instant,
    finishedAt: Instant,
    functions: z.int().min(0),
    eventSourceMappings: z.int().min(0),
    writeFences: z.int().min(0),
    planned: z.array(PlanReport),
    warnings: z.array(z.string()),
    tables: z.array(TableReport),
  }),
  errors: ['IncidentMismatch'],
  timeout: '1 minute',
});
