import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/tasks/item/item.ts';
import { sameItem } from '../../../src/tasks/item/same-item.ts';
import { itemDigest } from '../../../src/tasks/verify-segment/item-digest.ts';
import type { WireItem } from '../../../src/tasks/wire/wire-item.ts';
import { wireItem } from '../../support/wire-item.ts';
import { anyItem, anyValue, respelled } from '../item/any-item.ts';

const digest = (item: Item) => itemDigest(wireItem(item));

describe('itemDigest', () => {
  it('is the same for any spelling of an item', () => {
    fc.assert(
      fc.property(anyItem, (item) => {
        expect(digest(respelled(item))).toBe(digest(item));
      }),
    );
  });

  it('agrees with the comparison of items, with which it shares no code', () => {
    fc.assert(
      fc.property(anyItem, fc.string({ maxLength: 2 }), anyValue, (item, name, value) => {
        const other = respelled({ ...item, [name]: value });
        expect(digest(item) === digest(other)).toBe(sameItem(item, other));
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        expect(digest({ a }) === digest({ a: b })).toBe(sameItem({ a }, { a: b }));
      }),
      { numRuns: 2000 },
    );
  });

  it('does not confuse the border between name and content, or between elements', () => {
    const all: WireItem[] = [
      { ab: { S: 'c' } },
      { a: { S: 'bc' } },
      { a: { SS: ['b', 'c'] } },
      { a: { SS: ['bc'] } },
      { a: { L: [{ S: 'b' }, { S: 'c' }] } },
      { a: { L: [{ S: 'bc' }] } },
      { a: { L: [{ L: [{ S: 'b' }] }, { S: 'c' }] } },
      { a: { L: [{ L: [{ S: 'b' }, { S: 'c' }] }] } },
      { a: { B: 'YmM=' } },
      { a: { S: 'YmM=' } },
      { a: { BS: ['YmM='] } },
      { a: { SS: ['YmM='] } },
      { a: { N: '1' } },
      { a: { NS: ['1'] } },
      { a: { S: '1' } },
      { a: { NULL: true } },
      { a: { BOOL: true } },
      { a: { BOOL: false } },
      { a: { S: '' } },
      { a: { B: '' } },
      { a: { L: [] } },
      { a: { M: {} } },
      { a: { M: { b: { S: 'c' } } } },
      { a: { M: {} }, b: { S: 'c' } },
      {},
      { a: { S: 'x' }, b: { S: 'y' } },
      // The bytes of the item before, as far as a name could imitate them.
      { ['a\u0001\0\0\0\u0001x\0\0\0\u0001b']: { S: 'y' } },
    ];
    expect(new Set(all.map(itemDigest)).size).toBe(all.length);
  });

  it('digests what a long and a short text, and any script, have in them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.nat(59), (text, at) => {
        fc.pre(at < text.length && !/\p{Cs}/u.test(text));
        const changed = `${text.slice(0, at)}${text[at] === 'x' ? 'y' : 'x'}${text.slice(at + 1)}`;
        fc.pre(!/\p{Cs}/u.test(changed));
        expect(itemDigest({ a: { S: changed } })).not.toBe(itemDigest({ a: { S: text } }));
        expect(itemDigest({ [changed]: { S: '' } })).not.toBe(itemDigest({ [text]: { S: '' } }));
      }),
    );
  });

  it('digests items of any size, the small ones like before', () => {
    const small: WireItem = { a: { S: 'a' } };
    const before = itemDigest(small);
    const large = (end: string): WireItem => ({
      text: { S: 'é'.repeat(150_000) + end },
      binary: { B: Buffer.alloc(100_000, end).toString('base64') },
    });
    expect(itemDigest(large('x'))).not.toBe(itemDigest(large('y')));
    expect(itemDigest(large('x'))).toBe(itemDigest(large('x')));
    expect(itemDigest(small)).toBe(before);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '0', ''])(
    'takes %s for the name of an attribute like any other',
    (name) => {
      const item = (value: string) => JSON.parse(`{"pk":{"S":"a"},${JSON.stringify(name)}:{"S":"${value}"}}`);
      const inMap = (value: string) => ({ pk: { S: 'a' }, m: { M: item(value) } });
      const digests = [{ pk: { S: 'a' } }, item('x'), item('y'), inMap('x'), inMap('y')].map(itemDigest);
      expect(new Set(digests).size).toBe(digests.length);
      const last = JSON.parse(`{${JSON.stringify(name)}:{"S":"x"},"pk":{"S":"a"}}`);
      expect(itemDigest(last)).toBe(itemDigest(item('x')));
    },
  );

  it('refuses what it cannot read, without quoting it', () => {
    const refusal = expect.objectContaining({ name: 'UnreadableItem' });
    const values: Record<string, unknown>[] = [
      {},
      { ZZ: 'secret' },
      { S: 'secret', N: '1' },
      { S: 1 },
      { N: 1 },
      { N: 'secret' },
      { B: 'sec ret!' },
      { B: 'QQ' },
      { BS: ['sec-ret!'] },
      { SS: 'secret' },
      { SS: [1] },
      { BOOL: 'secret' },
      { L: {} },
      { L: ['secret'] },
      { M: [] },
      { M: null },
      { M: { deep: { ZZ: 'secret' } } },
      { S: 'half a pair \ud800' },
      { toString: 'secret' },
    ];
    for (const value of values) {
      expect(() => itemDigest({ a: value })).toThrow(refusal);
      expect(() => itemDigest({ a: value })).not.toThrow('secret');
    }
  });

  it('knows a binary by its bytes: what base64 leaves open does not matter', () => {
    expect(itemDigest({ b: { B: 'QR==' } })).toBe(itemDigest({ b: { B: 'QQ==' } }));
    expect(itemDigest({ b: { BS: ['QR==', 'AA=='] } })).toBe(itemDigest({ b: { BS: ['AA==', 'QQ=='] } }));
    expect(itemDigest({ b: { B: 'QQ==' } })).not.toBe(itemDigest({ b: { B: 'Qg==' } }));
  });
});
