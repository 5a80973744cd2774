import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Item } from '../../../src/tasks/item/item.ts';
import { NEAR_VALUES, keyOf, respelled } from './any-kind.ts';
import type { Engine } from './engine.ts';
import { type KeyType, TablePair } from './table-pair.ts';

const MINUTES = 60_000;
const KEY_TYPES: readonly (readonly KeyType[])[] = [['S'], ['N'], ['B'], ['S', 'N'], ['N', 'B'], ['B', 'S']];

/** What a reset and a verification do on any engine, through an ordinary client. */
export function resetsTablesOf(name: string, start: () => Promise<Engine>): void {
  describe(`a reset on ${name}`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await start();
    }, MINUTES);
    afterAll(() => engine.stop());

    const pairOf = async (table: string, types: readonly KeyType[], tables: Tables): Promise<TablePair> => {
      const pair = await TablePair.create(engine.client, { name: table, types });
      await Promise.all([pair.write(pair.restored, tables.restored), pair.write(pair.live, tables.live)]);
      return pair;
    };

    it(
      'plans, applies and proves thousands of items, writing only the differences',
      async () => {
        const pair = await pairOf('orders', ['S', 'N'], manyOrders());
        const differences = { puts: ORDERS / 50, deletes: ORDERS / 100, unchanged: ORDERS - ORDERS / 50 };
        await expect(pair.reset('plan', { segments: 4 })).resolves.toMatchObject({
          restored: ORDERS,
          live: ORDERS,
          ...differences,
        });
        expect(pair.operations).toBe(0);
        await expect(pair.reset('apply', { segments: 4 })).resolves.toMatchObject(differences);
        expect(pair.operations).toBe(differences.puts + differences.deletes);
        await expect(pair.verify(4)).resolves.toMatchObject({ items: ORDERS });
        await expect(pair.reset('plan', { segments: 3 })).resolves.toMatchObject({ puts: 0, deletes: 0 });
      },
      MINUTES,
    );

    it.each(KEY_TYPES.map((types) => [types.join(' and '), types] as const))(
      'restores every type of value under keys of type %s',
      async (_, types) => {
        const { restored, live, differences } = everyKind(types);
        const pair = await pairOf(`kinds-${types.join('')}`, types, { restored, live });
        const before = await pair.content(pair.restored);
        await expect(pair.reset('apply', { segments: 3 })).resolves.toMatchObject(differences);
        expect(pair.operations).toBe(differences.puts + differences.deletes);
        expect(await pair.content(pair.live)).toEqual(before);
        expect(await pair.content(pair.restored)).toEqual(before);
        await expect(pair.verify(2)).resolves.toMatchObject({ items: restored.length });
      },
      MINUTES,
    );

    it(
      'restores items near the largest that there are, with none of them alike',
      async () => {
        const large = (number: number, fill: string): Item => ({
          ...keyOf(number, ['S']),
          text: { S: fill.repeat(390 * 1024) },
        });
        const numbers = Array.from({ length: 40 }, (_, number) => number);
        const pair = await pairOf('large', ['S'], {
          restored: numbers.map((number) => large(number, 'a')),
          live: numbers.map((number) => large(number + 20, 'b')),
        });
        await expect(pair.reset('apply', { segments: 1 })).resolves.toMatchObject({ puts: 40, deletes: 20 });
        expect(await pair.content(pair.live)).toEqual(await pair.content(pair.restored));
        await expect(pair.verify(1)).resolves.toMatchObject({ items: 40 });
      },
      2 * MINUTES,
    );

    it(
      'goes on where it was cut short or killed, anywhere, and loses nothing',
      async () => {
        const numbers = Array.from({ length: 160 }, (_, number) => number);
        const page = (number: number, fill: string): Item => ({
          ...keyOf(number, ['S', 'N']),
          text: { S: fill.repeat(30 * 1024) },
        });
        const good = numbers.map((number) => page(number, 'a'));
        const pair = await pairOf('killed', ['S', 'N'], { restored: good, live: good });
        const before = await pair.content(pair.restored);
        const bounds = { window: { items: 5, bytes: 2 ** 20 }, pagesBetweenSaves: 2, stopMargin: 60_000 };
        for (const [round, looks] of [1, 4, 9, 40].entries()) {
          const changed = numbers.filter((number) => number % 5 === round);
          const gone = numbers.filter((number) => number % 7 === round);
          await pair.write(
            pair.live,
            changed.map((number) => page(number, 'b')).concat(page(1000 + round, 'c')),
          );
          await pair.write(
            pair.live,
            [],
            gone.map((number) => keyOf(number, ['S', 'N'])),
          );
          // Losses in every kind of call, before and after their effect.
          const losses = [5 + round, 8 + round, 13, 22, 31 + round, 40, 57, 58 + round];
          await pair.reset('apply', { segments: 3, bounds, looks, losses });
          expect(await pair.content(pair.live)).toEqual(before);
        }
        expect(pair.cutShort.killed).toBeGreaterThan(20);
        expect(pair.cutShort.stopped).toBeGreaterThan(20);
        await expect(pair.verify(3)).resolves.toMatchObject({ items: numbers.length });
        expect(await pair.content(pair.restored)).toEqual(before);
      },
      2 * MINUTES,
    );

    it(
      'proves no table in which a bit is flipped, two values are swapped or an item is missing',
      async () => {
        const items = Array.from({ length: 50 }, (_, number) => ({
          ...keyOf(number, ['N']),
          blob: { B: Uint8Array.from({ length: 64 }, (_, at) => number + at) },
        }));
        const [one, other] = [items[7], items[8]] as [Item, Item];
        const flipped = Uint8Array.from(one.blob?.B ?? []);
        flipped[40] = (flipped[40] ?? 0) ^ 4;
        const pair = await pairOf('proven', ['N'], { restored: items, live: items });
        await expect(pair.verify(2)).resolves.toMatchObject({ items: 50 });
        const refusal = { name: 'TablesDiffer' };
        await pair.write(pair.live, [{ ...one, blob: { B: flipped } }]);
        await expect(pair.verify(2)).rejects.toMatchObject(refusal);
        await pair.write(pair.live, [
          { ...one, blob: other.blob as AttributeValue },
          { ...other, blob: one.blob as AttributeValue },
        ]);
        await expect(pair.verify(2)).rejects.toMatchObject(refusal);
        await pair.write(pair.live, [one, other], [keyOf(9, ['N'])]);
        await expect(pair.verify(2)).rejects.toMatchObject(refusal);
      },
      MINUTES,
    );

    it.each<KeyType>(['S', 'N', 'B'])(
      'plans as refused exactly the items that an index by a key of type %s does not let in',
      async (indexed) => {
        const pair = await TablePair.create(engine.client, {
          name: `indexed-${indexed}`,
          types: ['S'],
          indexed,
        });
        // What dynalite does not refuse is left out: a key that is empty.
        const values = NEAR_VALUES.flat().filter(({ S, B }) => S !== '' && B?.byteLength !== 0);
        const items = [{}, ...values.map((value) => ({ indexed: value }))].map((item, number) => ({
          ...keyOf(number, ['S']),
          ...item,
        }));
        await pair.write(pair.restored, items);
        const taken = await Promise.allSettled(items.map((item) => pair.write(pair.live, [item])));
        const refused = taken.filter(({ status }) => status === 'rejected').length;
        expect(refused).toBeGreaterThan(values.length / 2);
        await pair.write(
          pair.live,
          [],
          items.map((_, number) => keyOf(number, ['S'])),
        );
        await expect(pair.reset('plan', { segments: 2 })).resolves.toMatchObject({
          puts: items.length,
          refused,
        });
      },
      MINUTES,
    );

    it(
      'restores attributes whose names mean something to JavaScript',
      async ({ skip }) => {
        skip(!engine.keepsEveryName, `${name} loses an attribute named __proto__`);
        const named = (number: number, text: string): Item => ({
          ...keyOf(number, ['S']),
          ...(JSON.parse(
            `{"__proto__":{"M":{"__proto__":{"S":"${text}"}}},"constructor":{"S":"c"}}`,
          ) as Item),
        });
        const pair = await pairOf('names', ['S'], {
          restored: [named(1, 'good'), named(2, 'good')],
          live: [named(1, 'good'), named(2, 'bad'), named(3, 'extra')],
        });
        const differences = { puts: 1, deletes: 1, unchanged: 1 };
        await expect(pair.reset('apply', { segments: 1 })).resolves.toMatchObject(differences);
        const content = await pair.content(pair.live);
        expect(content).toEqual(await pair.content(pair.restored));
        expect(content.join()).toContain('"__proto__":M{"__proto__":S"good"}');
      },
      MINUTES,
    );
  });
}

