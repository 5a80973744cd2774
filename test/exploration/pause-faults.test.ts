import { expect, it } from 'vitest';
import { failuresOfAll, isOfPauses, shareOf, singleFaults } from './cases.ts';

it(
  'loses nothing, whatever befalls a call of a pipe, a rule or a schedule that is paused',
  { timeout: 120_000 },
  async () => {
    const cases = (await singleFaults('guarded')).filter(({ faults }) => faults.some(isOfPauses));
    const changes = cases.filter(({ faults }) => faults.some(({ operation }) => !isRead(operation)));
    const struck = new Set(changes.flatMap(({ faults }) => faults.map(({ operation }) => operation)));
    expect([...struck].sort()).toEqual([
      'DisableRule',
      'EnableRule',
      'StartPipe',
      'StopPipe',
      'UpdateSchedule',
    ]);
    // There are many looks, all alike.
    const looks = cases.filter((one) => !changes.includes(one));
    expect(await failuresOfAll([...changes, ...shareOf(looks, 0, 8)])).toEqual([]);
  },
);

const isRead = (operation: string): boolean => /^(Describe|Get)/.test(operation);
