import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { canonicalNumber, sameNumber } from './canonical-number.ts';
import type { Item } from './item.ts';
import { unreadableItem } from './unreadable-item.ts';

/**
 * Whether two items hold the same attributes. Map keys and set elements have no order, lists have; numbers
 * are compared by value, strings and binaries exactly; a missing attribute is not `NULL`.
 * @throws TaskError `UnreadableItem` for an attribute of a type that DynamoDB did not have in 2026.
 */
export function sameItem(a: Item, b: Item): boolean {
  return sameAttributes(a, b);
}

/** Whether two attribute values are the same; see `sameItem` for the rules. */
export function sameValue(a: AttributeValue, b: AttributeValue): boolean {
  // The SDK gives undefined where it could not read a value.
  if (a === undefined || b === undefined) throw unreadableItem('an attribute without a value');
  if (a.S !== undefined) return a.S === b.S;
  if (a.N !== undefined) return b.N !== undefined && sameNumber(a.N, b.N);
  if (a.M !== undefined) return b.M !== undefined && sameAttributes(a.M, b.M);
  if (a.L !== undefined) return b.L !== undefined && sameList(a.L, b.L);
  if (a.BOOL !== undefined) return a.BOOL === b.BOOL;
  if (a.NULL !== undefined) return b.NULL !== undefined;
  if (a.B !== undefined) return b.B !== undefined && sameBytes(a.B, b.B);
  if (a.SS !== undefined) return b.SS !== undefined && sameSet(a.SS, b.SS, asIs);
  if (a.NS !== undefined) return b.NS !== undefined && sameSet(a.NS, b.NS, canonicalNumber);
  if (a.BS !== undefined) return b.BS !== undefined && sameSet(a.BS, b.BS, base64);
  throw unreadableItem('an attribute of an unknown type');
}

function sameAttributes(a: Item, b: Item): boolean {
  let surplus = 0;
  for (const name in a) {
    if (!Object.hasOwn(b, name) || !sameValue(a[name] as AttributeValue, b[name] as AttributeValue))
      return false;
    surplus -= 1;
  }
  for (const _ in b) surplus += 1;
  return surplus === 0;
}

function sameList(a: readonly AttributeValue[], b: readonly AttributeValue[]): boolean {
  return a.length === b.length && a.every((value, index) => sameValue(value, b[index] as AttributeValue));
}

function sameSet<T>(a: readonly T[], b: readonly T[], identity: (element: T) => string): boolean {
  if (a.length === b.length && a.every((element, index) => element === b[index])) return true;
  const elements = new Set(a.map(identity));
  const others = new Set(b.map(identity));
  if (elements.size !== others.size) return false;
  for (const element of elements) if (!others.has(element)) return false;
  return true;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && Buffer.compare(a, b) === 0;
}

function asIs(text: string): string {
  return text;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
