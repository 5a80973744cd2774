import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Key, KeyNames } from '../item/item.ts';
import { itemSize } from '../item/item-size.ts';
import { keyIdentity } from '../item/key-identity.ts';
import type { RecordKey, SegmentLedger } from '../ledger/segment-progress.ts';
import type { Writer } from './writer.ts';

/** Bytes of keys in one record: a quarter of what an item may have, since sizes are estimates. */
const BYTES_A_RECORD = 100 * 2 ** 10;

/** Bytes that an element adds to a list of maps, beside its content. */
const ELEMENT_OVERHEAD = 4;

/**
 * The keys that a segment's reset is going to delete. They wait in the ledger until all of the segment's puts
 * are written, so that an item whose sort key was changed exists under one key or the other at any moment.
 * Segments do not wait for one another.
 *
 * A listed key is one that the restored table does not have, and that never changes: lists left behind by an
 * invocation that was killed are as right as any others. No list is ever written over another.
 */
export class DoomedKeys {
  readonly #ledger: SegmentLedger;
  readonly #lists: RecordKey;
  readonly #startedAt: number;
  readonly #keysARecord: number;
  #written = 0;
  #waiting: AttributeValue[] = [];
  #bytes = 0;

  /**
   * @param reset the record of the segment's reset; the lists lie behind it.
   * @param of `startedAt` is when this invocation began, which tells its lists from those of others.
   */
  constructor(
    ledger: SegmentLedger,
    { pk, sk }: RecordKey,
    { startedAt, keysARecord }: { readonly startedAt: number; readonly keysARecord: number },
  ) {
    this.#ledger = ledger;
    this.#lists = { pk, sk: `${sk}#delete#` };
    this.#startedAt = startedAt;
    this.#keysARecord = keysARecord;
  }

  async add(key: Key): Promise<void> {
    this.#waiting.push({ M: key });
    this.#bytes += itemSize(key) + ELEMENT_OVERHEAD;
    if (this.#bytes >= BYTES_A_RECORD || this.#waiting.length >= this.#keysARecord) await this.save();
  }

  /** Writes what is waiting to the ledger. */
  async save(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const { pk, sk } = this.#lists;
    const number = String(this.#written).padStart(8, '0');
    await this.#ledger.write({ pk, sk: `${sk}${this.#startedAt}#${number}` }, { keys: { L: this.#waiting } });
    this.#written += 1;
    this.#waiting = [];
    this.#bytes = 0;
  }

  /**
   * Deletes the keys of one list from the table, then the list.
   * @returns whether there was a list.
   */
  async deleteSome(writer: Writer, keyNames: KeyNames): Promise<boolean> {
    const list = await this.#ledger.first(this.#lists);
    if (!list) return false;
    for (const { M: key } of list.keys?.L ?? [])
      if (key) await writer.delete(keyIdentity(key, keyNames), key);
    await writer.flush();
    await this.#ledger.remove({ pk: this.#lists.pk, sk: list.sk?.S ?? '' });
    return true;
  }
}
