import type {
  AttributeValue,
  KinesisDataStreamDestination,
  TableDescription,
} from '@aws-sdk/client-dynamodb';
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Item } from './sensitive-items.ts';
import { tableDescription } from './table-description.ts';

type Key = Record<string, AttributeValue>;

interface Change {
  readonly at: number;
  readonly key: string;
  /** Undefined when the item was deleted. */
  readonly item: Item | undefined;
}

/** A change made through the API. */
interface Write {
  readonly at: number;
  readonly kind: 'put' | 'delete';
  /** Whether the table held the same before. */
  readonly idle: boolean;
  /** Items in the table afterwards. */
  readonly left: number;
}

const PAGE = 3;

/** A table in memory that remembers all that it ever held, as point-in-time recovery does. */
export class RestorableTable {
  readonly name: string;
  readonly writes: Write[] = [];
  /** What its description says besides the usual; tests change it at will. */
  described: TableDescription;
  /** The attribute by which its items expire. */
  timeToLive: string | undefined;
  /** Where it streams its changes to. */
  kinesisDestinations: KinesisDataStreamDestination[] = [];
  readonly #items = new Map<string, Item>();
  readonly #history: Change[] = [];

  constructor(name: string, described: TableDescription = {}) {
    this.name = name;
    this.described = described;
  }

  get description(): TableDescription {
    return tableDescription(this.name, this.described);
  }

  /** In the order of the keys. */
  get items(): Item[] {
    return [...this.#items].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  }

  /** The items that the table held then, in no order. */
  itemsAt(time: number): Item[] {
    const then = new Map(
      this.#history.filter(({ at }) => at <= time).map(({ key, item }) => [key, item] as const),
    );
    return [...then.values()].filter((item) => item !== undefined);
  }

  /** Makes these the table's items, as if the application had. */
  become(items: readonly Item[], at: number): void {
    const kept = new Set(items.map(keyText));
    for (const item of this.items) if (!kept.has(keyText(item))) this.#change(keyText(item), undefined, at);
    for (const item of items) this.#change(keyText(item), item, at);
  }

  /** Deletes what has expired, as DynamoDB does in its own time. */
  expire(at: number): void {
    const attribute = this.timeToLive;
    if (attribute === undefined) return;
    for (const [key, item] of this.#items)
      if (Number(item[attribute]?.N) * 1000 < at) this.#change(key, undefined, at);
  }

  /** @param item undefined deletes. */
  write(key: Key, item: Item | undefined, at: number): void {
    const before = this.#items.get(keyText(key));
    const idle = isDeepStrictEqual(before, item);
    this.#change(keyText(key), structuredClone(item), at);
    this.writes.push({ at, kind: item ? 'put' : 'delete', idle, left: this.#items.size });
  }

  read(key: Key): Item | undefined {
    return this.#items.get(keyText(key));
  }

  /** A page of a scan segment, in the order of hashes. */
  page(after: Key | undefined, segment: number, segments: number): { items: Item[]; next: Key | undefined } {
    const from = after ? place(keyText(after)) : -1;
    const rest = [...this.#items]
      .map(([key, item]) => ({ at: place(key), item }))
      .filter(({ at }) => at > from && at % segments === segment)
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
    const items = rest.slice(0, PAGE);
    const last = items.at(-1);
    return { items, next: last && rest.length > PAGE ? keyOf(last) : undefined };
  }

  #change(key: string, item: Item | undefined, at: number): void {
    this.#history.push({ at, key, item });
    if (item) this.#items.set(key, item);
    else this.#items.delete(key);
  }
}

const keyOf = ({ pk, sk }: Item): Key => ({ pk: pk as AttributeValue, sk: sk as AttributeValue });

export const keyText = (item: Item): string => JSON.stringify([item.pk, item.sk].map(keyPart));

/** Bytes are equal whatever holds them. */
const keyPart = (value: AttributeValue | undefined) =>
  value?.B === undefined ? value : { B: Buffer.from(value.B).toString('base64') };

const place = (key: string): number => createHash('md5').update(key).digest().readUInt32LE();
