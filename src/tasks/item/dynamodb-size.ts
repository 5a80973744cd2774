import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { canonicalNumber } from './canonical-number.ts';
import type { Item } from './item.ts';
import { unreadableItem } from './unreadable-item.ts';

/** What a list or a map costs whatever is in it. */
const CONTAINER = 3;

/** What an element of a list or an entry of a map costs beside its content. */
const ELEMENT = 1;

/**
 * An item's size as DynamoDB counts it for capacity and limits, in bytes: the lengths of its attributes' names
 * and values. Strings and names count their UTF-8 bytes, binaries their bytes, a boolean or null one byte, a
 * list or map three and one more for each element, a number about one byte for two significant digits and one
 * more (the guide says "approximately"; leading and trailing zeros do not count).
 * Source: developer guide, "DynamoDB item sizes and formats" (CapacityUnitCalculations).
 */
export function dynamodbSize(item: Item): number {
  let size = 0;
  for (const name in item) size += Buffer.byteLength(name) + valueSize(item[name] as AttributeValue);
  return size;
}

function valueSize(value: AttributeValue): number {
  if (value === undefined) throw unreadableItem('an attribute without a value');
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return numberSize(value.N);
  if (value.B !== undefined) return value.B.byteLength;
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1;
  if (value.M !== undefined) return CONTAINER + Object.keys(value.M).length * ELEMENT + dynamodbSize(value.M);
  if (value.L !== undefined) return CONTAINER + sum(value.L, (each) => ELEMENT + valueSize(each));
  if (value.SS !== undefined) return sum(value.SS, (each) => Buffer.byteLength(each));
  if (value.NS !== undefined) return sum(value.NS, numberSize);
  if (value.BS !== undefined) return sum(value.BS, (each) => each.byteLength);
  throw unreadableItem('an attribute of an unknown type');
}

function numberSize(text: string): number {
  const canonical = canonicalNumber(text);
  if (canonical === '0') return 1;
  const digits = canonical.indexOf('e') - (canonical.startsWith('-') ? 1 : 0);
  return Math.ceil(digits / 2) + 1;
}

function sum<T>(of: readonly T[], size: (each: T) => number): number {
  return of.reduce((total, each) => total + size(each), 0);
}
