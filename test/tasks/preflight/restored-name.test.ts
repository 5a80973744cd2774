import { describe, expect, it } from 'vitest';
import { restoredFrom, restoredName } from '../../../src/tasks/preflight/restored-name.ts';

const restore = { table: 'orders', incidentId: 'bad-import', restorePoint: '2026-11-22T03:14:07Z' };
const LEGAL = /^rewind-[a-zA-Z0-9_.-]{1,248}$/;

describe("a restored table's name", () => {
  it('tells table, incident and second, and is the same each time', () => {
    const name = restoredName(restore);
    expect(name).toMatch(/^rewind-orders-bad-import-20261122T031407Z-[0-9a-f]{12}$/);
    expect(restoredName(restore)).toBe(name);
  });

  it.each([['no suffix'], ['-DataEventsLog'], ['x'.repeat(64)]])(
    'stays legal and apart for two long names that differ only at their end, with %s',
    (given) => {
      const suffix = given === 'no suffix' ? undefined : given;
      const [one = '', two] = ['1', '2'].map((end) =>
        restoredName({ ...restore, table: 'x'.repeat(254) + end, incidentId: 'a'.repeat(32), suffix }),
      );
      expect(one).toMatch(LEGAL);
      expect(one).toHaveLength(255);
      expect(two).toMatch(LEGAL);
      expect(one).not.toBe(two);
      expect(one.endsWith(suffix ?? '')).toBe(true);
    },
  );

  it('ends with the suffix, behind all that tells it apart', () => {
    expect(restoredName({ ...restore, suffix: '-DataEventsLog' })).toBe(
      `${restoredName(restore)}-DataEventsLog`,
    );
  });

  it('keeps apart what joins to the same text', () => {
    expect(restoredName({ ...restore, table: 'a-b', incidentId: 'c-d' })).not.toBe(
      restoredName({ ...restore, table: 'a', incidentId: 'b-c-d' }),
    );
  });

  it.each([['orders'], ['x'.repeat(250)]])('tells the table %s that it was restored from', (table) => {
    const suffixed = restoredName({ ...restore, table, suffix: '-log' });
    expect(restoredFrom(suffixed, restore, table)).toBe(table);
    expect(restoredFrom(suffixed, restore)).toBe(table === 'orders' ? table : undefined);
  });

  it.each([
    ['an incident whose id ends like it', { incidentId: 'import' }],
    ['another second', { restorePoint: '2026-11-22T03:14:08Z' }],
  ])('is none of %s', (_which, different) => {
    expect(restoredFrom(restoredName(restore), { ...restore, ...different })).toBeUndefined();
  });

  it('is none that somebody has made up, or without its mark', () => {
    expect(restoredFrom('rewind-orders-bad-import-20261122T031407Z-0123456789ab', restore)).toBeUndefined();
    expect(restoredFrom('rewind-orders', restore, 'orders')).toBeUndefined();
  });

  it('differs for another second', () => {
    expect(restoredName(restore)).not.toBe(
      restoredName({ ...restore, restorePoint: '2026-11-22T03:14:08Z' }),
    );
  });
});
