import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { IncidentId, Instant, RunId, TableName, TimeToLive } from '../incident.ts';
import { PlannedRates } from '../pacing/rates.ts';

/** What must be known to tell items that DynamoDB has deleted from items that are lost. */
export const Expiry = z.object({
  /** The live table's time-to-live attribute; null when it has none. */
  timeToLive: TimeToLive,
  /** Which of the two tables is read here. */
  side: z.enum(['live', 'restored']),
  /** The other one, which knows more of an item that is expiring. */
  counterpart: TableName,
  /** When the verification began: the same for all segments of both tables. */
  since: Instant,
});

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
    /** Default: no item expires. */
    expiry: Expiry.optional(),
  }),
  output: z.object({ done: z.boolean(), items: z.int().min(0) }),
  errors: [],
  timeout: '15 minutes',
});
