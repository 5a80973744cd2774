import type { BatchWriteItemCommandOutput } from '@aws-sdk/client-dynamodb';
import type { ItemCalls } from '../item/item-calls.ts';
import type { Key } from '../item/item.ts';
import { type Spending, Unpaced } from '../pacing/spending.ts';
import { unitsOf, writeUnits } from '../pacing/units.ts';
import type { StoredItem } from '../wire/stored-item.ts';
import { wireAnswer } from '../wire/wire-answer.ts';
import { type WireRequest, wireDelete, wirePut, wireUnprocessed, wireWrite } from '../wire/wire-write.ts';
import { Scattered, type Waiting } from './scattered.ts';

/** BatchWriteItem takes no more operations (API_BatchWriteItem). */
const OPERATIONS_AT_ONCE = 25;

/** Bytes of items in one request; the service's limit is 16 MB (API_BatchWriteItem). */
const BYTES_AT_ONCE = 4 * 2 ** 20;

/**
 * Requests under way at a time. At 15 ms each, items of 1 KB go through in proportion to it up to some 16, from
 * where serialising them keeps one core busy; twelve are far more than one partition takes (1,000 units a second).
 */
const REQUESTS_AT_ONCE = 12;

/** From this many waiting operations on, batches are sent: the choice that scatters them. */
const CHOICE = { number: 500, bytes: 8 * 2 ** 20 };
/** With this many, whoever brings another waits. */
const FULL = { number: 2_000, bytes: 16 * 2 ** 20 };

interface Operation extends Waiting {
  readonly request: WireRequest;
  /** As estimated. */
  readonly units: number;
}

interface WriterRules {
  readonly spending?: Spending | undefined;
  readonly mayWrite?: () => Promise<void>;
}

/**
 * Writes to one table: batches drawn at random from what waits, several requests at a time. Nothing is certain
 * to be written before `flush` has returned. Of one key the latest operation counts: the one that waits is
 * replaced, and one that is under way is finished first.
 */
export class Writer {
  readonly #calls: ItemCalls;
  readonly #table: string;
  readonly #spending: Spending;
  readonly #mayWrite: () => Promise<void>;
  readonly #waiting: Scattered<Operation>;
  /** By their keys' identities: a batch that names a key twice is refused whole. */
  readonly #underWay = new Set<string>();
  readonly #requests = new Set<Promise<void>>();
  /** Why nothing more is sent. */
  #stopped: { readonly error: unknown } | undefined;

  /**
   * @param spending of write units of the table; by default nothing is waited for.
   * @param mayWrite asked before every request, repetitions included; throws to prevent it. By default nobody is.
   */
  constructor(
    calls: ItemCalls,
    table: string,
    { spending = new Unpaced(), mayWrite = async () => {} }: WriterRules = {},
  ) {
    this.#calls = calls;
    this.#table = table;
    this.#spending = spending;
    this.#mayWrite = mayWrite;
    this.#waiting = new Scattered(calls.random);
  }

  /** @throws what a request has failed with; then no request is under way any more. */
  async put(item: StoredItem): Promise<void> {
    const { identity, bytes } = item;
    await this.#add({ identity, bytes, units: writeUnits(bytes), request: wirePut(item) });
  }

  /** @throws what a request has failed with; then no request is under way any more. */
  async delete(identity: string, key: Key): Promise<void> {
    const request = wireDelete(key);
    await this.#add({ identity, bytes: request.length, units: 1, request });
  }

  /**
   * Sends what is waiting, and again what DynamoDB left unprocessed, until all is written.
   * @throws OutOfTime when that outlasts the invocation; what was written stays written.
   */
  async flush(): Promise<void> {
    while (!this.#stopped && this.#waiting.size > 0) {
      this.#sendWhile(() => this.#waiting.size > 0);
      await Promise.race(this.#requests);
    }
    await this.#quiet();
  }

  /** Waits for the requests under way and sends nothing more: a late write must not meet a later invocation. */
  async abandon(): Promise<void> {
    this.#stopped ??= { error: new Error('the writer was abandoned') };
    await Promise.all(this.#requests);
  }

  async #add(operation: Operation): Promise<void> {
    if (!this.#stopped) this.#waiting.add(operation);
    this.#sendWhile(() => this.#holds(CHOICE));
    while (!this.#stopped && this.#holds(FULL)) {
      await Promise.race(this.#requests);
      this.#sendWhile(() => this.#holds(CHOICE));
    }
    if (this.#stopped) await this.#quiet();
  }

  #holds({ number, bytes }: { readonly number: number; readonly bytes: number }): boolean {
    return this.#waiting.size >= number || this.#waiting.bytes >= bytes;
  }

  /** Waits for the requests under way. */
  async #quiet(): Promise<void> {
    await Promise.all(this.#requests);
    if (this.#stopped) throw this.#stopped.error;
  }

  #sendWhile(wanted: () => boolean): void {
    while (!this.#stopped && this.#requests.size < REQUESTS_AT_ONCE && wanted()) {
      const batch = this.#waiting.take({
        number: OPERATIONS_AT_ONCE,
        bytes: Math.min(BYTES_AT_ONCE, this.#spending.burst * 1024),
        notNow: (identity) => this.#underWay.has(identity),
      });
      // All that waits is for keys that are under way.
      if (batch.length === 0) return;
      this.#start(batch);
    }
  }

  #start(batch: readonly Operation[]): void {
    for (const { identity } of batch) this.#underWay.add(identity);
    const request = this.#write(batch)
      .catch((error: unknown) => {
        this.#stopped ??= { error };
      })
      .finally(() => {
        for (const { identity } of batch) this.#underWay.delete(identity);
        this.#requests.delete(request);
      });
    this.#requests.add(request);
  }

  async #write(batch: readonly Operation[]): Promise<void> {
    const estimate = batch.reduce((sum, { units }) => sum + units, 0);
    let open: readonly WireRequest[] = batch.map(({ request }) => request);
    for (let standstill = 0; ;) {
      const share = (requests: readonly WireRequest[]) => (estimate * requests.length) / batch.length;
      await this.#spending.ready(share(open));
      if (this.#stopped) return;
      const left = await this.#send(open, share);
      if (left.length === 0) return;
      this.#spending.throttled();
      standstill = left.length < open.length ? 0 : standstill + 1;
      open = left;
      await this.#calls.pause(standstill);
    }
  }

  /** @returns what was left unprocessed. */
  async #send(
    requests: readonly WireRequest[],
    estimate: (of: readonly WireRequest[]) => number,
  ): Promise<readonly WireRequest[]> {
    const to = { table: this.#table, spending: this.#spending };
    const json = await this.#calls.send('BatchWriteItem', to, async () => {
      await this.#mayWrite();
      return wireAnswer(this.#calls.dynamodb, wireWrite(this.#table, requests), this.#spending);
    });
    const answer = JSON.parse(json.toString()) as BatchWriteItemCommandOutput;
    const left = (answer.UnprocessedItems?.[this.#table] ?? []).map(wireUnprocessed);
    const charged = estimate(requests);
    this.#spending.spent(
      unitsOf(answer, () => charged - estimate(left)),
      charged,
    );
    return left;
  }
}
