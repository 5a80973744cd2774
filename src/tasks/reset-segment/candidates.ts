import { KEYS_AT_ONCE } from './confirm.ts';
import type { Unmatched } from './window.ts';

/**
 * Bytes of candidates that are looked up at a time: as objects, which their judging makes of them, they can take
 * six times as much, and their counterparts again.
 */
const BYTES_AT_ONCE = 4 * 2 ** 20;

/** The items of one side that left its window unmatched and wait for their confirming read, oldest first. */
export class Candidates {
  #waiting: Unmatched[] = [];

  add(unmatched: readonly Unmatched[]): void {
    this.#waiting.push(...unmatched);
  }

  /**
   * Removes and returns what the next read asks for: as many keys as it may, or fewer of large items.
   * @param last whether a read is worth while that could ask for more; without that there may be nothing yet.
   */
  next(last: boolean): readonly Unmatched[] {
    let number = 0;
    let bytes = 0;
    while (number < this.#waiting.length && number < KEYS_AT_ONCE && bytes < BYTES_AT_ONCE) {
      bytes += this.#waiting[number]?.item.bytes ?? 0;
      number += 1;
    }
    const full = number === KEYS_AT_ONCE || bytes >= BYTES_AT_ONCE;
    return full || last ? this.#waiting.splice(0, number) : [];
  }

  /** What the next few reads ask for; see `next`. */
  several(most: number, last: boolean): (readonly Unmatched[])[] {
    const batches: (readonly Unmatched[])[] = [];
    while (batches.length < most) {
      const batch = this.next(last);
      if (batch.length === 0) break;
      batches.push(batch);
    }
    return batches;
  }
}
