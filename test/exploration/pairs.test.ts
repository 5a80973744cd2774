import { expect, it } from 'vitest';
import { failuresOf, pairOfFaults } from './cases.ts';

const PAIRS = 100;

it('loses nothing, whatever befalls two of its calls', { timeout: 120_000 }, async () => {
  const failures: string[] = [];
  for (let seed = 1; seed <= PAIRS; seed += 1) failures.push(...(await failuresOf(await pairOfFaults(seed))));
  expect(failures).toEqual([]);
});
