import { expect, it } from 'vitest';
import { ANY_SEED, failuresOfAll, usualCalls } from './cases.ts';
import { REMEDIES } from './explore.ts';
import type { Fault, MadeCall } from './fault.ts';

/** Cases of these faults in which somebody writes and a new run is refused before the remedy, each with one, in turns. */
const casesOf = (faults: readonly Fault[]) =>
  faults.map((fault, index) => ({
    variant: 'plain' as const,
    faults: [fault],
    seed: ANY_SEED,
    meanwhile: ['write', 'strict-run'] as const,
    remedy: REMEDIES[index % REMEDIES.length] ?? 'second',
  }));

const from = (calls: readonly MadeCall[], task: string): MadeCall[] =>
  calls.slice(calls.findIndex(({ operation }) => operation === `Invoke:${task}`));

it('loses nothing, whatever task fails after the gate, when somebody writes then and a new run is refused', async () => {
  const calls = from(await usualCalls('plain'), 'PassGate').filter(({ maker }) => maker === 'invoke');
  expect(calls.length).toBeGreaterThan(10);
  const faults = calls.map((call) => ({ ...call, kind: 'refused' as const }));
  expect(await failuresOfAll(casesOf(faults))).toEqual([]);
});

it('takes nothing for proven that a run which was stopped records when a new one has begun', async () => {
  const calls = from(await usualCalls('plain'), 'MarkVerified');
  const ofProof = calls.slice(1, -from(calls, 'Thaw').length);
  expect(ofProof.length).toBeGreaterThan(3);
  const faults = ofProof.map((call) => ({ ...call, kind: 'orphaned' as const }));
  expect(await failuresOfAll(casesOf(faults))).toEqual([]);
});
