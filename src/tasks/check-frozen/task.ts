import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';

/** Fails when an incident has held the application frozen for too long. A schedule calls it, and an alarm hears. */
export const checkFrozen = task('CheckFrozen', {
  input: z.object({
    /** Hours that a freeze may stand. */
    longestHours: z.number().positive(),
  }),
  output: z.object({
    /** Incidents whose freeze stands, none of them for too long. */
    frozen: z.int().min(0),
  }),
  errors: ['FrozenTooLong'],
  timeout: '1 minute',
});
