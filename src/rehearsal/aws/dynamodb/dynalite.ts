import { createRequire } from 'node:module';
import { place } from '../arn.ts';
import type { Fields } from '../json-rpc.ts';
import type { WireItem } from './wire-item.ts';

type Callback<Result = void> = (error: Error | null, result?: Result) => void;

/** One key space of dynalite's store. */
export interface KeySpace {
  put(key: string, value: unknown, callback: Callback): void;
  del(key: string, callback: Callback): void;
  batch(operations: readonly { type: 'put'; key: string; value: unknown }[], callback: Callback): void;
}

/** A table as DescribeTable shows it, as far as the embedded AWS reads it. */
export interface TableRecord extends Fields {
  readonly TableName: string;
  readonly TableArn: string;
  readonly TableId: string;
  readonly TableStatus: string;
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
  readonly AttributeDefinitions: readonly { readonly AttributeName: string }[];
  readonly BillingModeSummary?: { readonly BillingMode?: string };
  readonly ProvisionedThroughput?: Fields;
  readonly GlobalSecondaryIndexes?: readonly IndexRecord[];
  readonly LocalSecondaryIndexes?: readonly IndexRecord[];
}

export interface IndexRecord extends Fields {
  readonly IndexName: string;
  readonly KeySchema: TableRecord['KeySchema'];
}

export interface DynaliteStore {
  readonly db: {
    values(range: { gte: string; lt: string }): { all(): Promise<WireItem[]> };
    values(range: { gt: string; lt: string; limit: number; valueEncoding: 'utf8' }): {
      all(): Promise<string[]>;
    };
    close(): Promise<void>;
  };
  readonly tableDb: KeySpace & { awsAccountId: string; awsRegion: string };
  getItemDb: (table: string) => KeySpace;
  getTable(name: string, usableOnly: boolean, callback: Callback<TableRecord>): void;
}

/** The fields that dynalite sets on an error it answers. */
export interface DynaliteError extends Error {
  readonly statusCode?: number;
  readonly body?: { readonly __type: string; readonly message?: string; readonly Message?: string };
}

type Action = (store: DynaliteStore, data: object, callback: Callback<Fields>) => void;

interface ActionRules {
  readonly types: object;
  readonly custom?: object;
}

interface Validations {
  checkTypes(data: Fields, types: object): object;
  checkValidations(data: object, types: object, ...rest: [object | undefined, DynaliteStore]): void;
}

interface Database {
  create(options: { createTableMs: number; deleteTableMs: number; updateTableMs: number }): DynaliteStore;
  createKey(item: WireItem, table: TableRecord): string;
  itemSize(item: WireItem): number;
  updateIndexes(store: DynaliteStore, table: TableRecord, ...rest: [undefined, WireItem, Callback]): void;
}

// dynalite ships no types, and its HTTP server answers only over a socket of its own. Its parts, called
// directly, save a second HTTP exchange and a second JSON parse on every call.
const load = createRequire(import.meta.url);
const validations = load('dynalite/validations') as Validations;

export const database = load('dynalite/db') as Database;

/** A fresh store in memory, whose tables change state at once. */
export function createStore(): DynaliteStore {
  const store = database.create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  store.tableDb.awsAccountId = place.account;
  store.tableDb.awsRegion = place.region;
  return store;
}

/**
 * One DynamoDB operation of dynalite: input checked, then performed.
 * @param operation its name in lower camel case, for example `batchWriteItem`.
 */
export function operationOf(operation: string): (store: DynaliteStore, input: Fields) => Promise<Fields> {
  const perform = load(`dynalite/actions/${operation}`) as Action;
  const rules = load(`dynalite/validations/${operation}`) as ActionRules;
  return (store, input) =>
    new Promise((resolve, reject) => {
      const data = validations.checkTypes({ ...input }, rules.types);
      validations.checkValidations(data, rules.types, rules.custom, store);
      perform(store, data, (error, output) => (error ? reject(error) : resolve(output ?? {})));
    });
}
