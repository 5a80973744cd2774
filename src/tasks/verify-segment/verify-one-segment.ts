import { setImmediate as otherWork } from 'node:timers/promises';
import type { Environment } from '../handler.ts';
import { ItemCalls, OutOfTime } from '../item/item-calls.ts';
import type { Key } from '../item/item.ts';
import { type RecordKey, SegmentLedger, verifyRecordKey } from '../ledger/segment-progress.ts';
import { FIRST_RATES, itemsInAStep } from '../pacing/rates.ts';
import { ExpiringItems, added } from './expiring-items.ts';
import { itemDigest } from './item-digest.ts';
import { type Page, readPage } from './read-page.ts';
import { type VerifyProgress, notBegun, progressFrom, recordOf } from './verify-progress.ts';
import type { VerifyRequest } from './verify-request.ts';
import { VerifyWatch } from './verify-watch.ts';
import type { WireItem } from '../wire/wire-item.ts';

export interface VerifyBounds {
  /** Scan pages between two savings of the progress. */
  readonly pagesBetweenSaves: number;
  /** Before the deadline, in milliseconds: from then on nothing new is read. */
  readonly stopMargin: number;
}

/** However few pages a table that gives little lets through. */
const SAVE_EVERY_MILLISECONDS = 120_000;

// A saving is one small write, a page a few hundred milliseconds: at most some seconds are read twice.
export const VERIFY_BOUNDS: VerifyBounds = { pagesBetweenSaves: 20, stopMargin: 20_000 };

/**
 * Items digested at one go, in half a millisecond or so: in between, Node takes what has arrived of the next
 * page from the network.
 */
const ITEMS_AT_ONE_GO = 100;

interface VerifyAnswer {
  readonly done: boolean;
  readonly items: number;
}

/**
 * Counts the items of one segment and sums their digests, with a scan of its own: nothing that the reset
 * concluded is believed. While a page is digested, the next one is under way. Every invocation reads at least
 * one page.
 */
export async function verifyOneSegment(
  request: VerifyRequest,
  environment: Environment,
  bounds: VerifyBounds = VERIFY_BOUNDS,
): Promise<VerifyAnswer> {
  const verification = new SegmentVerification(request, environment, bounds);
  try {
    await verification.run();
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
  }
  return verification.answer;
}

class SegmentVerification {
  readonly #request: VerifyRequest;
  readonly #calls: ItemCalls;
  readonly #ledger: SegmentLedger;
  readonly #record: RecordKey;
  readonly #expiring: ExpiringItems | undefined;
  readonly #bounds: VerifyBounds;
  readonly #watch: VerifyWatch;
  readonly #now: () => number;
  readonly #timeIsUp: () => boolean;
  #savedAt: number;
  #progress: VerifyProgress;
  /** As it stands in the ledger. */
  answer: VerifyAnswer = { done: false, items: 0 };

  constructor(request: VerifyRequest, environment: Environment, bounds: VerifyBounds) {
    const { run, table, segment, segments, expiry } = request;
    const { clock, deadline, system } = environment;
    this.#request = request;
    this.#bounds = bounds;
    this.#calls = new ItemCalls(environment, `${run}#${table}#${segment}`);
    this.#ledger = new SegmentLedger(this.#calls, system.ledgerTable);
    this.#record = verifyRecordKey(request);
    this.#watch = new VerifyWatch(request, environment, this.#calls.clock);
    if (expiry && expiry.timeToLive !== null)
      this.#expiring = new ExpiringItems(
        { calls: this.#calls, clock, spending: this.#watch.counterpartSpending },
        { ...expiry, timeToLive: expiry.timeToLive },
      );
    this.#now = () => clock.now();
    this.#savedAt = clock.now();
    this.#timeIsUp = () => clock.now() >= deadline - bounds.stopMargin;
    this.#progress = notBegun(segments);
  }

  async run(): Promise<void> {
    await this.#resume();
    const { cursor } = this.#progress;
    if (cursor === 'end') return;
    let coming: Promise<Page> | undefined = this.#read(cursor === 'start' ? undefined : cursor);
    for (let pages = 1; coming; pages += 1) {
      const page: Page = await coming;
      const stop = this.#timeIsUp();
      coming = page.next && !stop ? this.#read(page.next) : undefined;
      await this.#add(page);
      const due =
        pages % this.#bounds.pagesBetweenSaves === 0 ||
        this.#now() - this.#savedAt >= SAVE_EVERY_MILLISECONDS;
      if (!coming || due) await this.#save();
    }
  }

  async #resume(): Promise<void> {
    const record = await this.#ledger.read(this.#record);
    const progress = record && progressFrom(record);
    // A cursor belongs to one division: in another, the segment begins anew.
    if (!record || progress?.segments !== this.#request.segments) return;
    this.#progress = progress;
    this.answer = this.#standing();
    this.#watch.goOn(record, this.answer.items);
  }

  #read(after: Key | undefined): Promise<Page> {
    const { rates = FIRST_RATES, atOnce = 1 } = this.#request;
    // Each of them may take a read by key of the live table.
    const limit = this.#expiring && itemsInAStep(rates, 'read', atOnce);
    const means = { calls: this.#calls, spending: this.#watch.spending };
    const page = readPage(means, { ...this.#request, limit }, after);
    // Whoever waits for the page is told; when the page before fails, nobody does.
    page.catch(() => {});
    return page;
  }

  async #add(page: Page): Promise<void> {
    const { digests, ...before } = this.#progress;
    const expiring: WireItem[] = [];
    for (const [index, item] of page.items.entries()) {
      if (index % ITEMS_AT_ONE_GO === 0) await otherWork();
      if (this.#expiring?.has(item)) expiring.push(item);
      else digests.add(itemDigest(item));
    }
    const proven = await this.#expiring?.prove(expiring);
    this.#progress = {
      ...before,
      digests,
      cursor: page.next ?? 'end',
      items: before.items + page.items.length - expiring.length,
      expiring: proven ? added(before.expiring, proven.counts) : before.expiring,
      readUnits: before.readUnits + page.readUnits + (proven?.readUnits ?? 0),
    };
  }

  async #save(): Promise<void> {
    const told = this.#watch.tell(this.#standing());
    await this.#ledger.write(this.#record, { ...recordOf(this.#progress), ...told });
    this.#savedAt = this.#now();
    this.answer = this.#standing();
  }

  #standing(): VerifyAnswer {
    const { cursor, items, expiring } = this.#progress;
    const { same, gone, differing } = expiring;
    return { done: cursor === 'end', items: items + same + gone + differing };
  }
}
