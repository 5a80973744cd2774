import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { IncidentId, Instant, RestorePoint, TableName, Warnings } from '../incident.ts';
import { PlannedRates } from '../pacing/rates.ts';
import { PlannedTable } from '../preflight/task.ts';

/** A table as a recovery would take it back, and how fast it may be read while the application uses it. */
const DrilledTable = PlannedTable.extend({ drillRates: PlannedRates });

/** Chooses what a drill restores, and proves that it could; touches nothing. */
export const prepareDrill = task('PrepareDrill', {
  input: z.object({
    /** ARN of the execution that asks; the drill is named after it. */
    executionArn: z.string(),
    /** Default the latest second that every table can be restored to. */
    restorePoint: RestorePoint.optional(),
    /** Default every table of the system. */
    tables: z.array(TableName).min(1).max(100).optional(),
  }),
  output: z.object({
    drillId: IncidentId,
    /** In UTC. */
    restorePoint: Instant,
    tables: z.array(DrilledTable).max(100),
    warnings: Warnings,
  }),
  errors: ['DrillRefused'],
  timeout: '5 minutes',
});
