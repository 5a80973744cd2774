import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { IncidentId, RunId, TableName } from '../incident.ts';
import { PlannedRates } from '../pacing/rates.ts';

/**
 * Reads one scan segment of one table and adds its item count and order-free digest to the ledger, going on
 * from its cursor when called again.
 */
export const verifySegment = task('VerifySegment', {
  input: z.object({
    incidentId: IncidentId,
    run: RunId,
    table: TableName,
    segment: z.int().min(0),
    segments: z.int().min(1),
    /** How many segments of the table are worked on at a time, this one among them; default 1. */
    atOnce: z.int().min(1).optional(),
    /** How fast the live table may be read, by all of them together; default as fast as it gives. */
    rates: PlannedRates.optional(),
  }),
  output: z.object({ done: z.boolean(), items: z.int().min(0) }),
  errors: [],
  timeout: '15 minutes',
});
