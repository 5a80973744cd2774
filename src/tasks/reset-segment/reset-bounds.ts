import { FIRST_RATES, itemsInAStep } from '../pacing/rates.ts';
import { readUnits } from '../pacing/units.ts';
import type { ResetRequest } from './reset-request.ts';
import type { WindowBounds } from './window.ts';

/** How much one invocation keeps in memory and puts at stake. */
export interface ResetBounds {
  /** For each of the two windows. */
  readonly window: WindowBounds;
  /** Scan pages, of both tables together, between two savings of the progress. */
  readonly pagesBetweenSaves: number;
  /** Before the deadline, in milliseconds: from then on nothing new is read, only settled and saved. */
  readonly stopMargin: number;
}

export const RESET_BOUNDS: ResetBounds = {
  // Some five pages of 1 MB that one scan may be ahead of the other, as bytes of their JSON. With Node, pages,
  // reads and writes under way, a reset does with 200 MiB, unless every item is of the worst kind
  // (docs/performance.md, "Memory and bundles"); the function has 1,769 MB.
  window: { items: 20_000, bytes: 8 * 2 ** 20 },
  // About ten seconds of work to repeat when an invocation is killed. Each saving settles the windows, whose
  // reads by key are dearer than a scan's: at this rate they stay a few per cent of the whole.
  pagesBetweenSaves: 100,
  // Settling two full windows takes 400 reads and 800 writes in the worst case, 10 to 20 ms each.
  stopMargin: 60_000,
};

/** How much is read and kept before all of it is judged. */
export interface Strides {
  readonly window: WindowBounds;
  /** Items of a scan page at most; Infinity for what 1 MB holds. */
  readonly pageItems: number;
  /** So many items of the live table, however large, can be read by key in one step. */
  readonly lead: number;
}

/** Of an item of the largest size that there is (DynamoDB guide, "Quotas"). */
const MOST_UNITS = readUnits(400 * 2 ** 10);

/**
 * A window that is settled, or what overflows of one, may take a read by key of the live table for each item: where
 * that gives few, windows and pages are smaller, or no saving would ever be reached in the time of one invocation.
 */
export function stridesOf(
  { window }: ResetBounds,
  { rates = FIRST_RATES, atOnce = 1 }: ResetRequest,
): Strides {
  const items = itemsInAStep(rates, 'read', atOnce);
  const lead = Math.max(1, Math.floor(items / MOST_UNITS));
  if (items >= window.items) return { window, pageItems: Infinity, lead };
  return { window: { ...window, items }, pageItems: Math.ceil(items / 2), lead };
}

/** Keys to delete in one record at most: what is more than some hundred saves nothing. */
const MOST_KEYS_A_RECORD = 500;

/**
 * How many keys to delete one record has. Its deletes begin anew when the time of their invocation runs out, and those
 * of keys that are gone take a unit each too: whoever works on it must come to its end.
 */
export function keysARecord({ rates = FIRST_RATES, atOnce = 1 }: ResetRequest): number {
  return Math.min(MOST_KEYS_A_RECORD, itemsInAStep(rates, 'write', atOnce));
}
