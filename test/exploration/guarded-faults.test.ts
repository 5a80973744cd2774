import { expect, it } from 'vitest';
import { failuresOfAll, isOfPauses, singleFaults, usualCalls } from './cases.ts';

it(
  'loses nothing, whatever befalls a call of a write fence or an approval',
  { timeout: 120_000 },
  async () => {
    const elsewhere = new Set((await usualCalls('plain')).map(({ operation }) => operation));
    const cases = (await singleFaults('guarded')).filter(
      ({ faults: [fault] }) => fault && !elsewhere.has(fault.operation) && !isOfPauses(fault),
    );
    const struck = new Set(cases.flatMap(({ faults }) => faults.map(({ operation }) => operation)));
    expect([...struck].sort()).toEqual(
      expect.arrayContaining(['DeleteResourcePolicy', 'GetResourcePolicy', 'Publish', 'PutResourcePolicy']),
    );
    expect(await failuresOfAll(cases)).toEqual([]);
  },
);
