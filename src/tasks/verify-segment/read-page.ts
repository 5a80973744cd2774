import { type ConsumedCapacity, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { ItemCalls } from '../item/item-calls.ts';
import type { Key } from '../item/item.ts';
import type { Spending } from '../pacing/spending.ts';
import { readUnits, unitsOf } from '../pacing/units.ts';
import { wireAnswer } from '../wire/wire-answer.ts';
import type { WireItem } from '../wire/wire-item.ts';
import { sdkKey } from './wire-key.ts';

/** One page of a scan, up to 1 MB. */
export interface Page {
  readonly items: readonly WireItem[];
  /** The key after which the next page begins; undefined at the end of the segment. */
  readonly next: Key | undefined;
  /** Read units that DynamoDB charged; as its bytes have it, where it does not tell. */
  readonly readUnits: number;
}

interface Segment {
  readonly table: string;
  readonly segment: number;
  readonly segments: number;
  /** Items of a page at most; by default what 1 MB holds. */
  readonly limit?: number | undefined;
}

interface Means {
  readonly calls: ItemCalls;
  readonly spending: Spending;
}

/** What is used of a Scan's answer (API_Scan). */
interface ScanAnswer {
  readonly Items?: readonly WireItem[];
  readonly LastEvaluatedKey?: WireItem;
  readonly ConsumedCapacity?: ConsumedCapacity;
}

/** Reads the page that begins after a key, or the first one, strongly consistent. */
export async function readPage(
  { calls, spending }: Means,
  { table, segment, segments, limit }: Segment,
  after: Key | undefined,
): Promise<Page> {
  const input = {
    TableName: table,
    Segment: segment,
    TotalSegments: segments,
    ConsistentRead: true,
    ReturnConsumedCapacity: 'TOTAL',
    ExclusiveStartKey: after,
    Limit: limit,
  } as const;
  await spending.ready();
  const json = await calls.send('Scan', { table, spending }, () =>
    wireAnswer(calls.dynamodb, new ScanCommand(input), spending),
  );
  const answer = JSON.parse(json.toString()) as ScanAnswer;
  const { Items = [], LastEvaluatedKey } = answer;
  const units = unitsOf(answer, () => readUnits(json.length));
  spending.spent(units);
  return { items: Items, next: LastEvaluatedKey && sdkKey(LastEvaluatedKey), readUnits: units };
}
