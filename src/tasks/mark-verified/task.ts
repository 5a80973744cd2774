import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { Instant } from '../incident.ts';
import { Proof } from '../report/run.ts';

/**
 * Records in the ledger that every live table was proven equal, which is what allows a thaw again, with all that the
 * report is to tell of this run: whoever finishes the incident needs nothing else.
 */
export const markVerified = task('MarkVerified', {
  input: Proof,
  output: z.object({
    /** When it was first recorded. */
    verifiedAt: Instant,
  }),
  errors: ['IncidentMismatch'],
  timeout: '1 minute',
});
