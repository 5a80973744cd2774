import type { ItemCalls } from '../item/item-calls.ts';
import type { Cursor } from '../ledger/segment-progress.ts';
import type { Strides } from './reset-bounds.ts';
import { type ReadPage, type Segment, scanPages } from './scan-pages.ts';
import type { Sides } from './sides.ts';

interface Reading {
  readonly strides: Strides;
  /** Where the scans begin. */
  readonly from: Sides<Cursor>;
}

/**
 * The pages of the same segment of both tables. One of the restored table has no more items than the latest of the live
 * one: its items may be many where those of the live table have become large, and each that has not met its counterpart
 * when the windows are settled takes a read of that by key, by its size. Once the live scan is through, most have none.
 */
export function pagesOfBoth(
  calls: ItemCalls,
  of: Sides<Omit<Segment, 'early' | 'limit'>>,
  { strides: { pageItems, lead }, from }: Reading,
): Sides<ReadPage> {
  // What gives little gives no more of it early: it would be missing where the windows are settled.
  const early = pageItems === Infinity;
  let most = from.live === 'end' ? Infinity : lead;
  const live = scanPages(calls, { ...of.live, early, limit: () => pageItems });
  return {
    live: async (after) => {
      const page = await live(after);
      most = page.next === undefined ? Infinity : Math.max(lead, page.items.length);
      return page;
    },
    restored: scanPages(calls, { ...of.restored, early, limit: () => Math.min(pageItems, most) }),
  };
}
