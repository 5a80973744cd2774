import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Key } from '../item/item.ts';
import { unreadable } from './unreadable.ts';
import type { WireItem, WireValue } from '../wire/wire-item.ts';

/**
 * A key from DynamoDB's JSON as the SDK's requests take it.
 * @throws TaskError `UnreadableItem` for an attribute that no key can have.
 */
export function sdkKey(key: WireItem): Key {
  return Object.fromEntries(Object.entries(key).map(([name, value]) => [name, sdkValue(value)]));
}

/**
 * The key attributes of an item.
 * @throws TaskError `UnreadableItem` when one is missing.
 */
export function keyIn(item: WireItem, names: readonly string[]): Key {
  return sdkKey(Object.fromEntries(names.map((name) => [name, item[name] ?? {}])));
}

function sdkValue({ S, N, B }: WireValue): AttributeValue {
  if (typeof S === 'string') return { S };
  if (typeof N === 'string') return { N };
  if (typeof B === 'string') return { B: Buffer.from(B, 'base64') };
  throw unreadable();
}
