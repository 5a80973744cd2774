import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { PlanReport } from '../estimate/plan-report.ts';
import { Counts, IncidentId, Instant, TableName, Warnings } from '../incident.ts';
import { PlannedRates } from '../pacing/rates.ts';

/** Keeps in the ledger, and in the system's bucket, if there is one, how a drill went, and gives it back. */
export const reportDrill = task('ReportDrill', {
  input: z.object({
    drillId: IncidentId,
    restorePoint: Instant,
    startedAt: z.string(),
    /** When each table was restored. */
    restores: z.array(z.object({ name: TableName, at: z.string() })).min(1),
    /** What each table's plan has counted, and when it was done. */
    plans: z.array(z.object({ name: TableName, counts: Counts, rates: PlannedRates, at: z.string() })).min(1),
    /** The preparation's. */
    warnings: Warnings,
  }),
  output: z.object({
    drillId: IncidentId,
    restorePoint: Instant,
    startedAt: Instant,
    finishedAt: Instant,
    tables: z.array(
      PlanReport.extend({
        /** From the start of the drill until the table was restored. */
        restoreSeconds: z.number(),
        /** From the last restore's end until the table was compared. */
        planSeconds: z.number(),
      }),
    ),
    /** The preparation's, and that the report could not be put into the bucket. */
    warnings: Warnings,
  }),
  errors: [],
  timeout: '1 minute',
});
