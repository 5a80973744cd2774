import { BatchGetItemCommand, type KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import type { ItemCalls } from '../item/item-calls.ts';
import type { Key } from '../item/item.ts';
import { type Spending, Unpaced } from '../pacing/spending.ts';
import { CUT_BY_SIZE, readUnits, unitsOf } from '../pacing/units.ts';
import { fromWire } from '../wire/from-wire.ts';
import { itemsAnswer } from '../wire/items-answer.ts';
import type { StoredItem, WireKey } from '../wire/stored-item.ts';
import { wireAnswer } from '../wire/wire-answer.ts';

/** BatchGetItem takes no more (API_BatchGetItem). */
export const KEYS_AT_ONCE = 100;

/** What a table holds now under some keys, at most `KEYS_AT_ONCE`: the items that exist, by key identity. */
export type Lookup = (keys: readonly Key[]) => Promise<ReadonlyMap<string, StoredItem>>;

interface Looked {
  readonly table: string;
  readonly key: WireKey;
  /** Of the table's read units; by default nothing is waited for. */
  readonly spending?: Spending;
}

/** Strongly consistent reads by key, repeated until DynamoDB has answered for every key. */
export function lookupIn(calls: ItemCalls, { table, key, spending = new Unpaced() }: Looked): Lookup {
  return async (keys) => {
    const found = new Map<string, StoredItem>();
    let open: readonly Key[] = keys;
    for (let attempt = 0; open.length > 0; attempt += 1) {
      if (attempt > 0) await calls.pause(attempt - 1);
      const request = {
        RequestItems: { [table]: { Keys: [...open], ConsistentRead: true } },
        ReturnConsumedCapacity: 'TOTAL' as const,
      };
      await spending.ready(open.length);
      const json = await calls.send('BatchGetItem', { table, spending }, () =>
        wireAnswer(calls.dynamodb, new BatchGetItemCommand(request), spending),
      );
      const { items, rest } = itemsAnswer(json, ['Responses', table], key);
      for (const item of items) found.set(item.identity, item);
      const left = unprocessed(rest, table);
      const absent = open.length - left.length - items.length;
      const units = unitsOf(rest, () => items.reduce((sum, { bytes }) => sum + readUnits(bytes), absent));
      spending.spent(units, open.length);
      if (left.length > 0 && units < CUT_BY_SIZE) spending.throttled();
      // An answer for a part is ordinary (16 MB at most): only a standstill makes the pauses longer.
      if (left.length < open.length) attempt = 0;
      open = left;
    }
    return found;
  };
}

function unprocessed({ UnprocessedKeys }: Readonly<Record<string, unknown>>, table: string): Key[] {
  const { Keys = [] } = (UnprocessedKeys as Record<string, KeysAndAttributes> | undefined)?.[table] ?? {};
  return Keys.map(fromWire);
}
