import { expect, it } from 'vitest';
import { ANY_SEED, usualCalls } from './cases.ts';
import { explore, REMEDIES } from './explore.ts';

it('loses nothing when somebody whom nothing stops writes before a segment is reset, which refuses', async () => {
  const calls = (await usualCalls('plain')).filter(({ operation }) => operation === 'Invoke:ResetSegment');
  // Every segment is planned before the first one is reset.
  const resets = calls.slice(calls.length / 2);
  expect(resets.length).toBeGreaterThan(1);
  for (const call of resets)
    for (const remedy of REMEDIES) {
      const faults = [{ ...call, kind: 'intruder' as const }];
      const { first, violations } = await explore({ variant: 'plain', faults, seed: ANY_SEED, remedy });
      expect(first?.cause).toContain('PlanExceeded: orders needs more deletes than the 2 planned');
      expect(violations).toEqual([]);
    }
});
