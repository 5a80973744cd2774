import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meantRun } from './meant-run.ts';
import { observedRun } from './observed-run.ts';
import type { Plan } from './plan.ts';
import { plans } from './plans.ts';
import type { RunTrace } from './run-trace.ts';
import { Undetermined } from './side-by-side.ts';

/** More of them, and others: `MEANING_RUNS=5000 MEANING_SEED=7 npx vitest run test/dsl/meaning`. */
const RUNS = Number(process.env.MEANING_RUNS ?? 150);
const SEED = Number(process.env.MEANING_SEED ?? 1);

/** Real milliseconds after which a simulation counts as one that never ends; its plan is reported, too. */
const NEVER = 10_000;

describe('a compiled machine', () => {
  it(
    'makes the calls that its workflow means, when it means them, and ends as it means',
    async () => {
      await fc.assert(
        fc.asyncProperty(plans, async (plan) => {
          const meant = meantUnlessOpen(plan);
          expect(await observedRun(plan)).toEqual(meant);
        }),
        { numRuns: RUNS, seed: SEED, timeout: NEVER },
      );
    },
    60_000 + RUNS * 100,
  );
});

function meantUnlessOpen(plan: Plan): RunTrace {
  try {
    return meantRun(plan);
  } catch (fault) {
    fc.pre(!(fault instanceof Undetermined));
    throw fault;
  }
}
