import { expect, it } from 'vitest';
import { failuresOfAll, shareOf, singleFaults } from './cases.ts';

it('loses nothing, whatever befalls one of its calls: the third third', { timeout: 300_000 }, async () => {
  const cases = shareOf(await singleFaults('plain'), 2, 3);
  expect(cases.length).toBeGreaterThan(300);
  expect(await failuresOfAll(cases)).toEqual([]);
});
