import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { IncidentId, Instant, RestorePoint } from '../incident.ts';

/** Makes this execution the only one that may change anything, and opens (or reopens) its incident. */
export const acquireLock = task('AcquireLock', {
  input: z.object({ incidentId: IncidentId, executionArn: z.string(), restorePoint: RestorePoint }),
  output: z.object({
    /** Whether an earlier run of this incident had begun to write to the live tables. */
    resuming: z.boolean(),
    acquiredAt: Instant,
  }),
  errors: ['LockHeld', 'IncidentMismatch'],
  timeout: '1 minute',
});
