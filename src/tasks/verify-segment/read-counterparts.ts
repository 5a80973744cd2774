import { BatchGetItemCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { ItemCalls, PacedTable } from '../item/item-calls.ts';
import type { Key } from '../item/item.ts';
import { CUT_BY_SIZE } from '../pacing/units.ts';
import { wireAnswer } from '../wire/wire-answer.ts';
import type { WireItem } from '../wire/wire-item.ts';
import { sdkKey } from './wire-key.ts';

/** BatchGetItem takes no more (API_BatchGetItem). */
export const KEYS_AT_ONCE = 100;

/** What a table holds under some keys. */
export interface Counterparts {
  readonly items: readonly WireItem[];
  readonly readUnits: number;
}

/** What is used of a BatchGetItem's answer (API_BatchGetItem). */
interface BatchAnswer {
  readonly Responses?: Readonly<Record<string, readonly WireItem[]>>;
  readonly UnprocessedKeys?: Readonly<Record<string, { readonly Keys?: readonly WireItem[] }>>;
  readonly ConsumedCapacity?: readonly { readonly CapacityUnits?: number }[];
}

/** Reads by key, strongly consistent, repeated until DynamoDB has answered for every key. */
export async function readCounterparts(
  calls: ItemCalls,
  { table, spending }: PacedTable,
  keys: readonly Key[],
): Promise<Counterparts> {
  const items: WireItem[] = [];
  let readUnits = 0;
  let open: readonly Key[] = keys;
  for (let standstill = 0; open.length > 0;) {
    const input = {
      RequestItems: { [table]: { Keys: [...open], ConsistentRead: true } },
      ReturnConsumedCapacity: 'TOTAL' as const,
    };
    await spending.ready(open.length);
    const json = await calls.send('BatchGetItem', { table, spending }, () =>
      wireAnswer(calls.dynamodb, new BatchGetItemCommand(input), spending),
    );
    const { Responses, UnprocessedKeys, ConsumedCapacity = [] } = JSON.parse(json.toString()) as BatchAnswer;
    items.push(...(Responses?.[table] ?? []));
    let units = 0;
    for (const { CapacityUnits = 0 } of ConsumedCapacity) units += CapacityUnits;
    readUnits += units;
    spending.spent(units, open.length);
    const left = UnprocessedKeys?.[table]?.Keys ?? [];
    if (left.length > 0 && units < CUT_BY_SIZE) spending.throttled();
    // An answer for a part is ordinary (16 MB at most): only a standstill makes the pauses longer.
    standstill = left.length < open.length ? 0 : standstill + 1;
    open = left.map(sdkKey);
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
