import type { TaskClock } from '../handler.ts';
import { hasExpired, mayExpireWithin } from '../item/expiry.ts';
import type { ItemCalls } from '../item/item-calls.ts';
import type { Spending } from '../pacing/spending.ts';
import { itemDigest } from './item-digest.ts';
import { KEYS_AT_ONCE, readCounterparts, readKeyNames } from './read-counterparts.ts';
import type { VerifyRequest } from './verify-request.ts';
import type { WireItem } from '../wire/wire-item.ts';
import { keyIn } from './wire-key.ts';

/** What was found of the items that DynamoDB may delete while they are verified. */
export interface ExpiringCounts {
  /** Their counterpart is the same. */
  readonly same: number;
  /** Of the restored table alone: their time is over, and the live table does not have them. */
  readonly gone: number;
  /** Their counterpart is another, or is missing though it must not be. */
  readonly differing: number;
}

/** A verification lasts no longer (VerifyTable's timeout); what expires later cannot disturb it. */
const LONGEST_SECONDS = 2 * 24 * 60 * 60;

type Expiry = NonNullable<VerifyRequest['expiry']> & { readonly timeToLive: string };

interface Means {
  readonly calls: ItemCalls;
  readonly clock: TaskClock;
  /** Of the counterpart's read units. */
  readonly spending: Spending;
}

/**
 * The items whose time to live is over before the verification can have ended. DynamoDB may delete them from
 * the live table at any moment, so that digests of the two tables would differ by chance. They are left out of
 * these, on both sides by one rule, and proven each by itself: its counterpart in the other table is read by
 * key and must be the same. Only a restored item whose time is over may have none (`hasExpired`).
 */
export class ExpiringItems {
  readonly #means: Means;
  readonly #expiry: Expiry;
  readonly #from: number;
  #keyNames: readonly string[] | undefined;

  constructor(means: Means, expiry: Expiry) {
    this.#means = means;
    this.#expiry = expiry;
    this.#from = Math.floor(Date.parse(expiry.since) / 1000);
  }

  /** Whether the item is one of them; the same answer in both tables. */
  has(item: WireItem): boolean {
    const from = this.#from;
    return mayExpireWithin(item, { attribute: this.#expiry.timeToLive, from, to: from + LONGEST_SECONDS });
  }

  /** Compares such items with their counterparts. */
  async prove(items: readonly WireItem[]): Promise<{ counts: ExpiringCounts; readUnits: number }> {
    let counts: ExpiringCounts = { same: 0, gone: 0, differing: 0 };
    let readUnits = 0;
    for (let start = 0; start < items.length; start += KEYS_AT_ONCE) {
      const some = items.slice(start, start + KEYS_AT_ONCE);
      const there = await this.#counterparts(some);
      counts = added(counts, this.#judged(some, there.items));
      readUnits += there.readUnits;
    }
    return { counts, readUnits };
  }

  async #counterparts(items: readonly WireItem[]) {
    const { calls, spending } = this.#means;
    const { counterpart: table } = this.#expiry;
    this.#keyNames ??= await readKeyNames(calls, table);
    const keyNames = this.#keyNames;
    const keys = items.map((item) => keyIn(item, keyNames));
    return readCounterparts(calls, { table, spending }, keys);
  }

  #judged(items: readonly WireItem[], counterparts: readonly WireItem[]): ExpiringCounts {
    const there = new Set(counterparts.map(itemDigest));
    const unmatched = items.filter((item) => !there.has(itemDigest(item)));
    const same = items.length - unmatched.length;
    if (this.#expiry.side === 'live') return { same, gone: 0, differing: unmatched.length };
    // Of the unmatched, some have another counterpart and some have none: the latter must have expired.
    const others = counterparts.length - same;
    const differing = Math.max(others, unmatched.filter((item) => !this.#isOver(item)).length);
    return { same, gone: unmatched.length - differing, differing };
  }

  #isOver(item: WireItem): boolean {
    const now = this.#means.clock.now() / 1000;
    return hasExpired(item, { attribute: this.#expiry.timeToLive, at: now });
  }
}

export function added(a: ExpiringCounts, b: ExpiringCounts): ExpiringCounts {
  return { same: a.same + b.same, gone: a.gone + b.gone, differing: a.differing + b.differing };
}
