import { describe, expect, it } from 'vitest';
import { type Unmatched, Window } from '../../../src/tasks/reset-segment/window.ts';
import { storedItem, storedItems } from '../../support/stored-items.ts';

const named = (pk: string, size = 1) => ({ pk: { S: pk }, a: { S: 'x'.repeat(size) } });
const item = (pk: string, size?: number) => storedItem(named(pk, size), ['pk']);
const names = (unmatched: readonly Unmatched[]) => unmatched.map(({ item: { key } }) => key.pk?.S);

describe('Window', () => {
  it('gives an item up once, by its key', () => {
    const window = new Window({ items: 9, bytes: 9999 });
    const only = item('k');
    window.add(only, 7);
    expect(window.take(only.identity)).toMatchObject({ item: only, arrival: 7 });
    expect(window.take(only.identity)).toBeUndefined();
    expect(window.drain()).toEqual([]);
  });

  it('lets its oldest items go when there are too many', () => {
    const window = new Window({ items: 2, bytes: 9999 });
    for (const [index, key] of ['a', 'b', 'c', 'd'].entries()) window.add(item(key), index);
    window.take(item('a').identity);
    expect(names(window.overflow())).toEqual(['b']);
    expect(names(window.drain())).toEqual(['c', 'd']);
  });

  it('lets its oldest items go when they are too large, and counts what was taken as free', () => {
    const window = new Window({ items: 9, bytes: 300 });
    for (const [index, key] of ['a', 'b', 'c'].entries()) window.add(item(key, 100), index);
    expect(names(window.overflow())).toEqual(['a']);
    window.take(item('b').identity);
    window.add(item('d', 100), 4);
    expect(window.overflow()).toEqual([]);
  });

  it('keeps no answer in memory beyond its bounds: of an old one, only the items that are left', () => {
    const window = new Window({ items: 999, bytes: 4000 });
    for (let page = 0; page < 20; page += 1) {
      const items = storedItems(
        Array.from({ length: 10 }, (_, at) => named(`${page}-${at}`, 100)),
        ['pk'],
      );
      items.forEach((each, at) => window.add(each, page * 10 + at));
      // All but one of each answer meet their counterparts.
      items.slice(1).forEach(({ identity }) => window.take(identity));
      expect(window.overflow()).toEqual([]);
    }
    const left = window.drain().map(({ item: each }) => each);
    expect(left.map(({ item: { pk } }) => pk?.S)).toEqual(
      Array.from({ length: 20 }, (_, page) => `${page}-0`),
    );
    const kept = new Set(left.map(({ json }) => json));
    expect([...kept].reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(4000);
  });
});
