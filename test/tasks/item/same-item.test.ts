import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameItem, sameValue } from '../../../src/tasks/item/same-item.ts';
import { anyItem, respelled } from './any-item.ts';

const bytes = (...each: number[]) => Uint8Array.from(each);

describe('sameItem', () => {
  it('takes an item for itself however its maps, sets and numbers are spelled', () => {
    fc.assert(
      fc.property(anyItem, (item) => {
        expect(sameItem(item, respelled(item))).toBe(true);
      }),
    );
  });

  it('answers the same whichever item comes first', () => {
    fc.assert(
      fc.property(anyItem, anyItem, (a, b) => {
        expect(sameItem(a, b)).toBe(sameItem(b, a));
      }),
    );
  });

  it('tells an absent attribute from NULL, on either side', () => {
    expect(sameItem({ a: { NULL: true } }, {})).toBe(false);
    expect(sameItem({}, { a: { NULL: true } })).toBe(false);
    expect(sameItem({ a: { S: 'x' } }, { b: { S: 'x' } })).toBe(false);
  });

  it('is not misled by attributes that are named like members of every object', () => {
    expect(sameItem({ toString: { S: 'x' } }, {})).toBe(false);
    expect(sameItem({ constructor: { S: 'x' } }, { constructor: { S: 'x' } })).toBe(true);
  });
});

describe('sameValue', () => {
  it.each<[string, AttributeValue, AttributeValue]>([
    ['sets in another order', { SS: ['a', 'b'] }, { SS: ['b', 'a'] }],
    ['number sets in other spellings', { NS: ['1', '2.0'] }, { NS: ['2', '1.00'] }],
    ['binary sets in another order', { BS: [bytes(1), bytes(2)] }, { BS: [bytes(2), bytes(1)] }],
    [
      'sets inside lists and maps',
      { L: [{ M: { s: { SS: ['a', 'b'] } } }] },
      { L: [{ M: { s: { SS: ['b', 'a'] } } }] },
    ],
    ['binaries that are views of a larger buffer', { B: bytes(0, 1, 2).subarray(1) }, { B: bytes(1, 2) }],
    ['empty texts', { S: '' }, { S: '' }],
  ])('takes %s for the same', (_, a, b) => {
    expect(sameValue(a, b)).toBe(true);
  });

  it.each<[string, AttributeValue, AttributeValue]>([
    ['a text from a number', { S: '1' }, { N: '1' }],
    ['a text from a binary', { S: '1' }, { B: bytes(49) }],
    ['an empty text from an empty binary', { S: '' }, { B: bytes() }],
    ['a text from a set of it', { S: 'a' }, { SS: ['a'] }],
    ['a set from a list', { SS: ['a'] }, { L: [{ S: 'a' }] }],
    ['a set of texts from a set of numbers', { SS: ['1'] }, { NS: ['1'] }],
    ['an empty list from an empty map', { L: [] }, { M: {} }],
    ['false from NULL', { BOOL: false }, { NULL: true }],
    ['false from true', { BOOL: false }, { BOOL: true }],
    ['lists in another order', { L: [{ S: 'a' }, { S: 'b' }] }, { L: [{ S: 'b' }, { S: 'a' }] }],
    ['a list from its beginning', { L: [{ S: 'a' }, { S: 'b' }] }, { L: [{ S: 'a' }] }],
    ['a set from a smaller one', { SS: ['a', 'b'] }, { SS: ['a'] }],
    ['a set from a larger one', { NS: ['1'] }, { NS: ['1', '2'] }],
    ['one bit from the other', { B: bytes(1, 2) }, { B: bytes(1, 3) }],
    ['a longer binary', { B: bytes(1) }, { B: bytes(1, 0) }],
    ['texts that differ in composition', { S: 'é' }, { S: 'e\u0301' }],
  ])('tells %s', (_, a, b) => {
    expect(sameValue(a, b)).toBe(false);
    expect(sameValue(b, a)).toBe(false);
  });

  it('refuses a value that was not read or has an unknown type, rather than guess', () => {
    const refusal = expect.objectContaining({ name: 'UnreadableItem' });
    expect(() => sameItem({ a: undefined } as never, { a: undefined } as never)).toThrow(refusal);
    expect(() => sameValue({ ZZ: '1' } as never, { ZZ: '1' } as never)).toThrow(refusal);
  });
});
