import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/tasks/item/item.ts';
import { sameItem } from '../../../src/tasks/item/same-item.ts';
import {
  addDigests,
  digestFrom,
  digestText,
  itemDigest,
} from '../../../src/tasks/verify-segment/item-digest.ts';
import { anyItem, anyValue, respelled } from '../item/any-item.ts';

const sum = (items: readonly Item[]) => items.map(itemDigest).reduce(addDigests, 0n);

describe('itemDigest', () => {
  it('is the same for any spelling of an item', () => {
    fc.assert(
      fc.property(anyItem, (item) => {
        expect(itemDigest(respelled(item))).toBe(itemDigest(item));
      }),
    );
  });

  it('agrees with the comparison of items, with which it shares no code', () => {
    fc.assert(
      fc.property(anyItem, fc.string({ maxLength: 2 }), anyValue, (item, name, value) => {
        const other = respelled({ ...item, [name]: value });
        expect(itemDigest(item) === itemDigest(other)).toBe(sameItem(item, other));
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        expect(itemDigest({ a }) === itemDigest({ a: b })).toBe(sameItem({ a }, { a: b }));
      }),
      { numRuns: 2000 },
    );
  });

  it('does not confuse the border between name and content, or between elements', () => {
    const all: Item[] = [
      { ab: { S: 'c' } },
      { a: { S: 'bc' } },
      { a: { SS: ['b', 'c'] } },
      { a: { SS: ['bc'] } },
      { a: { L: [{ S: 'b' }, { S: 'c' }] } },
      { a: { L: [{ L: [{ S: 'b' }] }, { S: 'c' }] } },
      { a: { L: [{ L: [{ S: 'b' }, { S: 'c' }] }] } },
      { a: { B: Buffer.from('bc') } },
      { a: { N: '1' } },
      { a: { NS: ['1'] } },
      { a: { S: '1' } },
      { a: { NULL: true } },
      { a: { BOOL: true } },
      {},
      { a: { S: 'x' }, b: { S: 'y' } },
      // The encoding of the item before, as far as a name could imitate it.
      { ['a\0\0\0\x06\0\0\0\x01Sxb']: { S: 'y' } },
    ];
    expect(new Set(all.map(itemDigest)).size).toBe(all.length);
  });

  it('shows a single flipped bit anywhere in a binary', () => {
    const binary = Uint8Array.from({ length: 16 }, (_, index) => index);
    const digests = new Set([itemDigest({ b: { B: binary } })]);
    for (let bit = 0; bit < 128; bit += 1) {
      const flipped = Uint8Array.from(binary);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      digests.add(itemDigest({ b: { B: flipped } }));
    }
    expect(digests.size).toBe(129);
  });

  it('refuses what it cannot read, without quoting it', () => {
    const refusal = expect.objectContaining({ name: 'UnreadableItem' });
    expect(() => itemDigest({ a: undefined } as never)).toThrow(refusal);
    expect(() => itemDigest({ a: { ZZ: 'secret' } } as never)).toThrow(refusal);
    expect(() => itemDigest({ a: { N: 'secret' } })).toThrow(refusal);
    expect(() => itemDigest({ a: { N: 'secret' } })).not.toThrow('secret');
  });
});

describe('a sum of digests', () => {
  const a: Item = { pk: { S: 'a' }, v: { N: '1' } };
  const b: Item = { pk: { S: 'b' }, v: { N: '2' } };

  it('does not depend on the order of items', () => {
    expect(sum([a, b])).toBe(sum([b, a]));
  });

  it('shows a duplicate, even one that comes twice', () => {
    expect(new Set([sum([]), sum([a]), sum([a, a]), sum([a, a, a])]).size).toBe(4);
  });

  it('shows that two items have swapped their values', () => {
    expect(
      sum([
        { ...a, v: b.v as never },
        { ...b, v: a.v as never },
      ]),
    ).not.toBe(sum([a, b]));
  });

  it('stays within 128 bits and survives being written down', () => {
    const largest = (1n << 128n) - 1n;
    expect(addDigests(largest, 5n)).toBe(4n);
    for (const digest of [0n, 1n, largest, itemDigest(a)]) {
      expect(digestText(digest)).toMatch(/^[0-9a-f]{32}$/);
      expect(digestFrom(digestText(digest))).toBe(digest);
    }
  });
});
