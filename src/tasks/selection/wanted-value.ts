import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { compareNumbers } from '../item/canonical-number.ts';
import type { Value } from './only.ts';

/** A value of a selection as DynamoDB would hold it; only these types have an order or can be equal as a whole. */
export type WantedValue =
  | { readonly type: 'S'; readonly text: string; readonly bytes: Buffer }
  | { readonly type: 'N'; readonly decimal: string }
  | { readonly type: 'B'; readonly bytes: Buffer }
  | { readonly type: 'BOOL'; readonly truth: boolean };

export function wantedValue(value: Value): WantedValue {
  if (typeof value === 'boolean') return { type: 'BOOL', truth: value };
  if (typeof value === 'number') return { type: 'N', decimal: String(value) };
  if (typeof value === 'string') return text(value);
  if ('S' in value) return text(value.S);
  if ('N' in value) return { type: 'N', decimal: value.N };
  return { type: 'B', bytes: Buffer.from(value.B, 'base64') };
}

function text(value: string): WantedValue {
  return { type: 'S', text: value, bytes: Buffer.from(value, 'utf8') };
}

/**
 * How an attribute's value compares with a wanted one, as DynamoDB orders them: numbers by value, strings by
 * their UTF-8 bytes, binaries by unsigned bytes (developer guide, "Comparison operator and function reference").
 * @returns negative when the attribute is less, positive when it is more; undefined when its type is another one.
 */
export function compareWith(wanted: WantedValue, value: AttributeValue): number | undefined {
  switch (wanted.type) {
    case 'S':
      // Equal text is by far the most frequent question; it needs no bytes.
      if (value.S === undefined) return undefined;
      return value.S === wanted.text ? 0 : Buffer.compare(Buffer.from(value.S, 'utf8'), wanted.bytes);
    case 'N':
      return value.N === undefined ? undefined : compareNumbers(value.N, wanted.decimal);
    case 'B':
      return value.B === undefined ? undefined : Buffer.compare(value.B, wanted.bytes);
    case 'BOOL':
      return value.BOOL === undefined ? undefined : Number(value.BOOL) - Number(wanted.truth);
  }
}

/** Whether an attribute's value begins so; numbers and booleans have no beginning. */
export function beginsWith(wanted: WantedValue, value: AttributeValue): boolean {
  if (wanted.type === 'S') return value.S?.startsWith(wanted.text) === true;
  if (wanted.type !== 'B' || value.B === undefined) return false;
  return Buffer.compare(value.B.subarray(0, wanted.bytes.length), wanted.bytes) === 0;
}
