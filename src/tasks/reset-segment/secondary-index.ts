import type { AttributeDefinition, AttributeValue, KeySchemaElement } from '@aws-sdk/client-dynamodb';
import type { Item } from '../item/item.ts';

/** The most that a value may take as partition and as sort key, in bytes (guide, "Constraints in Amazon DynamoDB"). */
const LONGEST = { HASH: 2048, RANGE: 1024 };

/** An attribute that an index is keyed by. */
interface IndexKeyAttribute {
  readonly name: string;
  readonly type: AttributeDefinition['AttributeType'];
  /** Bytes that its value may take as text or binary. */
  readonly longest: number;
}

/** A secondary index of a table. */
export interface SecondaryIndex {
  readonly name: string;
  /** The partition key's attributes, then those of the sort key. */
  readonly key: readonly IndexKeyAttribute[];
}

/** The attributes of an index's key in the table's definitions. */
export function indexKeyAttribute(
  { AttributeName: name = '', KeyType = 'HASH' }: KeySchemaElement,
  definitions: readonly AttributeDefinition[],
): IndexKeyAttribute {
  const type = definitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
  return { name, type, longest: LONGEST[KeyType] };
}

/**
 * Whether a table with this index takes an item. One that lacks an attribute of the key is only missing from the
 * index; one whose attribute is of another type, empty or too long is refused by every put (guide, "Detecting and
 * correcting index key violations"; API_PutItem), although it may have been in the table since before the index.
 */
export function indexTakes({ key }: SecondaryIndex, item: Item): boolean {
  return key.every(({ name, type, longest }) => {
    if (!Object.hasOwn(item, name)) return true;
    const bytes = keyBytes(item[name] as AttributeValue, type);
    return bytes !== undefined && bytes >= 1 && bytes <= longest;
  });
}

/** The length of a key's value; undefined for a value of another type. */
function keyBytes({ S, N, B }: AttributeValue, type: IndexKeyAttribute['type']): number | undefined {
  if (type === 'S') return S === undefined ? undefined : Buffer.byteLength(S);
  if (type === 'B') return B?.byteLength;
  // Every number is a valid key.
  return N === undefined ? undefined : 1;
}
