import * as z from 'zod';
import { task } from '../../../src/dsl/authoring/task.ts';

/** The only task: each call tells it what to answer, so that a workflow needs no world beside it. */
export const work = task('Work', {
  input: z.object({ site: z.string(), sees: z.string(), answers: z.array(z.string()) }),
  output: z.object({ is: z.string(), state: z.string() }),
  errors: ['Known', 'Other'],
  timeout: '1 minute',
});
