import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { dynamodbSize } from '../item/dynamodb-size.ts';
import type { Item, KeyNames } from '../item/item.ts';
import { sameValue } from '../item/same-item.ts';

/** One unit writes so many bytes (ProvisionedThroughput, "Write capacity unit"). */
const BYTES_A_WRITE_UNIT = 1024;

/** One key's item before and after; one of the two may be missing. */
export interface Change {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

export interface WriteCost {
  /** What the write of the item itself takes. */
  readonly writeUnits: number;
  /** What it takes in the table's secondary indexes at most, as if each of them held whole items. */
  readonly indexWriteUnits: number;
}

/**
 * What one put or delete consumes. A put is charged by the larger of the old and the new item, a delete by the
 * old one, in units of 1 KiB (ProvisionedThroughput, "Capacity unit consumption for writes"). An index that
 * holds the item before or after takes one write more, two where its key changes (GSI, "Write capacity units").
 *
 * @param indexes the names of each secondary index's key attributes.
 */
export function writeCost({ before, after }: Change, indexes: readonly KeyNames[]): WriteCost {
  const old = before ? writeUnits(before) : 0;
  const next = after ? writeUnits(after) : 0;
  let indexWriteUnits = 0;
  for (const keys of indexes) {
    const held = before !== undefined && holds(before, keys);
    const holding = after !== undefined && holds(after, keys);
    if (held && holding) indexWriteUnits += sameKey(before, after, keys) ? Math.max(old, next) : old + next;
    else if (held || holding) indexWriteUnits += held ? old : next;
  }
  return { writeUnits: Math.max(old, next), indexWriteUnits };
}

function writeUnits(item: Item): number {
  return Math.max(1, Math.ceil(dynamodbSize(item) / BYTES_A_WRITE_UNIT));
}

/** An index holds the items that have all of its key attributes. */
function holds(item: Item, keys: KeyNames): boolean {
  return keys.every((name) => Object.hasOwn(item, name));
}

function sameKey(a: Item, b: Item, keys: KeyNames): boolean {
  return keys.every((name) => sameValue(a[name] as AttributeValue, b[name] as AttributeValue));
}
