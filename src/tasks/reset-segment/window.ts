import { itemSize } from '../item/item-size.ts';
import type { Item } from '../item/item.ts';

/** How much one side's window may hold. */
export interface WindowBounds {
  readonly items: number;
  /** Bytes as `itemSize` counts them. */
  readonly bytes: number;
}

/** An item that has not met its counterpart. */
export interface Unmatched {
  readonly identity: string;
  readonly item: Item;
  /** Its number in the scan it came from. */
  readonly arrival: number;
  readonly size: number;
}

/** The unmatched items of one side, by key identity, in the order in which they came. */
export class Window {
  readonly #bounds: WindowBounds;
  readonly #unmatched = new Map<string, Unmatched>();
  #bytes = 0;

  constructor(bounds: WindowBounds) {
    this.#bounds = bounds;
  }

  add(identity: string, item: Item, arrival: number): void {
    this.take(identity);
    const size = itemSize(item);
    this.#bytes += size;
    this.#unmatched.set(identity, { identity, item, arrival, size });
  }

  /** Removes and returns the item with this key, if it is here. */
  take(identity: string): Unmatched | undefined {
    const found = this.#unmatched.get(identity);
    if (!found) return undefined;
    this.#unmatched.delete(identity);
    this.#bytes -= found.size;
    return found;
  }

  /** Removes the oldest items until the rest is within bounds. */
  overflow(): Unmatched[] {
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
    for (const [identity, unmatched] of this.#unmatched) {
      if (!more()) break;
      this.take(identity);
      removed.push(unmatched);
    }
    return removed;
  }
}
