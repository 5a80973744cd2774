import type { WireItem, WireValue } from '../../src/rehearsal/aws/dynamodb/wire-item.ts';
import { type Random, seededRandom } from '../../src/rehearsal/seeded-random.ts';

/** What the items of a table look like. */
export interface Shape {
  readonly keys: readonly { readonly name: string; readonly type: 'S' | 'N' }[];
  /** How many different items there are, apart from their numbers. */
  readonly variety: number;
  /** An item as DynamoDB's JSON has it; `NUMBER` stands where its number comes, `MARK` where damage shows. */
  readonly item: (random: Random) => WireItem;
}

export type ShapeName = '200 B' | '1 KB' | '10 KB';

/** Stands for an item's number: ten digits. */
export const NUMBER = 'NNNNNNNNNN';
/** Stands for the one character in which a damaged item differs. */
export const MARK = '~';

const NAMES = [
  'Åsa Lindqvist',
  'José Ibáñez',
  'Mary Clark',
  'Peter Brown',
  'Zoë Müller',
  'Ann Lee',
  'Raj Rao',
];
const WORDS =
  'the parcel was left with a neighbour who signed for it after noon and the driver noted that bell and gate were out of order so please ring twice'.split(
    ' ',
  );

const text = (random: Random, words: number): string =>
  Array.from({ length: words }, () => random.pick(WORDS)).join(' ');
/** Without a zero at the end: DynamoDB keeps none. */
const money = (random: Random): WireValue => ({
  N: `${1 + random.below(9999)}.${random.below(10)}${1 + random.below(9)}`,
});
const instant = (random: Random): string =>
  new Date(1_780_000_000_000 + random.below(10_000_000) * 1000).toISOString();

/** A reading of a sensor: numbers, with a number as sort key. */
const reading: Shape = {
  keys: [
    { name: 'sensor', type: 'S' },
    { name: 'at', type: 'N' },
  ],
  variety: 509,
  item: (random) => ({
    sensor: { S: `sensor#${NUMBER}` },
    at: { N: String(1_780_000_000_000 + random.below(1e9)) },
    value: { N: `${random.below(1000)}.${1 + random.below(9)}${NUMBER}7` },
    unit: { S: random.pick(['kWh', 'm3', 'Pa', 'lux']) },
    batteryPercent: { N: String(random.below(100)) },
    firmware: { S: `4.${random.below(30)}.${random.below(10)}` },
    site: { S: `site-${random.below(9000) + 1000}-${random.pick(['north', 'south', 'east', 'west'])}` },
    receivedAt: { S: instant(random) },
    gateway: { S: `gateway-${random.below(9000) + 1000}.plant.example` },
    signalDecibel: { N: `-${random.below(90) + 10}` },
    valid: { BOOL: random.below(9) > 0 },
    status: { S: `ok${MARK}` },
  }),
};

const address = (random: Random): WireValue => ({
  M: {
    street: { S: `${1 + random.below(900)} Long Acre` },
    city: { S: random.pick(['Malmö', 'Leeds', 'Cádiz', 'Springfield']) },
    postcode: { S: String(10_000 + random.below(89_999)) },
    geo: { L: [{ N: `${random.below(89)}.370216` }, { N: `-${random.below(179)}.895168` }] },
  },
});

const line = (random: Random): WireValue => ({
  M: {
    product: { S: `product-${random.below(50_000)}` },
    quantity: { N: String(1 + random.below(9)) },
    price: money(random),
    gift: { BOOL: random.below(5) === 0 },
  },
});

const order = (random: Random, lines: number, words: number): WireItem => ({
  customer: { S: `customer#${NUMBER}` },
  order: { S: `order#${instant(random)}#${random.below(900) + 100}` },
  status: { S: `${random.pick(['placed', 'packed', 'shipped', 'returned'])}${MARK}` },
  name: { S: random.pick(NAMES) },
  email: { S: `customer.${NUMBER}@mail.example` },
  total: money(random),
  paid: { BOOL: true },
  refundedAt: { NULL: true },
  version: { N: String(1 + random.below(40)) },
  expiresAt: { N: String(1_900_000_000 + random.below(1e7)) },
  tags: { SS: [`tag-${random.below(40)}`, `campaign-${random.below(40)}`, 'retail'] },
  sizes: { NS: [`${random.below(90)}.5`, `${100 + random.below(90)}`] },
  signature: { B: Buffer.from(text(random, 6)).toString('base64') },
  address: address(random),
  lines: { L: Array.from({ length: lines }, () => line(random)) },
  note: { S: text(random, words) },
});

/** What goes through the reset in both benchmarks, by about how large DynamoDB counts an item; on the wire it is half as large again. */
export const shapes: { readonly [name in ShapeName]: Shape } = {
  '200 B': reading,
  /** An order: every type there is, maps in a list. */
  '1 KB': {
    keys: [
      { name: 'customer', type: 'S' },
      { name: 'order', type: 'S' },
    ],
    variety: 509,
    item: (random) => order(random, 2 + random.below(4), 50 + random.below(60)),
  },
  /** An order of many lines. */
  '10 KB': {
    keys: [
      { name: 'customer', type: 'S' },
      { name: 'order', type: 'S' },
    ],
    variety: 61,
    item: (random) => order(random, 90 + random.below(30), 700 + random.below(300)),
  },
};

/** The items of a shape without their numbers: always the same ones. */
export const modelsOf = ({ variety, item }: Shape): WireItem[] =>
  Array.from({ length: variety }, (_, at) => item(seededRandom(at * 7919 + 1)));
