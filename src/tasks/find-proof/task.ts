import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { IncidentId, TableName } from '../incident.ts';

/**
 * Looks whether an earlier run of the incident has proven its tables and has begun to thaw the application. Then the
 * tables must not be reset once more, and all that is left is to thaw the rest, to delete the copies and to report.
 */
export const findProof = task('FindProof', {
  input: z.object({
    incidentId: IncidentId,
    /** Whether this run is to keep the copies, which the one that proved the tables must have been, too; default false. */
    keepRestoredTables: z.boolean().optional(),
  }),
  output: z.object({
    isProven: z.boolean(),
    /** The restored tables that are to be deleted: none unless it is proven. */
    copies: z.array(TableName).max(100),
  }),
  errors: ['IncidentMismatch'],
  timeout: '1 minute',
});
