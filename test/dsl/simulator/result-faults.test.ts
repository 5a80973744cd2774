import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import { schemaOf } from '../../../src/dsl/asl/sdk-schema.ts';
import { misfits } from '../../../src/dsl/simulator/results/misfits.ts';
import type { ResultShape } from '../../../src/dsl/simulator/results/result-shape.ts';

// In the encoding of client packages: bytes, a number, and a document, which may be any JSON.
const shape = (members: { readonly [name: string]: number }): ResultShape => {
  const structure = [3, '', 'EncryptResponse', 0, Object.keys(members), Object.values(members), 1];
  return {
    schema: schemaOf([9, '', 'Encrypt', 0, 0, structure], 'output'),
    spelled: ({ bySdkName, required }) => ({ members: bySdkName, required }),
    enumeration: () => undefined,
    open: [],
  };
};
const encrypted = shape({ CiphertextBlob: 21, KeyCount: 17, Notes: 15 });
const wrongWith = (result: Json) => misfits(result, encrypted, undefined);

describe('a result and its shape', () => {
  it('fit where the shape says nothing of a value', () => {
    expect(wrongWith({ CiphertextBlob: 'x', KeyCount: 1.5, Notes: [{}] })).toEqual([]);
    expect(wrongWith({ CiphertextBlob: 'x', KeyCount: null })).toEqual([]);
  });

  it.each<[result: Json, told: string]>([
    [{ CiphertextBlob: '' }, 'CiphertextBlob must have at least 1 characters, got ""'],
    [{ CiphertextBlob: null }, 'CiphertextBlob must be a string, got null'],
    [{ CiphertextBlob: 'x', KeyCount: true }, 'KeyCount must be a number, got true'],
    [{ CiphertextBlob: 'x', Notices: 1 }, 'there is no Notices; write Notes'],
    [{}, 'CiphertextBlob is missing; add it'],
    ['x', 'it must be an object, got "x"'],
  ])('differ: %j', (result, told) => {
    expect(wrongWith(result)).toEqual([told]);
  });

  it('differ by length, and what is long is cut', () => {
    const [told] = wrongWith({ CiphertextBlob: 'x'.repeat(6145) });
    expect(told).toBe(`CiphertextBlob must have at most 6144 characters, got "${'x'.repeat(76)}...`);
  });

  it('are not compared in a way that there is not', () => {
    expect(() => misfits({}, encrypted, 'strict' as never)).toThrow(
      "fieldValidationMode must be STRICT, PRESENT or NONE, got 'strict'",
    );
  });
});
