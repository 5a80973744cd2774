import { LIVE } from '../tables/names.ts';

/** What the tables hold. */
export interface Shape {
  readonly items: number;
  readonly kind: Kind;
  /** Whether the live table has the restored items in another order, or has none of them but as many others. */
  readonly live: 'shuffled' | 'others';
}

/** `text`: an item is one text of 400 KB. `nulls`: one list, whose values are far larger in memory. `small`: 1 KB. */
export type Kind = 'text' | 'nulls' | 'small';

// Bytes as DynamoDB counts them, somewhat below its limit; an element of a list counts 1 byte, and NULL 1.
const LARGE = 399 * 1024;

const VALUES: Readonly<Record<Kind, { readonly bytes: number; readonly json: string }>> = {
  text: { bytes: LARGE, json: JSON.stringify({ S: 'x'.repeat(LARGE) }) },
  nulls: { bytes: LARGE, json: `{"L":[${Array.from({ length: LARGE / 2 }, () => '{"NULL":true}').join()}]}` },
  small: { bytes: 1000, json: JSON.stringify({ S: 'x'.repeat(1000) }) },
};

const PAGE_BYTES = 2 ** 20;

/** One table, made as it is read: the item at each place of its scan, as JSON. */
export class LargeItems {
  readonly itemsInPage: number;
  readonly #shape: Shape;
  readonly #live: boolean;

  constructor(shape: Shape, table: string) {
    this.#shape = shape;
    this.#live = table === LIVE;
    this.itemsInPage = Math.max(1, Math.floor(PAGE_BYTES / VALUES[shape.kind].bytes));
  }

  /** A page of a scan that begins behind a key. */
  page(after: string | undefined): string {
    const start = after === undefined ? 0 : this.#placeOf(after) + 1;
    const end = Math.min(start + this.itemsInPage, this.#shape.items);
    const keys = Array.from({ length: end - start }, (_, at) => this.#keyAt(start + at));
    const last = end < this.#shape.items ? `,"LastEvaluatedKey":{"pk":{"S":"${keys.at(-1)}"}}` : '';
    return `{"Items":[${keys.map((key) => this.#item(key)).join()}]${last}}`;
  }

  /** The items that there are under some keys. */
  found(keys: readonly string[]): string {
    const prefix = this.#prefix;
    return keys
      .filter((key) => key.startsWith(prefix))
      .map((key) => this.#item(key))
      .join();
  }

  get #prefix(): string {
    return this.#live && this.#shape.live === 'others' ? 'other-' : 'item-';
  }

  #item(key: string): string {
    return `{"pk":{"S":"${key}"},"value":${VALUES[this.#shape.kind].json}}`;
  }

  // A shuffled scan goes through the numbers in steps of a prime, which meets each of them once.
  #keyAt(place: number): string {
    return `${this.#prefix}${this.#isShuffled ? (place * PRIME) % this.#shape.items : place}`;
  }

  #placeOf(key: string): number {
    const number = Number(key.slice(this.#prefix.length));
    if (!this.#isShuffled) return number;
    this.#places ??= new Map(
      Array.from({ length: this.#shape.items }, (_, place) => [(place * PRIME) % this.#shape.items, place]),
    );
    return this.#places.get(number) ?? 0;
  }

  #places: Map<number, number> | undefined;

  get #isShuffled(): boolean {
    return this.#live && this.#shape.live === 'shuffled';
  }
}

const PRIME = 1_000_003;