interface Tables {
  readonly restored: readonly Item[];
  readonly live: readonly Item[];
}

const ORDERS = 6_000;

/** Of the restored orders, one in a hundred is gone and one changed; as many are extra. */
function manyOrders(): Tables {
  const order = (index: number, value: string): Item => ({
    pk: { S: `customer-${index % 997}` },
    sk: { N: `${index}.50` },
    tags: { SS: index % 2 === 0 ? ['a', 'b'] : ['b', 'a'] },
    value: { S: value.padEnd(280, '.') },
  });
  const restored = Array.from({ length: ORDERS }, (_, index) => order(index, 'good'));
  const live = restored.flatMap((each, index) =>
    index % 100 === 1 ? [] : [index % 100 === 2 ? order(index, 'bad') : each],
  );
  const extra = Array.from({ length: ORDERS / 100 }, (_, index) => order(ORDERS + index, 'extra'));
  return { restored, live: [...live, ...extra] };
}

/** Of every kind of value one that is unchanged, changed, gone, extra, or moved to another key. */
function everyKind(types: readonly KeyType[]) {
  const restored: Item[] = [];
  const live: Item[] = [];
  for (const [kind, [good, bad]] of NEAR_VALUES.entries()) {
    const key = (place: number) => keyOf(kind * 6 + place, types);
    const item = (place: number, value: AttributeValue): Item => ({ ...key(place), value });
    restored.push(item(0, good), item(1, good), item(2, good), item(4, good));
    live.push(item(0, respelled(good)), item(1, bad), item(3, good), item(5, good));
  }
  const kinds = NEAR_VALUES.length;
  return { restored, live, differences: { unchanged: kinds, puts: 3 * kinds, deletes: 2 * kinds } };
}
