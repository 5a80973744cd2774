import { AwsError } from '../aws-error.ts';
import type { Fields } from '../json-rpc.ts';
import {
  createStore,
  database,
  operationOf,
  type DynaliteError,
  type KeySpace,
  type TableRecord,
} from './dynalite.ts';
import type { Image } from './history.ts';
import type { WireItem } from './wire-item.ts';

/** One write as the engine performed it. */
export interface EngineWrite {
  readonly table: string;
  readonly key: string;
  /** What the key holds from now on; undefined when it was deleted. */
  readonly item: WireItem | undefined;
}

type Perform = ReturnType<typeof operationOf>;

/** How many items are copied before other requests get their turn. */
const LOAD_CHUNK = 250;

/**
 * The DynamoDB data plane: dynalite in this process, in memory.
 *
 * Every write is told to `onWrite` at the place where dynalite stores it, under its lock of that key. So the
 * listener sees the item after the write, whichever operation made it, in the order in which they took effect,
 * and never one that was refused.
 */
export class Engine {
  readonly #store = createStore();
  readonly #operations = new Map<string, Perform>();
  readonly #openUnheard: (table: string) => KeySpace;

  constructor(onWrite: (write: EngineWrite) => void) {
    const openItems = this.#store.getItemDb;
    this.#store.getItemDb = (table) => {
      const items = openItems(table);
      return {
        ...items,
        put: (key, value, callback) => {
          onWrite({ table, key, item: value as WireItem });
          items.put(key, value, callback);
        },
        del: (key, callback) => {
          onWrite({ table, key, item: undefined });
          items.del(key, callback);
        },
      };
    };
    this.#openUnheard = openItems;
  }

  /** Performs one operation as DynamoDB names it. @throws AwsError as DynamoDB would answer. */
  async call(operation: string, input: Fields): Promise<Fields> {
    let perform = this.#operations.get(operation);
    if (perform === undefined) {
      perform = operationOf(operation.charAt(0).toLowerCase() + operation.slice(1));
      this.#operations.set(operation, perform);
    }
    try {
      return await perform(this.#store, input);
    } catch (error) {
      throw translated(error as DynaliteError);
    }
  }

  /** Performs a change to a table and waits until it has taken effect. */
  async changeTable(
    operation: 'CreateTable' | 'UpdateTable' | 'DeleteTable',
    input: Fields,
  ): Promise<TableRecord> {
    const output = await this.call(operation, input);
    const described = { ...(output['TableDescription'] as TableRecord) };
    // dynalite completes the change in a timer of its own, set before this one and with the same delay.
    await new Promise((resolve) => setTimeout(resolve, 0));
    return described;
  }

  /** The engine's own description of a table, undefined when there is none. */
  table(name: string): Promise<TableRecord | undefined> {
    return new Promise((resolve) => {
      this.#store.getTable(name, false, (_missing, table) => resolve(table));
    });
  }

  /** A table that is CREATING refuses every item operation, as DynamoDB does. */
  async setStatus(name: string, status: 'CREATING' | 'ACTIVE'): Promise<void> {
    const table = await this.table(name);
    if (table === undefined) return;
    await settled((done) => this.#store.tableDb.put(name, { ...table, TableStatus: status }, done));
  }

  /** Fills a table, its indexes included, without telling the listener: this is a restore, not a write. */
  async load(name: string, images: Iterable<[string, Image & { readonly text: string }]>): Promise<void> {
    const table = (await this.table(name)) as TableRecord;
    const indexed = table.GlobalSecondaryIndexes !== undefined || table.LocalSecondaryIndexes !== undefined;
    const items = this.#openUnheard(name);
    let chunk: { type: 'put'; key: string; value: WireItem }[] = [];
    const flush = async () => {
      const full = chunk;
      chunk = [];
      await settled((done) => items.batch(full, done));
      if (!indexed) return;
      await Promise.all(
        full.map(({ value }) =>
          settled((done) => database.updateIndexes(this.#store, table, undefined, value, done)),
        ),
      );
    };
    for (const [key, image] of images) {
      chunk.push({ type: 'put', key, value: JSON.parse(image.text) as WireItem });
      if (chunk.length === LOAD_CHUNK) await flush();
    }
    await flush();
  }

  /** Every item that the engine holds in a table. */
  items(name: string): Promise<WireItem[]> {
    const space = `item-${name}~`;
    return this.#store.db.values({ gte: space, lt: `${space}\u00ff` }).all();
  }

  /**
   * Items of a table as the engine keeps them, as JSON in the order of a scan.
   * @param range the engine's keys between which they are, at most so many.
   */
  texts(name: string, range: { readonly after: string; readonly before: string; readonly most: number }) {
    const space = `item-${name}~`;
    const { after, before, most } = range;
    const within = { gt: space + after, lt: space + before, limit: most, valueEncoding: 'utf8' as const };
    return this.#store.db.values(within).all();
  }

  /** An item's size in bytes as DynamoDB counts it. */
  sizeOf(item: WireItem): number {
    return database.itemSize(item);
  }

  close(): Promise<void> {
    return this.#store.db.close();
  }
}

function translated(error: DynaliteError): unknown {
  if (error.body === undefined) return error;
  const { __type: type, message = error.body.Message } = error.body;
  return new AwsError(type.split('#').at(-1) as string, message ?? '', { status: error.statusCode ?? 400 });
}

function settled(start: (done: (error: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
}
