import { expect, it } from 'vitest';
import { ANY_SEED, failuresOfAll, usualCalls } from './cases.ts';
import { REMEDIES } from './explore.ts';

it('loses nothing, whatever task fails after the gate, when somebody writes then and a new run is refused', async () => {
  const calls = (await usualCalls('plain')).filter(({ maker }) => maker === 'invoke');
  const fromGate = calls.slice(calls.findIndex(({ operation }) => operation === 'Invoke:PassGate'));
  expect(fromGate.length).toBeGreaterThan(10);
  const cases = fromGate.map((call, index) => ({
    variant: 'plain' as const,
    faults: [{ ...call, kind: 'refused' as const }],
    seed: ANY_SEED,
    meanwhile: ['write', 'strict-run'] as const,
    remedy: REMEDIES[index % REMEDIES.length] ?? 'second',
  }));
  expect(await failuresOfAll(cases)).toEqual([]);
});
