import type { Item } from '../item/item.ts';
import { type Cursor, countFrom, countValue, cursorFrom, cursorValue } from '../ledger/segment-progress.ts';
import { digestFrom, digestText } from './item-digest.ts';

/** What is known of one segment of one table. */
export interface VerifyProgress {
  readonly cursor: Cursor;
  /** Into how many segments the table is divided in this run. */
  readonly segments: number;
  readonly items: number;
  /** The sum of the items' digests. */
  readonly digest: bigint;
}

/** Cursor, count and digest as one record, so that they can never disagree. */
export function recordOf({ cursor, segments, items, digest }: VerifyProgress): Item {
  return {
    cursor: cursorValue(cursor),
    segments: countValue(segments),
    items: countValue(items),
    digest: { S: digestText(digest) },
  };
}

export function progressFrom(record: Item): VerifyProgress {
  return {
    cursor: cursorFrom(record.cursor),
    segments: countFrom(record.segments),
    items: countFrom(record.items),
    digest: digestFrom(record.digest?.S ?? '0'),
  };
}
