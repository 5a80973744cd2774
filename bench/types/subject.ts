import * as z from 'zod';
import { task } from '../../src/dsl/authoring/task.ts';
import { workflow } from '../../src/dsl/authoring/workflow.ts';

export { equals } from '../../src/dsl/expression/comparison.ts';
export { at, count as howMany } from '../../src/dsl/expression/list.ts';
export { orElse } from '../../src/dsl/expression/logic.ts';
export { concat } from '../../src/dsl/expression/text.ts';

/** What the steps of a generated workflow call. */
export const count = task('Count', {
  input: z.object({ table: z.string(), mode: z.enum(['fast', 'slow']).default('fast') }),
  output: z.object({ items: z.number(), at: z.string() }),
  errors: ['Busy'],
  timeout: '1 minute',
});

/** What somebody answers a callback with. */
export const Answer = z.object({ at: z.string() });

export const begin = () =>
  workflow('Long', {
    input: z.object({
      name: z.string(),
      pause: z.number(),
      mode: z.enum(['fast', 'slow']),
      tables: z.array(z.object({ name: z.string() })),
    }),
    output: z.object({ total: z.number(), why: z.string().optional() }),
    timeout: '9 days',
  });
