import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { Only } from '../selection/only.ts';
import { Counts, IncidentId, RunId, TableName } from '../incident.ts';

/**
 * Works on one scan segment of a table until it is done or the time is nearly up; called again, it goes on
 * from its cursor in the ledger. `plan` counts what `apply` would write, and what that consumes. The counts are
 * the segment's so far.
 */
export const resetSegment = task('ResetSegment', {
  input: z.object({
    incidentId: IncidentId,
    run: RunId,
    table: TableName,
    restoredTable: TableName,
    mode: z.enum(['plan', 'apply']),
    segment: z.int().min(0),
    segments: z.int().min(1),
    /** Which items; default all. */
    only: Only.optional(),
  }),
  output: z.object({ done: z.boolean(), counts: Counts }),
  errors: ['ResetRefused'],
  timeout: '15 minutes',
});
