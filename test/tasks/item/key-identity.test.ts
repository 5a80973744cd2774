import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyIdentity, keyOf } from '../../../src/tasks/item/key-identity.ts';

const NAMES = ['pk', 'sk'];

describe('keyIdentity', () => {
  it('is the same only for the same pair of texts, whatever they contain', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '#', ':', '1', 'S'), maxLength: 5 });
    fc.assert(
      fc.property(fc.tuple(text, text), fc.tuple(text, text), ([a, b], [c, d]) => {
        const one = keyIdentity({ pk: { S: a }, sk: { S: b } }, NAMES);
        const two = keyIdentity({ pk: { S: c }, sk: { S: d } }, NAMES);
        expect(one === two).toBe(a === c && b === d);
      }),
      { numRuns: 2000 },
    );
  });

  it('does not take the letter of a type for a border', () => {
    const identity = (pk: string, sk: string) => keyIdentity({ pk: { S: pk }, sk: { S: sk } }, NAMES);
    expect(identity('aS', '')).not.toBe(identity('a', 'S'));
    expect(identity('aS1:b', 'c')).not.toBe(identity('a', 'bS1:c'));
  });

  it('tells text, number and binary with the same content apart', () => {
    const identities = [{ S: 'MQ==' }, { S: '1' }, { N: '1' }, { B: Buffer.from('1') }].map((pk) =>
      keyIdentity({ pk }, ['pk']),
    );
    expect(new Set(identities).size).toBe(4);
  });

  it('takes two spellings of a number for one key', () => {
    expect(keyIdentity({ pk: { N: '10' } }, ['pk'])).toBe(keyIdentity({ pk: { N: '1.0e1' } }, ['pk']));
    expect(keyIdentity({ pk: { N: '9007199254740993' } }, ['pk'])).not.toBe(
      keyIdentity({ pk: { N: '9007199254740992' } }, ['pk']),
    );
  });

  it('reads key attributes only', () => {
    const item = { pk: { S: 'a' }, sk: { N: '1' }, other: { S: 'x' } };
    expect(keyIdentity(item, NAMES)).toBe(keyIdentity({ ...item, other: { S: 'y' } }, NAMES));
    expect(keyOf(item, NAMES)).toEqual({ pk: { S: 'a' }, sk: { N: '1' } });
  });

  it('refuses an item without its whole key', () => {
    expect(() => keyIdentity({ pk: { S: 'a' } }, NAMES)).toThrow(
      expect.objectContaining({ name: 'UnreadableItem' }),
    );
  });
});
