import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import type { ItemCalls } from '../item/item-calls.ts';
import type { Item, Key, KeyNames } from '../item/item.ts';
import { keyIdentity } from '../item/key-identity.ts';

/** BatchGetItem takes no more (API_BatchGetItem). */
export const KEYS_AT_ONCE = 100;

/** What a table holds now under some keys, at most `KEYS_AT_ONCE`: the items that exist, by key identity. */
export type Lookup = (keys: readonly Key[]) => Promise<ReadonlyMap<string, Item>>;

/** Strongly consistent reads by key, repeated until DynamoDB has answered for every key. */
export function lookupIn(
  calls: ItemCalls,
  { table, keyNames }: { readonly table: string; readonly keyNames: KeyNames },
): Lookup {
  return async (keys) => {
    const found = new Map<string, Item>();
    let open: readonly Key[] = keys;
    for (let attempt = 0; open.length > 0; attempt += 1) {
      if (attempt > 0) await calls.pause(attempt - 1);
      const command = new BatchGetItemCommand({
        RequestItems: { [table]: { Keys: [...open], ConsistentRead: true } },
      });
      const answer = await calls.send('BatchGetItem', table, () => calls.dynamodb.send(command));
      for (const item of answer.Responses?.[table] ?? []) found.set(keyIdentity(item, keyNames), item);
      const left = answer.UnprocessedKeys?.[table]?.Keys ?? [];
      // An answer for a part is ordinary (16 MB at most): only a standstill makes the pauses longer.
      if (left.length < open.length) attempt = 0;
      open = left;
    }
    return found;
  };
}
