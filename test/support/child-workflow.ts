import * as z from 'zod';
import { workflow } from '../../src/dsl/authoring/workflow.ts';
import { equals } from '../../src/dsl/expression/comparison.ts';

/** Gives its number back, and fails by name for thirteen. */
export const child = workflow('Child', {
  input: z.object({ n: z.number() }),
  output: z.object({ value: z.number() }),
  errors: ['Broken'],
  timeout: '1 hour',
})
  .choose('luck', (ways) =>
    ways
      .when(
        'bad',
        ({ input }) => equals(input.n, 13),
        (way) => way.fail('unlucky', 'Broken', () => 'unlucky'),
      )
      .otherwise((way) => way),
  )
  .returns(({ input }) => ({ value: input.n }));
