import { BatchGetItemCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { ItemCalls } from '../item/item-calls.ts';
import type { Key } from '../item/item.ts';
import { type WireItem, wireItem } from './wire-item.ts';

/** BatchGetItem takes no more (API_BatchGetItem). */
export const KEYS_AT_ONCE = 100;

/** What a table holds under some keys. */
export interface Counterparts {
  readonly items: readonly WireItem[];
  readonly readUnits: number;
}

/** Reads by key, strongly consistent, repeated until DynamoDB has answered for every key. */
export async function readCounterparts(
  calls: ItemCalls,
  table: string,
  keys: readonly Key[],
): Promise<Counterparts> {
  const items: WireItem[] = [];
  let readUnits = 0;
  let open: readonly Key[] = keys;
  for (let standstill = 0; open.length > 0;) {
    const command = new BatchGetItemCommand({
      RequestItems: { [table]: { Keys: [...open], ConsistentRead: true } },
      ReturnConsumedCapacity: 'TOTAL',
    });
    const answer = await calls.send('BatchGetItem', table, () => calls.dynamodb.send(command));
    items.push(...(answer.Responses?.[table] ?? []).map(wireItem));
    for (const { CapacityUnits = 0 } of answer.ConsumedCapacity ?? []) readUnits += CapacityUnits;
    const left = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    standstill = left.length < open.length ? 0 : standstill + 1;
    open = left;
    if (open.length > 0) await calls.pause(standstill);
  }
  return { items, readUnits };
}

/** The names of a table's key attributes. */
export async function readKeyNames(calls: ItemCalls, table: string): Promise<readonly string[]> {
  const command = new DescribeTableCommand({ TableName: table });
  const { Table } = await calls.send('DescribeTable', table, () => calls.dynamodb.send(command));
  return (Table?.KeySchema ?? []).map(({ AttributeName = '' }) => AttributeName);
}
