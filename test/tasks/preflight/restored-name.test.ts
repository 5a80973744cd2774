import { describe, expect, it } from 'vitest';
import { restoredName } from '../../../src/tasks/preflight/restored-name.ts';

const AT = '2026-11-22T03:14:07Z';
const LEGAL = /^rewind-[a-zA-Z0-9_.-]{1,248}$/;

describe("a restored table's name", () => {
  it('tells table, incident and second, and is the same each time', () => {
    const name = restoredName('orders', 'bad-import', AT);
    expect(name).toMatch(/^rewind-orders-bad-import-20261122T031407Z-[0-9a-f]{12}$/);
    expect(restoredName('orders', 'bad-import', AT)).toBe(name);
  });

  it('stays legal and apart for two long names that differ only at their end', () => {
    const one = restoredName(`${'x'.repeat(254)}1`, 'a'.repeat(32), AT);
    const two = restoredName(`${'x'.repeat(254)}2`, 'a'.repeat(32), AT);
    expect(one).toMatch(LEGAL);
    expect(one).toHaveLength(255);
    expect(two).toMatch(LEGAL);
    expect(one).not.toBe(two);
  });

  it('keeps apart what joins to the same text', () => {
    expect(restoredName('a-b', 'c-d', AT)).not.toBe(restoredName('a', 'b-c-d', AT));
  });

  it('differs for another second', () => {
    expect(restoredName('orders', 'bad-import', AT)).not.toBe(
      restoredName('orders', 'bad-import', '2026-11-22T03:14:08Z'),
    );
  });
});
