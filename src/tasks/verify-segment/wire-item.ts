import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../item/item.ts';

/**
 * An attribute value as DynamoDB's JSON carries it: one type with its content, where numbers are decimal text
 * and binaries base64 text (Programming.LowLevelAPI).
 */
export type WireValue = Readonly<Record<string, unknown>>;

/** An item as `JSON.parse` gives it from DynamoDB's answer. */
export type WireItem = Readonly<Record<string, WireValue>>;

/** An item that the SDK has read, as DynamoDB's JSON carried it. */
export function wireItem(item: Item): WireItem {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, wireValue(value)]));
}

function wireValue(value: AttributeValue): WireValue {
  if (value?.B !== undefined) return { B: base64(value.B) };
  if (value?.BS !== undefined) return { BS: value.BS.map(base64) };
  if (value?.M !== undefined) return { M: wireItem(value.M) };
  if (value?.L !== undefined) return { L: value.L.map(wireValue) };
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, content]) => content !== undefined));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
