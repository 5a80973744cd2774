import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { ItemCalls } from '../item/item-calls.ts';
import type { Item, Key } from '../item/item.ts';

/** One page of a scan. */
export interface Page {
  readonly items: readonly Item[];
  /** The key after which the next page begins; undefined at the end of the segment. */
  readonly next: Key | undefined;
}

/** Reads the page that begins after a key, or the first one. */
export type ReadPage = (after: Key | undefined) => Promise<Page>;

interface Segment {
  readonly table: string;
  readonly segment: number;
  readonly segments: number;
}

/** The pages of one scan segment, up to 1 MB each, strongly consistent. */
export function scanPages(calls: ItemCalls, { table, segment, segments }: Segment): ReadPage {
  return async (after) => {
    const command = new ScanCommand({
      TableName: table,
      Segment: segment,
      TotalSegments: segments,
      ConsistentRead: true,
      ExclusiveStartKey: after,
    });
    const answer = await calls.send('Scan', table, () => calls.dynamodb.send(command));
    return { items: answer.Items ?? [], next: answer.LastEvaluatedKey };
  };
}
