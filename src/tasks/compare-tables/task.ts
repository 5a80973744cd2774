import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { IncidentId, RunId, TableName } from '../incident.ts';

/** How the reset that is to be proven was planned. */
export const ResetPlan = z.object({
  /** Whether some of the items were left out, so that the tables need not be equal. */
  selective: z.boolean(),
  /** The run whose plan it was: the ARN of the `Rewind` execution. */
  run: RunId,
});

/**
 * Sums the segments' digests of both tables and says whether the tables hold the same items; after a selective
 * reset those of the live table, and says whether it holds what the plan says that it should.
 */
export const compareTables = task('CompareTables', {
  input: z.object({
    incidentId: IncidentId,
    run: RunId,
    table: TableName,
    restoredTable: TableName,
    segments: z.int().min(1),
    plan: ResetPlan.optional(),
  }),
  output: z.object({
    /** Items that both tables hold alike. */
    items: z.int().min(0),
    /** Items of the restored table whose time to live is over and that the live table does not have. */
    expired: z.int().min(0),
    /** Read units that reading both tables was charged. */
    readUnits: z.number().min(0),
    /** SHA-256, in hexadecimal, of the live table's digest: the same items give the same one, in any order. */
    digest: z.string(),
  }),
  errors: ['TablesDiffer'],
  timeout: '1 minute',
});
