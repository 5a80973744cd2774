import { createHash } from 'node:crypto';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import type { TaskClock } from '../../../src/tasks/handler.ts';
import { itemSize } from '../../../src/tasks/item/item-size.ts';
import type { Item } from '../../../src/tasks/item/item.ts';
import { readUnits, writeUnits } from '../../../src/tasks/pacing/units.ts';
import { itemDigest } from '../../../src/tasks/verify-segment/item-digest.ts';
import { OverlappingClock } from '../../support/overlapping-clock.ts';
import { wireJson } from '../../../src/tasks/wire/from-wire.ts';
import { wireItem } from '../../support/wire-item.ts';

/** One item of one batch, as it was applied. */
export interface Write {
  readonly table: string;
  readonly kind: 'put' | 'delete';
  readonly key: string;
  /** Whether the table holds the same as before. */
  readonly idle: boolean;
  /** Items in the table afterwards. */
  readonly left: number;
}

export interface Behaviour {
  /** Items in a page. */
  readonly pageSize: number;
  /** Whether all tables scan in one order and divide into segments alike. */
  readonly alike: boolean;
  /** How often, 0 to 1, something is left unprocessed or throttled. */
  readonly trouble: number;
  /** Numbers of the calls whose answer is lost; odd ones after they were applied. */
  readonly losses: readonly number[];
  readonly seed: string;
  /** Whether an answer tells the units used, when asked. */
  readonly tells: boolean;
  /** Units a second that a table gives, with one second's worth of burst. Default any number. */
  readonly limits: Readonly<Record<string, Readonly<Partial<Record<Kind, number>>>>>;
  /** Whether calls and sleeps of several callers overlap; else each one moves the clock on by itself. */
  readonly overlapping: boolean;
}

type Kind = 'write' | 'read';

/** Units used, and when. */
export interface Use {
  readonly table: string;
  readonly kind: Kind;
  readonly units: number;
  readonly at: number;
}

interface Table {
  readonly keyNames: readonly string[];
  readonly items: Map<string, Item>;
}

export const PLAIN: Behaviour = {
  pageSize: 4,
  alike: true,
  trouble: 0,
  losses: [],
  seed: 'plain',
  tells: true,
  limits: {},
  overlapping: false,
};

const START = Date.UTC(2026, 0, 1);
/** Of a scan's page at most: the item that goes beyond is its last. */
const PAGE_BYTES = 2 ** 20;
/** Milliseconds that a call takes. */
const LATENCY = 10;

/**
 * DynamoDB in memory with the properties that a reset must withstand: scans in hash order, which the tables
 * need not share, small pages, partial answers, throttling, lost answers. What the real service refuses, it
 * refuses.
 */
export class MemoryDynamodb {
  readonly writes: Write[] = [];
  readonly operations: string[] = [];
  readonly uses: Use[] = [];
  readonly clock: TaskClock & { time: number };
  readonly behaviour: Behaviour;
  /** DescribeTable's answers, by table, over the usual ones. */
  readonly described = new Map<string, object>();
  #tables = new Map<string, Table>();
  readonly #left = new Map<string, { at: number; units: number }>();
  #calls = 0;
  #drawn = 0;

  constructor(behaviour: Partial<Behaviour> = {}) {
    this.behaviour = { ...PLAIN, ...behaviour };
    this.clock = this.behaviour.overlapping ? new OverlappingClock(START) : new EagerClock(START);
  }

