import { expect, it } from 'vitest';
import { thawProgress } from '../../src/cli/thaw-progress.ts';

it.each([
  [{ stage: 'readers', functions: 12, asTheyWere: 11 }, '11 of 12 readers are as they were'],
  [{ stage: 'writers', functions: 0, asTheyWere: 0 }, undefined],
  [
    { waitsFor: 'reset', until: '2026-11-22T12:03:30.000Z' },
    'Waiting for a reset of this incident that is still at work; if it has died, until 2026-11-22T12:03:30.000Z …',
  ],
])('a thaw by hand tells of %j', (line, words) => {
  expect(thawProgress(line)).toBe(words);
});
