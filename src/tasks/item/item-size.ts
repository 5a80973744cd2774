import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from './item.ts';
import { unreadableItem } from './unreadable-item.ts';

/**
 * About how large an item is, in bytes: names and contents, one a character. It bounds memory and batches;
 * it is not DynamoDB's own measure.
 */
export function itemSize(item: Item): number {
  let size = 0;
  for (const name in item) size += name.length + valueSize(item[name] as AttributeValue);
  return size;
}

/** What a value costs beside its content: its type, its borders. */
const OVERHEAD = 3;

function valueSize(value: AttributeValue): number {
  if (value === undefined) throw unreadableItem('an attribute without a value');
  if (value.S !== undefined) return OVERHEAD + value.S.length;
  if (value.N !== undefined) return OVERHEAD + value.N.length;
  if (value.B !== undefined) return OVERHEAD + value.B.byteLength;
  if (value.M !== undefined) return OVERHEAD + itemSize(value.M);
  if (value.L !== undefined) return value.L.reduce((size, each) => size + valueSize(each), OVERHEAD);
  const set = value.SS ?? value.NS ?? value.BS ?? [];
  let size = OVERHEAD;
  for (const element of set) size += OVERHEAD + element.length;
  return size;
}
