import * as z from 'zod';
import { task } from '../../src/dsl/authoring/task.ts';
import { workflow } from '../../src/dsl/authoring/workflow.ts';

export const Table = z.object({ name: z.string(), size: z.number(), note: z.string().optional() });

/** A task that needs a table and a mode. */
export const count = task('Count', {
  input: z.object({
    table: z.string(),
    mode: z.enum(['fast', 'slow']).default('fast'),
    tags: z.array(z.string()).optional(),
  }),
  output: z.object({ items: z.number(), at: z.string(), warning: z.string().optional() }),
  errors: ['Busy'],
  timeout: '1 minute',
});

export const begin = () =>
  workflow('Subject', {
    input: z.object({
      name: z.string(),
      tables: z.array(Table),
      limit: z.number(),
      mode: z.enum(['fast', 'slow']),
    }),
    output: z.object({ total: z.number(), why: z.string().optional() }),
    errors: ['TooMany'],
    timeout: '1 hour',
  });

/** Fails to compile unless either type may stand for the other. */
export const same = <A, B>(
  ..._proof: [A] extends [B]
    ? [B] extends [A]
      ? []
      : ['the second type is wider', A, B]
    : ['the first type is wider', A, B]
): void => {};
