import { expect, it } from 'vitest';
import { failuresOfAll, shareOf, singleFaults } from './cases.ts';

it(
  'loses nothing, whatever befalls a call about the items when only some of them are taken back',
  { timeout: 120_000 },
  async () => {
    const cases = (await singleFaults('selective')).filter(({ faults }) =>
      faults.some(({ operation }) => /^(Batch|Invoke:|Restore|Scan)/.test(operation)),
    );
    expect(cases.length).toBeGreaterThan(300);
    expect(await failuresOfAll(shareOf(cases, 0, 3))).toEqual([]);
  },
);
