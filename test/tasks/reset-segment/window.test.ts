import { describe, expect, it } from 'vitest';
import { Window } from '../../../src/tasks/reset-segment/window.ts';

const item = (size: number) => ({ a: { S: 'x'.repeat(size) } });
const identities = (unmatched: readonly { readonly identity: string }[]) =>
  unmatched.map(({ identity }) => identity);

describe('Window', () => {
  it('gives an item up once, by its key', () => {
    const window = new Window({ items: 9, bytes: 9999 });
    window.add('k', item(1), 7);
    expect(window.take('k')).toMatchObject({ item: item(1), arrival: 7 });
    expect(window.take('k')).toBeUndefined();
    expect(window.drain()).toEqual([]);
  });

  it('lets its oldest items go when there are too many', () => {
    const window = new Window({ items: 2, bytes: 9999 });
    for (const [index, key] of ['a', 'b', 'c', 'd'].entries()) window.add(key, item(1), index);
    window.take('a');
    expect(identities(window.overflow())).toEqual(['b']);
    expect(identities(window.drain())).toEqual(['c', 'd']);
  });

  it('lets its oldest items go when they are too large, and counts what was taken as free', () => {
    const window = new Window({ items: 9, bytes: 250 });
    for (const [index, key] of ['a', 'b', 'c'].entries()) window.add(key, item(100), index);
    expect(identities(window.overflow())).toEqual(['a']);
    window.take('b');
    window.add('d', item(100), 4);
    expect(window.overflow()).toEqual([]);
  });
});
