import { describe, expect, it } from 'vitest';
import { parseRestorePoint, restorePointText, sameSecond } from '../../src/tasks/restore-point.ts';

describe('a restore point', () => {
  it.each([
    ['2026-11-22T03:14:07Z', '2026-11-22T03:14:07Z'],
    ['2026-11-22T04:14:07+01:00', '2026-11-22T03:14:07Z'],
    ['2026-11-21T21:44:07-05:30', '2026-11-22T03:14:07Z'],
    ['2028-02-29T00:00:00+14:00', '2028-02-28T10:00:00Z'],
  ])('%s is %s in UTC', (text, utc) => {
    expect(restorePointText(parseRestorePoint(text) ?? Number.NaN)).toBe(utc);
  });

  it.each([
    '2026-02-29T03:14:07Z',
    '2026-13-01T03:14:07Z',
    '2026-11-31T03:14:07Z',
    '2026-11-22T24:00:00Z',
    '2026-11-22T03:60:00Z',
    '2026-11-22T03:14:60Z',
    '2026-11-22T03:14:07',
    '2026-11-22T03:14:07+14:01',
    '2026-11-22T03:14:07+01:60',
    '2026-11-22T03:14:07.5Z',
    '22/11/2026 03:14:07',
  ])('refuses %s', (text) => {
    expect(parseRestorePoint(text)).toBeUndefined();
  });

  it('is compared to the second', () => {
    expect(sameSecond(1000, 1999)).toBe(true);
    expect(sameSecond(1999, 2000)).toBe(false);
  });
});
