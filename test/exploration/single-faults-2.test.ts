import { expect, it } from 'vitest';
import { failuresOfAll, shareOf, singleFaults } from './cases.ts';

it('loses nothing, whatever befalls one of its calls: the second third', { timeout: 300_000 }, async () => {
  const cases = shareOf(await singleFaults('plain'), 1, 3);
  expect(cases.length).toBeGreaterThan(300);
  expect(await failuresOfAll(cases)).toEqual([]);
});
