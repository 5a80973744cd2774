import { expect, it } from 'vitest';
import { failuresOfAll, shareOf, singleFaults } from './cases.ts';

it(
  'loses nothing, whatever befalls the copy of a sensitive table or the policies of both',
  { timeout: 120_000 },
  async () => {
    const cases = (await singleFaults('sensitive')).filter(({ faults }) =>
      faults.some(({ operation }) =>
        /ProtectCopy|Sensitive|ResourcePolicy|(Delete|Restore)Table/.test(operation),
      ),
    );
    // There are many looks at policies, all alike.
    const looks = cases.filter(({ faults }) => faults.some(({ operation }) => operation.startsWith('Get')));
    const changes = cases.filter((one) => !looks.includes(one));
    expect(changes.length).toBeGreaterThan(90);
    expect(await failuresOfAll([...changes, ...shareOf(looks, 0, 4)])).toEqual([]);
  },
);