  /** As the SDK's client, as far as the tasks use it. */
  get client(): DynamoDBClient {
    return { send: (command: unknown) => this.#send(command) } as unknown as DynamoDBClient;
  }

  /** The same tables to somebody whom nothing befalls, whom nothing hinders and whose calls are not counted here. */
  undisturbed(): MemoryDynamodb {
    const { pageSize, alike, seed } = this.behaviour;
    const other = new MemoryDynamodb({ pageSize, alike, seed });
    other.#tables = this.#tables;
    for (const [table, description] of this.described) other.described.set(table, description);
    return other;
  }

  fill(name: string, keyNames: readonly string[], items: readonly Item[] = []): void {
    this.#tables.set(name, {
      keyNames,
      items: new Map(items.map((item) => [keyText(item, keyNames), item])),
    });
  }

  items(name: string): Item[] {
    return [...this.#table(name).items.values()];
  }

  /** The content as the service would show it, for comparison. */
  content(name: string): Map<string, string> {
    return new Map(
      [...this.#table(name).items]
        .map(([key, item]) => [key, digestOf(item)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  }

  async #send(command: unknown): Promise<object> {
    const call = (this.#calls += 1);
    const operation = (command as object).constructor.name.replace('Command', '');
    this.operations.push(operation);
    await this.clock.sleep(LATENCY);
    const lost = this.behaviour.losses.includes(call);
    if (lost && call % 2 === 0) throw failure('Lost', 'secret-pk is in this message');
    if (!(command instanceof DescribeTableCommand) && this.#happens(this.behaviour.trouble / 3))
      throw failure('ProvisionedThroughputExceededException', 'secret-pk is in this message');
    const answer = this.#perform(command);
    if (lost) throw failure('Lost', 'secret-pk is in this message');
    return structuredClone(answer);
  }

  #perform(command: unknown): object {
    if (command instanceof ScanCommand) return this.#scan(command.input);
    if (command instanceof BatchGetItemCommand) return this.#batchGet(command.input);
    if (command instanceof BatchWriteItemCommand) return this.#batchWrite(command.input);
    if (command instanceof DescribeTableCommand) return this.#describe(command.input.TableName ?? '');
    if (command instanceof GetItemCommand) {
      const { TableName = '', Key = {} } = command.input;
      const { items, keyNames } = this.#table(TableName);
      return { Item: items.get(keyText(Key, keyNames)) };
    }
    if (command instanceof PutItemCommand) {
      const { TableName = '', Item = {} } = command.input;
      const { items, keyNames } = this.#table(TableName);
      if (JSON.stringify(Item).length > 400 * 2 ** 10) throw failure('ValidationException', 'item too large');
      items.set(keyText(Item, keyNames), structuredClone(Item));
      return {};
    }
    if (command instanceof DeleteItemCommand) {
      const { TableName = '', Key = {} } = command.input;
      const { items, keyNames } = this.#table(TableName);
      items.delete(keyText(Key, keyNames));
      return {};
    }
    if (command instanceof QueryCommand) return this.#query(command.input);
    throw new Error(`the memory has no ${(command as object).constructor.name}`);
  }

  #scan(input: ScanCommand['input']): object {
    const {
      TableName = '',
      Segment = 0,
      TotalSegments = 1,
      ExclusiveStartKey,
      Limit,
      ConsistentRead,
    } = input;
    if (ConsistentRead !== true) throw new Error(`the scan of ${TableName} is not consistent`);
    const { items, keyNames } = this.#table(TableName);
    const salt = this.behaviour.alike ? '' : TableName;
    const place = (key: string) => hash(`${this.behaviour.seed}/${salt}/order/${key}`);
    const after = ExclusiveStartKey ? place(keyText(ExclusiveStartKey, keyNames)) : -1;
    const rest = [...items]
      .filter(([key]) => hash(`${this.behaviour.seed}/${salt}/segment/${key}`) % TotalSegments === Segment)
      .map(([key, item]) => ({ at: place(key), item }))
      .filter(({ at }) => at > after)
      .sort((a, b) => a.at - b.at);
    const most = rest.slice(0, Math.min(this.behaviour.pageSize, Limit ?? Infinity));
    let bytes = 0;
    const page = most.filter(({ item }) => {
      const fits = bytes < PAGE_BYTES;
      bytes += itemSize(item);
      return fits;
    });
    const last = page.at(-1)?.item;
    const units = readUnits(page.reduce((sum, { item }) => sum + itemSize(item), 0));
    if (!this.#give(TableName, 'read', units)) throw failure('ProvisionedThroughputExceededException', '');
    return {
      ...this.#told(input, units),
      Items: page.map(({ item }) => item),
      LastEvaluatedKey: last && rest.length > page.length ? onlyKey(last, keyNames) : undefined,
    };
  }

  #batchGet(input: BatchGetItemCommand['input']): object {
    const [table, request] = only(input.RequestItems ?? {});
    const keys = request.Keys ?? [];
    if (keys.length === 0 || keys.length > 100) throw failure('ValidationException', `${keys.length} keys`);
    if (request.ConsistentRead !== true) throw new Error(`the read of ${table} is not consistent`);
    const { items, keyNames } = this.#table(table);
    const costs = keys.map((key) => readUnits(itemSize(items.get(keyText(key, keyNames)) ?? {})));
    const left = keys.filter(
      (_key, index) =>
        this.#happens(this.behaviour.trouble) || !this.#give(table, 'read', costs[index] as number),
    );
    const units = sum(keys.map((key, index) => (left.includes(key) ? 0 : (costs[index] as number))));
    if (units === 0 && this.behaviour.trouble === 0)
      throw failure('ProvisionedThroughputExceededException', '');
    const found = keys
      .filter((key) => !left.includes(key))
      .map((key) => items.get(keyText(key, keyNames)))
      .filter((item) => item !== undefined);
    return {
      ...this.#told(input, [units]),
      Responses: { [table]: found.reverse() },
      UnprocessedKeys: left.length > 0 ? { [table]: { Keys: left, ConsistentRead: true } } : {},
    };
  }

  #batchWrite(input: BatchWriteItemCommand['input']): object {
    const [table, batch] = only(input.RequestItems ?? {});
    const { items, keyNames } = this.#table(table);
    const keys = batch.map((write) =>
      keyText(write.PutRequest?.Item ?? write.DeleteRequest?.Key ?? {}, keyNames),
    );
    if (batch.length === 0 || batch.length > 25 || new Set(keys).size < keys.length)
      throw failure('ValidationException', `${batch.length} writes, or a key twice`);
    let units = 0;
    const left = batch.filter((write, index) => {
      if (this.#happens(this.behaviour.trouble)) return true;
      const key = keys[index] as string;
      const before = items.get(key);
      const item = write.PutRequest?.Item;
      const cost = writeUnits(Math.max(itemSize(before ?? {}), itemSize(item ?? {})));
      if (!this.#give(table, 'write', cost)) return true;
      units += cost;
      if (item) items.set(key, structuredClone(item));
      else items.delete(key);
      const idle = item ? before !== undefined && digestOf(before) === digestOf(item) : !before;
      this.writes.push({ table, kind: item ? 'put' : 'delete', key, idle, left: items.size });
      return false;
    });
    if (units === 0 && this.behaviour.trouble === 0)
      throw failure('ProvisionedThroughputExceededException', '');
    return {
      ...this.#told(input, [units]),
      UnprocessedItems: left.length > 0 ? { [table]: left } : {},
    };
  }

  /** Uses a table's units as long as any are left, as the service does; false when none are. */
  #give(table: string, kind: Kind, units: number): boolean {
    const perSecond = this.behaviour.limits[table]?.[kind];
    const at = this.clock.now();
    if (perSecond !== undefined) {
      const before = this.#left.get(`${table}/${kind}`) ?? { at, units: perSecond };
      const left = Math.min(perSecond, before.units + ((at - before.at) * perSecond) / 1000);
      this.#left.set(`${table}/${kind}`, { at, units: left > 0 ? left - units : left });
      if (left <= 0) return false;
    }
    this.uses.push({ table, kind, units, at });
    return true;
  }

  #told(
    { ReturnConsumedCapacity }: { ReturnConsumedCapacity?: string | undefined },
    units: number | number[],
  ) {
    if (ReturnConsumedCapacity !== 'TOTAL' || !this.behaviour.tells) return {};
    const told = (CapacityUnits: number) => ({ CapacityUnits });
    return { ConsumedCapacity: Array.isArray(units) ? units.map(told) : told(units) };
  }

  #query({
    TableName = '',
    ExpressionAttributeValues = {},
    Limit,
    ConsistentRead,
  }: QueryCommand['input']): object {
    if (ConsistentRead !== true) throw new Error('the query is not consistent');
    const pk = ExpressionAttributeValues[':pk']?.S;
    const sk = ExpressionAttributeValues[':sk']?.S ?? '';
    const found = this.items(TableName)
      .filter((item) => item.pk?.S === pk && item.sk?.S?.startsWith(sk))
      .sort((a, b) => ((a.sk?.S ?? '') < (b.sk?.S ?? '') ? -1 : 1));
    return { Items: found.slice(0, Limit) };
  }

  #describe(table: string): object {
    const { keyNames } = this.#table(table);
    return {
      Table: {
        TableName: table,
        TableArn: arnOf(table),
        TableStatus: 'ACTIVE',
        KeySchema: keyNames.map((name, index) => ({
          AttributeName: name,
          KeyType: index === 0 ? 'HASH' : 'RANGE',
        })),
        AttributeDefinitions: keyNames.map((name) => ({ AttributeName: name, AttributeType: 'S' })),
        ...this.described.get(table),
      },
    };
  }

  #table(name: string): Table {
    const table = this.#tables.get(name);
    if (!table) throw failure('ResourceNotFoundException', `no table ${name}`);
    return table;
  }

  #happens(chance: number): boolean {
    return hash(`${this.behaviour.seed}/chance/${(this.#drawn += 1)}`) / 2 ** 32 < chance;
  }
}

class EagerClock implements TaskClock {
  time: number;

  constructor(start: number) {
    this.time = start;
  }

  now(): number {
    return this.time;
  }

  async sleep(milliseconds: number): Promise<void> {
    this.time += milliseconds;
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);

function digestOf(item: Item): string {
  return itemDigest(wireItem(item));
}

export function arnOf(table: string): string {
  return `arn:aws:dynamodb:us-east-1:123456789012:table/${table}`;
}

function only<T>(requests: Record<string, T>): [table: string, request: T] {
  const [first, ...others] = Object.entries(requests);
  if (!first || others.length > 0) throw new Error('a batch for one table was expected');
  return first;
}

function keyText(item: Item, keyNames: readonly string[]): string {
  return wireJson(onlyKey(item, keyNames));
}

function onlyKey(item: Item, keyNames: readonly string[]): Item {
  return Object.fromEntries(keyNames.map((name) => [name, item[name] ?? { NULL: true }]));
}

function hash(text: string): number {
  return createHash('md5').update(text).digest().readUInt32LE();
}

function failure(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
