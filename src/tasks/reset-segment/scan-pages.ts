import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { ItemCalls } from '../item/item-calls.ts';
import type { Key } from '../item/item.ts';
import { type Spending, Unpaced } from '../pacing/spending.ts';
import { readUnits, unitsOf } from '../pacing/units.ts';
import { fromWire } from '../wire/from-wire.ts';
import { itemsAnswer } from '../wire/items-answer.ts';
import type { StoredItem, WireKey } from '../wire/stored-item.ts';
import { wireAnswer } from '../wire/wire-answer.ts';

/** One page of a scan. */
export interface Page {
  readonly items: readonly StoredItem[];
  /** The key after which the next page begins; undefined at the end of the segment. */
  readonly next: Key | undefined;
}

/** Reads the page that begins after a key, or the first one. */
export type ReadPage = (after: Key | undefined) => Promise<Page>;

/** A segment of a scan. */
export interface Segment {
  readonly table: string;
  readonly segment: number;
  readonly segments: number;
  readonly key: WireKey;
  /** Items of a page at most, asked before each; by default, and with Infinity, what 1 MB holds. */
  readonly limit?: () => number;
  /** Whether the next page is on its way while one is worked on; default true. */
  readonly early?: boolean;
  /** Of the table's read units; by default nothing is waited for. */
  readonly spending?: Spending;
}

/** The pages of one scan segment, up to 1 MB each, strongly consistent. */
export function scanPages(calls: ItemCalls, of: Segment): ReadPage {
  const {
    table,
    segment,
    segments,
    key,
    limit = () => Infinity,
    early = true,
    spending = new Unpaced(),
  } = of;
  const read: ReadPage = async (after) => {
    const most = limit();
    const input = {
      TableName: table,
      Segment: segment,
      TotalSegments: segments,
      ConsistentRead: true,
      ReturnConsumedCapacity: 'TOTAL' as const,
      ExclusiveStartKey: after,
      Limit: most === Infinity ? undefined : most,
    };
    await spending.ready();
    const json = await calls.send('Scan', { table, spending }, () =>
      wireAnswer(calls.dynamodb, new ScanCommand(input), spending),
    );
    const { items, rest } = itemsAnswer(json, ['Items'], key);
    spending.spent(unitsOf(rest, () => readUnits(items.reduce((sum, { bytes }) => sum + bytes, 0))));
    return { items, next: rest.LastEvaluatedKey === undefined ? undefined : fromWire(rest.LastEvaluatedKey) };
  };
  return early ? oneAhead(read) : read;
}

/** Asks for the page that follows as soon as it is known, so that it comes while this one is worked on. */
function oneAhead(read: ReadPage): ReadPage {
  let ahead: { readonly after: Key; readonly page: Promise<Page> } | undefined;
  return async (after) => {
    const page = await (after !== undefined && ahead?.after === after ? ahead.page : read(after));
    ahead = undefined;
    if (page.next !== undefined) {
      ahead = { after: page.next, page: read(page.next) };
      // Whoever asks for the page is told; nobody may.
      ahead.page.catch(() => {});
    }
    return page;
  };
}
