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
 * Of the restored table's items, in one page, for each read unit a second of the live one's. An item takes a hundred units
 * at most: should every counterpart be so large, they are read by key in half of an invocation's time.
 */
const ITEMS_A_UNIT = 4;

/**
 * The pages of the same segment of both tables. One of the restored table has no more items than the latest of the live
 * one: its items may be many where those of the live table have become large, and each that has not met its counterpart
 * when the windows are settled takes a read of that by key, by its size. Nor has it more than can be read so: large items
 * may follow small ones, or many that the restored table has not. Once the live scan is through, most have none.
 */
export function pagesOfBoth(
  calls: ItemCalls,
  of: Sides<Omit<Segment, 'early' | 'limit'>>,
  { strides: { pageItems, lead }, from }: Reading,
): Sides<ReadPage> {
  // What gives little gives no more of it early: it would be missing where the windows are settled.
  const early = pageItems === Infinity;
  let most = from.live === 'end' ? Infinity : lead;
  const affordable = () => Math.floor(ITEMS_A_UNIT * (of.live.spending?.burst ?? Infinity));
  const live = scanPages(calls, { ...of.live, early, limit: () => pageItems });
  return {
    live: async (after) => {
      const page = await live(after);
      most = page.next === undefined ? Infinity : Math.max(lead, Math.min(page.items.length, affordable()));
      return page;
    },
    restored: scanPages(calls, { ...of.restored, early, limit: () => Math.min(pageItems, most) }),
  };
}
