import fc from 'fast-check';
import { expect, it } from 'vitest';
import { passing } from '../machines.ts';
import { wrongEnd } from './wrong-end.ts';
import { input, mutated } from './mutated.ts';
import { jsonataText, pathText } from './texts.ts';

/** More of them, and others: `FUZZ_RUNS=20000 FUZZ_SEED=7 npx vitest run test/dsl/simulator/fuzz`. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 120);
const SEED = Number(process.env.FUZZ_SEED ?? 1);

/** Real milliseconds after which a simulation counts as one that never ends. */
const NEVER = 120_000;

const reading = (path: string) => ({
  StartAt: 'Only',
  States: { Only: { Type: 'Pass', Parameters: { 'v.$': path }, End: true } },
});

it.each([
  ['machine', mutated],
  ['JSONata', jsonataText.map((text) => passing(`{% ${text} %}`))],
  ['path or intrinsic function', pathText.map(reading)],
])(
  'a simulation ends with a result or a refusal, whatever the %s and the input',
  async (_what, machines: fc.Arbitrary<unknown>) => {
    await fc.assert(
      fc.asyncProperty(machines, input, async (machine, value) => {
        expect(await wrongEnd(machine, value)).toBeUndefined();
      }),
      { numRuns: RUNS, seed: SEED, timeout: NEVER },
    );
  },
  60_000 + RUNS * 1000,
);
