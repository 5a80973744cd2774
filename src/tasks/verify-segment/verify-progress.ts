import type { Item } from '../item/item.ts';
import { type Cursor, countFrom, countValue, cursorFrom, cursorValue } from '../ledger/segment-progress.ts';
import { DigestSum } from './digest-sum.ts';
import type { ExpiringCounts } from './expiring-items.ts';

/** What is known of one segment of one table. */
export interface VerifyProgress {
  readonly cursor: Cursor;
  /** Into how many segments the table is divided in this run. */
  readonly segments: number;
  /** Items that do not expire while they are verified. */
  readonly items: number;
  /** The sum of these items' digests. */
  readonly digests: DigestSum;
  /** The items that do. */
  readonly expiring: ExpiringCounts;
  /** Read units that the pages up to the cursor were charged. */
  readonly readUnits: number;
}

export function notBegun(segments: number): VerifyProgress {
  return {
    cursor: 'start',
    segments,
    items: 0,
    digests: new DigestSum(),
    expiring: { same: 0, gone: 0, differing: 0 },
    readUnits: 0,
  };
}

/** Cursor, counts and digests as one record, so that they can never disagree. */
export function recordOf(progress: VerifyProgress): Item {
  const { cursor, segments, items, digests, expiring, readUnits } = progress;
  return {
    cursor: cursorValue(cursor),
    segments: countValue(segments),
    items: countValue(items),
    digests: { B: digests.bytes },
    expiring: {
      M: {
        same: countValue(expiring.same),
        gone: countValue(expiring.gone),
        differing: countValue(expiring.differing),
      },
    },
    readUnits: countValue(readUnits),
  };
}

export function progressFrom(record: Item): VerifyProgress {
  const expiring = record.expiring?.M;
  return {
    cursor: cursorFrom(record.cursor),
    segments: countFrom(record.segments),
    items: countFrom(record.items),
    digests: new DigestSum(record.digests?.B),
    expiring: {
      same: countFrom(expiring?.same),
      gone: countFrom(expiring?.gone),
      differing: countFrom(expiring?.differing),
    },
    readUnits: countFrom(record.readUnits),
  };
}
