import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { IncidentId } from '../incident.ts';

/** Gives the lock back if this execution holds it, and forgets which items it was to take back. */
export const releaseLock = task('ReleaseLock', {
  input: z.object({ incidentId: IncidentId, executionArn: z.string() }),
  output: z.object({ released: z.boolean() }),
  errors: [],
  timeout: '1 minute',
});
