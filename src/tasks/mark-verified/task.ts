import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { IncidentId, Instant, RunId } from '../incident.ts';

/** Records in the ledger that every live table was proven equal, which is what allows a thaw again. */
export const markVerified = task('MarkVerified', {
  input: z.object({ incidentId: IncidentId, run: RunId }),
  output: z.object({
    /** When it was first recorded. */
    verifiedAt: Instant,
  }),
  errors: ['IncidentMismatch'],
  timeout: '1 minute',
});
