import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meaningDiffers } from '../../support/meaning/compare-meaning.ts';
import { drawWorkflow } from '../../support/meaning/draw-workflow.ts';

/** How many workflows are drawn; the same ones in every run of the tests. */
const WORKFLOWS = 15;

const numbers = fc.array(fc.nat({ max: 27_720 }), { minLength: 100, maxLength: 800, size: 'max' });

describe('a compiled machine', () => {
  it('ends as the workflow says, after the same calls with the same arguments', async () => {
    await fc.assert(
      fc.asyncProperty(numbers, async (drawn) => {
        expect(await meaningDiffers(drawWorkflow(drawn))).toBeUndefined();
      }),
      { numRuns: WORKFLOWS, seed: 2026 },
    );
  }, 300_000);
});
