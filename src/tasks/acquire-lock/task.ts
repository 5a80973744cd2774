import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { IncidentId, Instant, RestorePoint, TableName } from '../incident.ts';
import { Only } from '../selection/only.ts';

/**
 * Makes this execution the only one that may change anything, opens (or reopens) its incident, and keeps which items of
 * the tables it takes back.
 */
export const acquireLock = task('AcquireLock', {
  input: z.object({
    incidentId: IncidentId,
    executionArn: z.string(),
    restorePoint: RestorePoint,
    /** What is asked for; `only` by default every item. */
    tables: z
      .array(z.object({ name: TableName, only: Only.optional() }))
      .min(1)
      .max(100),
    /** Whether an incident that was proven is only to be finished (`findProof`); default false. */
    finishing: z.boolean().optional(),
  }),
  output: z.object({
    /** Whether an earlier run of this incident had begun to write to the live tables. */
    resuming: z.boolean(),
    acquiredAt: Instant,
  }),
  errors: ['LockHeld', 'IncidentMismatch'],
  timeout: '1 minute',
});
