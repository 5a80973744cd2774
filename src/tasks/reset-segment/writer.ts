import { BatchWriteItemCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { itemSize } from '../item/item-size.ts';
import type { ItemCalls } from '../item/item-calls.ts';
import type { Item, Key } from '../item/item.ts';

/** BatchWriteItem takes no more operations (API_BatchWriteItem). */
const OPERATIONS_AT_ONCE = 25;

/**
 * Bytes of items in one request, as `itemSize` counts them. The service's limit is 16 MB on the wire, where
 * base64 and the type tags of many small values make a request several times larger than its items.
 */
const BYTES_AT_ONCE = 4 * 2 ** 20;

/** Writes to one table in batches; nothing is certain to be written before `flush` has returned. */
export class Writer {
  readonly #calls: ItemCalls;
  readonly #table: string;
  /** By key identity, because a batch that names a key twice is refused whole. */
  readonly #batch = new Map<string, WriteRequest>();
  #bytes = 0;

  constructor(calls: ItemCalls, table: string) {
    this.#calls = calls;
    this.#table = table;
  }

  async put(identity: string, item: Item): Promise<void> {
    const size = itemSize(item);
    if (this.#bytes + size > BYTES_AT_ONCE) await this.flush();
    this.#bytes += size;
    await this.#add(identity, { PutRequest: { Item: item } });
  }

  async delete(identity: string, key: Key): Promise<void> {
    await this.#add(identity, { DeleteRequest: { Key: key } });
  }

  /**
   * Sends what is waiting, and again what DynamoDB left unprocessed, until all is written.
   * @throws OutOfTime when that outlasts the invocation; what was written stays written.
   */
  async flush(): Promise<void> {
    let open = [...this.#batch.values()];
    this.#batch.clear();
    this.#bytes = 0;
    for (let attempt = 0; open.length > 0; attempt += 1) {
      if (attempt > 0) await this.#calls.pause(attempt - 1);
      const command = new BatchWriteItemCommand({ RequestItems: { [this.#table]: open } });
      const answer = await this.#calls.send('BatchWriteItem', this.#table, () =>
        this.#calls.dynamodb.send(command),
      );
      open = answer.UnprocessedItems?.[this.#table] ?? [];
    }
  }

  async #add(identity: string, request: WriteRequest): Promise<void> {
    this.#batch.set(identity, request);
    if (this.#batch.size === OPERATIONS_AT_ONCE) await this.flush();
  }
}
