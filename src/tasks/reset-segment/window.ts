import type { StoredItem } from '../wire/stored-item.ts';

/** How much one side's window may hold. */
export interface WindowBounds {
  readonly items: number;
  /** Bytes of the answers that it keeps in memory, and of the items it has copied out of others. */
  readonly bytes: number;
}

/** An item that has not met its counterpart. */
export interface Unmatched {
  readonly item: StoredItem;
  /** Its number in the scan it came from. */
  readonly arrival: number;
}

/** The items of one answer that are, or were, in the window. */
interface Arrivals {
  readonly bytes: number;
  readonly items: StoredItem[];
  /** How many of them are still in the window, undetached. */
  left: number;
}

interface Held extends Unmatched {
  /** Undefined once the item has been copied out of its answer. */
  arrivals: Arrivals | undefined;
}

/**
 * The unmatched items of one side, by key identity, in the order in which they came.
 *
 * An item is a piece of its answer and keeps all of that in memory. Answers whose items all met their
 * counterparts are forgotten; when the others outgrow the bounds, what is left of the oldest is copied out.
 */
export class Window {
  readonly #bounds: WindowBounds;
  readonly #unmatched = new Map<string, Held>();
  /** The answers that are kept, oldest first. */
  readonly #kept = new Map<Buffer, Arrivals>();
  #bytes = 0;

  constructor(bounds: WindowBounds) {
    this.#bounds = bounds;
  }

  add(item: StoredItem, arrival: number): void {
    this.take(item.identity);
    let arrivals = this.#kept.get(item.json);
    if (arrivals === undefined) {
      arrivals = { bytes: item.json.length, items: [], left: 0 };
      this.#kept.set(item.json, arrivals);
      this.#bytes += arrivals.bytes;
    }
    arrivals.items.push(item);
    arrivals.left += 1;
    this.#unmatched.set(item.identity, { item, arrival, arrivals });
  }

  /** Removes and returns the item with this key, if it is here. */
  take(identity: string): Unmatched | undefined {
    const held = this.#unmatched.get(identity);
    if (held !== undefined) this.#remove(held);
    return held;
  }

  /** Removes the oldest items until the rest is within bounds. */
  overflow(): Unmatched[] {
    for (const [json, arrivals] of this.#kept) {
      if (this.#bytes <= this.#bounds.bytes) break;
      this.#copyOut(json, arrivals);
    }
    return this.#removeOldest(
      () => this.#unmatched.size > this.#bounds.items || this.#bytes > this.#bounds.bytes,
    );
  }

  /** Removes every item, oldest first. */
  drain(): Unmatched[] {
    return this.#removeOldest(() => true);
  }

  #removeOldest(more: () => boolean): Unmatched[] {
    const removed: Unmatched[] = [];
    for (const held of this.#unmatched.values()) {
      if (!more()) break;
      this.#remove(held);
      removed.push(held);
    }
    return removed;
  }

  #remove(held: Held): void {
    this.#unmatched.delete(held.item.identity);
    const { arrivals } = held;
    if (arrivals === undefined) this.#bytes -= held.item.bytes;
    else if ((arrivals.left -= 1) === 0) this.#forget(held.item.json, arrivals);
  }

  #copyOut(json: Buffer, arrivals: Arrivals): void {
    this.#forget(json, arrivals);
    for (const item of arrivals.items) {
      const held = this.#unmatched.get(item.identity);
      if (held?.item !== item) continue;
      item.detach();
      held.arrivals = undefined;
      this.#bytes += item.bytes;
    }
  }

  #forget(json: Buffer, arrivals: Arrivals): void {
    this.#kept.delete(json);
    this.#bytes -= arrivals.bytes;
  }
}
