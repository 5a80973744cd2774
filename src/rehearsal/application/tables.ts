import type { AttributeValue, KeySchemaElement, ScalarAttributeType } from '@aws-sdk/client-dynamodb';
import { type Random, seededRandom } from '../seeded-random.ts';

export type Item = Record<string, AttributeValue>;

/** A table of the rehearsed application: its keys, its share of the items, and what an item looks like. */
export interface TableDesign {
  readonly name: string;
  /** Share of all items, 0 to 1. */
  readonly share: number;
  /** Key attributes: partition key, then sort key if there is one. */
  readonly keys: readonly { readonly name: string; readonly type: ScalarAttributeType }[];
  /** Item number `index`: the same index and seed give the same item. */
  item(index: number, random: Random): Item;
}

export const keySchemaOf = (design: TableDesign): KeySchemaElement[] =>
  design.keys.map(({ name }, index) => ({ AttributeName: name, KeyType: index === 0 ? 'HASH' : 'RANGE' }));

export const keyOf = (design: TableDesign, item: Item): Item =>
  Object.fromEntries(design.keys.map(({ name }) => [name, item[name] as AttributeValue]));

/** The items of a table, made one by one. */
export function* itemsOf(design: TableDesign, count: number, seed: number): Generator<Item> {
  for (let index = 0; index < count; index += 1)
    yield design.item(index, seededRandom(seed * 1_000_003 + index * 7919 + design.name.length));
}

/** A little below DynamoDB's limit of 400 KB an item. */
const NEARLY_400_KB = 395 * 1024;
/** Every so many documents there is one of that size. */
const LARGE_EVERY = 1500;

/** String sort keys; nested maps and lists, all set types, empty strings. */
const orders: TableDesign = {
  name: 'shop-orders',
  share: 0.5,
  keys: [
    { name: 'customer', type: 'S' },
    { name: 'order', type: 'S' },
  ],
  item: (index, random) => ({
    customer: { S: `customer#${index % 997}` },
    order: { S: `order#${String(index).padStart(8, '0')}` },
    total: { N: decimal(random, 2) },
    note: { S: random.below(4) === 0 ? '' : `leave at door ${random.below(100)}` },
    paid: { BOOL: random.below(2) === 0 },
    refundedAt: { NULL: true },
    tags: { SS: distinct(3, (at) => `tag-${(index * 7 + at * 11) % 40}`) },
    sizes: { NS: distinct(3, (at) => `${(index + at * 13) % 90}.5`) },
    seals: { BS: distinct(2, (at) => String((index + at) % 50)).map((text) => Buffer.from(`seal ${text}`)) },
    lines: {
      L: Array.from({ length: 1 + random.below(3) }, () => ({
        M: { product: { S: `product-${random.below(500)}` }, quantity: { N: String(1 + random.below(9)) } },
      })),
    },
    address: {
      M: {
        street: { S: `${random.below(200)} Long Street` },
        geo: { L: [{ N: '52.370216' }, { N: '-4.895168' }] },
      },
    },
  }),
};

/** Number sort keys and numbers of 38 digits. */
const readings: TableDesign = {
  name: 'shop-readings',
  share: 0.35,
  keys: [
    { name: 'sensor', type: 'S' },
    { name: 'at', type: 'N' },
  ],
  item: (index, random) => ({
    sensor: { S: `sensor-${index % 211}` },
    at: { N: index % 5 === 0 ? `-${index}.25` : `${1_700_000_000_000 + index}` },
    value: { N: digits(random, 38) },
    tiny: { N: `${digits(random, 20)}E-100` },
    exponent: { N: `${1 + random.below(9)}E${random.below(60)}` },
  }),
};

/** Binary sort keys, binary attributes, and a few items near the size limit. */
const documents: TableDesign = {
  name: 'shop-documents',
  share: 0.12,
  keys: [
    { name: 'owner', type: 'S' },
    { name: 'digest', type: 'B' },
  ],
  item: (index, random) => ({
    owner: { S: `owner-${index % 53}` },
    digest: { B: bytes(random, 16, index) },
    empty: { B: new Uint8Array() },
    body: { B: bytes(random, index % LARGE_EVERY === 0 ? NEARLY_400_KB : 64, index) },
    versions: { L: [{ M: {} }, { L: [] }, { S: '' }, { B: bytes(random, 8, index) }] },
  }),
};

/** No sort key; a number as partition key. */
const counters: TableDesign = {
  name: 'shop-counters',
  share: 0.03,
  keys: [{ name: 'id', type: 'N' }],
  item: (index, random) => ({ id: { N: `${index}` }, count: { N: `${random.below(1_000_000)}` } }),
};

export const TABLES: readonly TableDesign[] = [orders, readings, documents, counters];

function distinct(count: number, make: (at: number) => string): string[] {
  return [...new Set(Array.from({ length: count }, (_, at) => make(at)))];
}

function digits(random: Random, count: number): string {
  const first = String(1 + random.below(9));
  return (
    first +
    Array.from({ length: count - 1 }, () => String(random.below(10)))
      .join('')
      .replace(/0$/, '7')
  );
}

const decimal = (random: Random, places: number): string =>
  `${random.below(100_000)}.${String(1 + random.below(10 ** places - 1))
    .padStart(places, '0')
    .replace(/0$/, '1')}`;

function bytes(random: Random, length: number, index: number): Uint8Array {
  const made = Buffer.alloc(length, random.below(256));
  made.writeUInt32BE(index, 0);
  return made;
}
