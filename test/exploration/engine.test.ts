import { expect, it } from 'vitest';
import { freshLedger } from '../support/fresh-ledger.ts';
import { failuresOf, singleFaults } from './cases.ts';

const ledger = freshLedger();

/** Every so many-th case, so that all kinds of faults and many calls are among them. */
const STRIDE = 311;

it('a real engine keeps the ledger as the one in memory does', { timeout: 120_000 }, async () => {
  const all = [...(await singleFaults('plain')), ...(await singleFaults('guarded'))];
  const mismatches: string[] = [];
  for (const one of all.filter((_case, index) => index % STRIDE === 0)) {
    await ledger.reset();
    expect(await failuresOf({ ...one, mirror: { engine: ledger.engine, mismatches } })).toEqual([]);
  }
  expect(mismatches).toEqual([]);
});
