import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { SelectionMark } from '../selection/selection-mark.ts';
import { Counts, IncidentId, RunId, TableName, TimeToLive } from '../incident.ts';
import { PlannedRates } from '../pacing/rates.ts';

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
    /** How many segments of the table are worked on at a time, this one among them; default 1. */
    atOnce: z.int().min(1).optional(),
    /** How fast the live table may be used, by all of them together; default as fast as it gives. */
    rates: PlannedRates.optional(),
    /** The live table's time-to-live attribute, of which expired items are not put back; default null: none. */
    timeToLive: TimeToLive.optional(),
    /** Which items, as the ledger has them for this run; default all. */
    selection: SelectionMark.optional(),
  }),
  output: z.object({ done: z.boolean(), counts: Counts }),
  errors: ['ResetRefused'],
  timeout: '15 minutes',
});
