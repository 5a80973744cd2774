import { BatchGetItemCommand, type KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import type { ItemCalls } from '../item/item-calls.ts';
import type { Key } from '../item/item.ts';
import { fromWire } from '../wire/from-wire.ts';
import { itemsAnswer } from '../wire/items-answer.ts';
import type { StoredItem, WireKey } from '../wire/stored-item.ts';
import { wireAnswer } from '../wire/wire-answer.ts';

/** BatchGetItem takes no more (API_BatchGetItem). */
export const KEYS_AT_ONCE = 100;

/** What a table holds now under some keys, at most `KEYS_AT_ONCE`: the items that exist, by key identity. */
export type Lookup = (keys: readonly Key[]) => Promise<ReadonlyMap<string, StoredItem>>;

/** Strongly consistent reads by key, repeated until DynamoDB has answered for every key. */
export function lookupIn(
  calls: ItemCalls,
  { table, key }: { readonly table: string; readonly key: WireKey },
): Lookup {
  return async (keys) => {
    const found = new Map<string, StoredItem>();
    let open: readonly Key[] = keys;
    for (let attempt = 0; open.length > 0; attempt += 1) {
      if (attempt > 0) await calls.pause(attempt - 1);
      const request = { [table]: { Keys: [...open], ConsistentRead: true } };
      const json = await calls.send('BatchGetItem', table, () =>
        wireAnswer(calls.dynamodb, new BatchGetItemCommand({ RequestItems: request })),
      );
      const { items, rest } = itemsAnswer(json, ['Responses', table], key);
      for (const item of items) found.set(item.identity, item);
      const left = unprocessed(rest, table);
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
