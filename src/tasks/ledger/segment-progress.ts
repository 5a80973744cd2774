import { createHash } from 'node:crypto';
import {
  type AttributeValue,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { ItemCalls } from '../item/item-calls.ts';
import type { Item, Key } from '../item/item.ts';
import { incidentPartition } from './ledger.ts';

/** Where a record lies in the ledger. */
export interface RecordKey {
  readonly pk: string;
  readonly sk: string;
}

interface Segment {
  readonly incidentId: string;
  readonly run: string;
  readonly table: string;
  readonly segment: number;
}

interface Mode {
  readonly mode: 'plan' | 'apply';
}

/** How far a scan has come: not begun, after the item with this key, or through. */
export type Cursor = 'start' | 'end' | Key;

/** The record of one segment's reset in one run and mode. */
export function resetRecordKey(segment: Segment & Mode): RecordKey {
  const { pk, sk } = resetRecordsOf(segment);
  return { pk, sk: `${sk}${segment.segment}` };
}

/** Where the reset records of all segments of a table begin; their lists of keys to delete lie among them. */
export function resetRecordsOf({ incidentId, run, mode, table }: Omit<Segment, 'segment'> & Mode): RecordKey {
  return { pk: incidentPartition(incidentId), sk: `reset#${runHash(run)}#${mode}#${table}#` };
}

/** The record of one segment's verification in one run. */
export function verifyRecordKey(segment: Segment): RecordKey {
  const { pk, sk } = verifyRecordsOf(segment);
  return { pk, sk: `${sk}${segment.segment}` };
}

/** Where the verification records of all segments of a table begin. */
export function verifyRecordsOf(table: Omit<Segment, 'segment'>): RecordKey {
  return { pk: incidentPartition(table.incidentId), sk: `verify#${runHash(table.run)}#${table.table}#` };
}

/** A run's ARN, short enough to be part of every sort key. */
export function runHash(run: string): string {
  return createHash('sha256').update(run).digest('hex').slice(0, 24);
}

/** Records of scan segments in the ledger table, read with strong consistency. */
export class SegmentLedger {
  readonly #calls: ItemCalls;
  readonly #table: string;

  /** @param table the ledger table's name. */
  constructor(calls: ItemCalls, table: string) {
    this.#calls = calls;
    this.#table = table;
  }

  async read({ pk, sk }: RecordKey): Promise<Item | undefined> {
    const command = new GetItemCommand({
      TableName: this.#table,
      Key: { pk: { S: pk }, sk: { S: sk } },
      ConsistentRead: true,
    });
    const answer = await this.#send('GetItem', () => this.#calls.dynamodb.send(command));
    return answer.Item;
  }

  /** Writes the whole record, over whatever was there. */
  async write({ pk, sk }: RecordKey, attributes: Item): Promise<void> {
    const command = new PutItemCommand({
      TableName: this.#table,
      Item: { ...attributes, pk: { S: pk }, sk: { S: sk } },
    });
    await this.#send('PutItem', () => this.#calls.dynamodb.send(command));
  }

  async remove({ pk, sk }: RecordKey): Promise<void> {
    const command = new DeleteItemCommand({
      TableName: this.#table,
      Key: { pk: { S: pk }, sk: { S: sk } },
    });
    await this.#send('DeleteItem', () => this.#calls.dynamodb.send(command));
  }

  /** The first record whose sort key starts with `start.sk`, in sort-key order. */
  async first(start: RecordKey): Promise<Item | undefined> {
    const { Items } = await this.#query(start, { limit: 1 });
    return Items?.[0];
  }

  /** Every record whose sort key starts with `start.sk`, in sort-key order. */
  async all(start: RecordKey): Promise<Item[]> {
    const records: Item[] = [];
    let after: Key | undefined;
    do {
      const page = await this.#query(start, { after });
      records.push(...(page.Items ?? []));
      after = page.LastEvaluatedKey;
    } while (after);
    return records;
  }

  #query({ pk, sk }: RecordKey, page: { readonly limit?: number; readonly after?: Key | undefined }) {
    const command = new QueryCommand({
      TableName: this.#table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': { S: pk }, ':sk': { S: sk } },
      ConsistentRead: true,
      Limit: page.limit,
      ExclusiveStartKey: page.after,
    });
    return this.#send('Query', () => this.#calls.dynamodb.send(command));
  }

  #send<T>(operation: string, request: () => Promise<T>): Promise<T> {
    return this.#calls.send(operation, this.#table, request);
  }
}

export function cursorValue(cursor: Cursor): AttributeValue {
  return typeof cursor === 'string' ? { S: cursor } : { M: cursor };
}

export function cursorFrom(value: AttributeValue | undefined): Cursor {
  return value?.M ?? (value?.S === 'end' ? 'end' : 'start');
}

/** A count in a record: a whole number of our own, so a JavaScript number holds it. */
export function countValue(count: number): AttributeValue {
  return { N: String(count) };
}

export function countFrom(value: AttributeValue | undefined): number {
  return Number(value?.N ?? 0);
}
