import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { ItemCalls } from '../item/item-calls.ts';
import type { Key } from '../item/item.ts';
import { type WireItem, wireItem } from './wire-item.ts';

/** One page of a scan, up to 1 MB. */
export interface Page {
  readonly items: readonly WireItem[];
  /** The key after which the next page begins; undefined at the end of the segment. */
  readonly next: Key | undefined;
  /** Read units that DynamoDB charged. */
  readonly readUnits: number;
}

interface Segment {
  readonly table: string;
  readonly segment: number;
  readonly segments: number;
}

/** Reads the page that begins after a key, or the first one, strongly consistent. */
export async function readPage(
  calls: ItemCalls,
  { table, segment, segments }: Segment,
  after: Key | undefined,
): Promise<Page> {
  const command = new ScanCommand({
    TableName: table,
    Segment: segment,
    TotalSegments: segments,
    ConsistentRead: true,
    ReturnConsumedCapacity: 'TOTAL',
    ExclusiveStartKey: after,
  });
  const answer = await calls.send('Scan', table, () => calls.dynamodb.send(command));
  return {
    items: (answer.Items ?? []).map(wireItem),
    next: answer.LastEvaluatedKey,
    readUnits: answer.ConsumedCapacity?.CapacityUnits ?? 0,
  };
}
