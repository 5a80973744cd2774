import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as z from 'zod';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import { workflow } from '../../../src/dsl/authoring/workflow.ts';
import { compile } from '../../../src/dsl/compiler/compile.ts';
import { simulate } from '../../../src/dsl/simulator/simulate.ts';
import { inputSubjects, mutants, type Subject } from '../../support/valid-values.ts';

/** The machine of this input, which does nothing but accept or refuse. */
function accepts({ schema }: Subject): (input: Json) => Promise<boolean> {
  const { machine } = compile(
    workflow('Guarded', { input: schema, output: z.object({}), timeout: '1 minute' }).returns(() => ({})),
  );
  return async (input) => {
    const { status, error } = await simulate(machine, input);
    if (status !== 'SUCCEEDED' && error !== 'InvalidInput') throw new Error(`${status}: ${error}`);
    return status === 'SUCCEEDED';
  };
}

const cases = inputSubjects.chain((subject) =>
  fc.record({
    subject: fc.constant(subject),
    values: fc.array(
      subject.values.chain((value) => fc.tuple(fc.constant(value), mutants(value))),
      { minLength: 1, maxLength: 4 },
    ),
  }),
);

it('accepts what the schema accepts, and refuses one fault exactly when zod does', async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(cases, async ({ subject, values }) => {
      const guard = accepts(subject);
      for (const [valid, mutant] of values) {
        expect([valid, await guard(valid)]).toEqual([valid, true]);
        const { success } = subject.schema.safeParse(mutant);
        if (!success) refused += 1;
        expect([mutant, await guard(mutant)]).toEqual([mutant, success]);
      }
    }),
    { numRuns: 200, seed: 1 },
  );
  expect(refused).toBeGreaterThan(100);
});
