import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { IncidentId, RunId, TableName } from '../incident.ts';

/** Sums the segments' digests of both tables and says whether the tables hold the same items. */
export const compareTables = task('CompareTables', {
  input: z.object({
    incidentId: IncidentId,
    run: RunId,
    table: TableName,
    restoredTable: TableName,
    segments: z.int().min(1),
  }),
  output: z.object({ items: z.int().min(0) }),
  errors: ['TablesDiffer'],
  timeout: '1 minute',
});
