import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { IncidentId, Instant, RestorePoint, TableName, Warnings } from '../incident.ts';
import { PlannedTable } from '../preflight/task.ts';

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
    tables: z.array(PlannedTable).max(100),
    warnings: Warnings,
  }),
  errors: ['DrillRefused'],
  timeout: '5 minutes',
});
