import { isDeepStrictEqual } from 'node:util';
import { database, type TableRecord } from '../../src/rehearsal/aws/dynamodb/dynalite.ts';
import type { Engine } from '../../src/rehearsal/aws/dynamodb/engine.ts';
import { canonicalKey, type WireItem } from '../../src/rehearsal/aws/dynamodb/wire-item.ts';
import { createTables } from '../tables/create-tables.ts';
import { fateOf, holds, type Side } from '../tables/fate.ts';
import { LIVE, RESTORED } from '../tables/names.ts';
import { Press } from '../tables/press.ts';
import { shapes } from '../tables/shapes.ts';

export interface Damage {
  /** Items that either table has. */
  readonly items: number;
  /** The share of them that was damaged, 0 to 1. */
  readonly damage: number;
}

/** What the items look like. */
export const SHAPE = shapes['1 KB'];

/** Makes a live table of items of about 1 KB with damage, its restored copy without, and a ledger. */
export async function makeDamagedTables(engine: Engine, damage: Damage): Promise<void> {
  await createTables(engine, SHAPE);
  for (const [side, name] of [
    ['restored', RESTORED],
    ['live', LIVE],
  ] as const)
    await engine.load(name, imagesOf(side, damage, (await engine.table(name)) as TableRecord));
}

function* imagesOf(side: Side, { items, damage }: Damage, table: TableRecord) {
  const press = new Press(SHAPE);
  for (let number = 0; number < items; number++) {
    const fate = fateOf(number, damage);
    if (!holds(side, fate)) continue;
    const text = press.text(number, side === 'live' && fate === 'overwritten');
    const key = database.createKey(JSON.parse(text) as WireItem, table);
    yield [key, { at: 0, text, bytes: press.sizeOf(number) }] as [
      string,
      { at: number; text: string; bytes: number },
    ];
  }
}

/** How many items are not the same in both tables. */
export async function differences(engine: Engine): Promise<number> {
  const keyNames = SHAPE.keys.map(({ name }) => name);
  const live = new Map((await engine.items(LIVE)).map((item) => [canonicalKey(item, keyNames), item]));
  let different = 0;
  for (const item of await engine.items(RESTORED)) {
    const key = canonicalKey(item, keyNames);
    if (!isDeepStrictEqual(live.get(key), item)) different += 1;
    live.delete(key);
  }
  return different + live.size;
}
