import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/tasks/item/item.ts';
import { keyIdentity } from '../../../src/tasks/item/key-identity.ts';
import { wireJson } from '../../../src/tasks/wire/from-wire.ts';
import { itemsAnswer } from '../../../src/tasks/wire/items-answer.ts';
import { wireKey } from '../../../src/tasks/wire/stored-item.ts';
import { storedItem } from '../../support/stored-items.ts';
import { anyItem, respelled } from '../item/any-item.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('\\', '"', '\\"', '\n', '\\\\"', '{"S":"'),
);
const key = fc.oneof(
  text.map((S) => ({ S })),
  fc.constantFrom('1', '10e1', '-0', '12345678901234567890123456789012345678', '1e2').map((N) => ({ N })),
  fc.uint8Array({ minLength: 1, maxLength: 9 }).map((B) => ({ B })),
);
const anyStored: fc.Arbitrary<Item> = fc
  .tuple(anyItem, key, key, text)
  .map(([item, pk, sk, long]) => ({ ...item, pk, sk, long: { S: long.repeat(30) } }));
const NAMES = ['pk', 'sk'];

/** As another server might write the same JSON. */
const spaced = (json: unknown) => JSON.stringify(json, undefined, 2);
const escaped = (json: unknown) =>
  JSON.stringify(json).replaceAll(
    /[^\u0020-\u007e]|[pk/]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

describe('an answer with items', () => {
  it.each([
    ['as DynamoDB writes it', JSON.stringify],
    ['with white space', spaced],
    ['with everything escaped that may be', escaped],
  ])('gives back every item and everything else, %s', (_, write) => {
    fc.assert(
      fc.property(fc.array(anyStored, { maxLength: 6 }), anyItem, (items, last) => {
        const answer = JSON.parse(
          wireJson({ Count: items.length, Items: items, LastEvaluatedKey: last, Done: null }),
        );
        const read = itemsAnswer(Buffer.from(write(answer)), ['Items'], wireKey(NAMES));
        expect(read.items.map(({ item }) => JSON.parse(wireJson(item)))).toEqual(answer.Items);
        expect(read.items.map(({ identity }) => identity)).toEqual(
          items.map((item) => keyIdentity(item, NAMES)),
        );
        expect(read.rest).toEqual({
          Count: items.length,
          LastEvaluatedKey: answer.LastEvaluatedKey,
          Done: null,
        });
      }),
    );
  });

  it('finds the items of one table among others and beside other members', () => {
    const other = { pk: { S: 'x' }, sk: { S: 'y' } };
    const json = wireJson({ Responses: { orders2: [other, other], orders: [other] }, UnprocessedKeys: {} });
    const read = itemsAnswer(Buffer.from(json), ['Responses', 'orders'], wireKey(NAMES));
    expect(read.items.map(({ item }) => item)).toEqual([other]);
    expect(read.rest).toEqual({ UnprocessedKeys: {} });
  });

  it.each([1, 9, 30, 40, 50])('is refused when it ends too soon, %i bytes before its end', (bytes) => {
    const json = Buffer.from(wireJson({ Items: [{ pk: { S: 'a' }, sk: { S: 'b'.repeat(40) } }], Count: 1 }));
    expect(() => itemsAnswer(json.subarray(0, -bytes), ['Items'], wireKey(NAMES))).toThrow(
      expect.objectContaining({ name: 'CutShort' }),
    );
  });

  it('refuses an item without its whole key, without a word of what it holds', () => {
    const json = Buffer.from(wireJson({ Items: [{ pk: { S: 'secret' } }] }));
    expect(() => itemsAnswer(json, ['Items'], wireKey(NAMES))).toThrow(
      expect.objectContaining({ name: 'UnreadableItem', message: expect.not.stringContaining('secret') }),
    );
  });
});

describe('StoredItem', () => {
  it('is the same as itself in any spelling, in its answer and copied out of it', () => {
    fc.assert(
      fc.property(anyStored, fc.boolean(), (item, detached) => {
        const one = storedItem(item, NAMES);
        const other = storedItem(respelled(item), NAMES);
        if (detached) one.detach();
        expect(one.same(other)).toBe(true);
        expect(other.same(one)).toBe(true);
        expect(one.same(storedItem(item, NAMES))).toBe(true);
        expect(one.identity).toBe(other.identity);
      }),
    );
  });

  it('differs when anything is added', () => {
    fc.assert(
      fc.property(anyStored, (item) => {
        expect(storedItem(item, NAMES).same(storedItem({ ...item, more: { NULL: true } }, NAMES))).toBe(
          false,
        );
      }),
    );
  });

  it('keeps an attribute named __proto__, which is a name like any other', () => {
    const json = '{"Items":[{"pk":{"S":"a"},"__proto__":{"M":{"__proto__":{"S":"deep"}}}}]}';
    const [item] = itemsAnswer(Buffer.from(json), ['Items'], wireKey(['pk'])).items;
    expect(wireJson({ Items: [item?.item] })).toBe(json);
    expect(item?.same(storedItem({ pk: { S: 'a' } }, ['pk']))).toBe(false);
  });
});
