import type { Environment } from '../handler.ts';
import { ItemCalls, OutOfTime } from '../item/item-calls.ts';
import type { KeyNames } from '../item/item.ts';
import { SegmentLedger, resetRecordKey } from '../ledger/segment-progress.ts';
import { Comparison, type Findings } from './comparison.ts';
import { lookupIn } from './confirm.ts';
import { DoomedKeys } from './doomed-keys.ts';
import { RESET_BOUNDS, type ResetBounds } from './reset-bounds.ts';
import { type ResetProgress, progressFrom, recordOf } from './reset-progress.ts';
import type { ResetAnswer, ResetRequest } from './reset-request.ts';
import { checkedTarget } from './reset-target.ts';
import { scanPages } from './scan-pages.ts';
import { Writer } from './writer.ts';

/**
 * Brings one segment of the live table to the restored content, or in `plan` mode counts what that takes.
 *
 * First the comparison, with its puts; when both scans are through, the deletes. What is left to do stands in
 * the ledger at every moment: cursors and counts are saved in one write, and only when all that they cover is
 * judged and its puts are written. An invocation that is killed is repeated from there, which is harmless; of
 * the repeated pages, items that were already put then count as unchanged, and those puts as `live` items.
 * Every invocation reads at least one page or deletes one list of keys, however short its time.
 */
export async function resetOneSegment(
  request: ResetRequest,
  environment: Environment,
  bounds: ResetBounds = RESET_BOUNDS,
): Promise<ResetAnswer> {
  const { run, mode, table, segment } = request;
  const calls = new ItemCalls(environment, `${run}#${mode}#${table}#${segment}`);
  const ledger = new SegmentLedger(calls, environment.system.ledgerTable);
  const progress = progressFrom(await ledger.read(resetRecordKey(request)), request);
  if (progress.done) return { done: true, counts: progress.counts };
  const keyNames = await checkedTarget(request, environment, calls);
  const reset = new SegmentReset({ request, environment, calls, ledger, keyNames, bounds }, progress);
  return reset.run();
}

interface Surroundings {
  readonly request: ResetRequest;
  readonly environment: Environment;
  readonly calls: ItemCalls;
  readonly ledger: SegmentLedger;
  readonly keyNames: KeyNames;
  readonly bounds: ResetBounds;
}

class SegmentReset {
  readonly #around: Surroundings;
  readonly #writer: Writer;
  readonly #doomed: DoomedKeys;
  /** As it stands in the ledger. */
  #saved: ResetProgress;

  constructor(around: Surroundings, saved: ResetProgress) {
    this.#around = around;
    this.#saved = saved;
    this.#writer = new Writer(around.calls, around.request.table);
    this.#doomed = new DoomedKeys(around.ledger, {
      reset: resetRecordKey(around.request),
      written: saved.lists,
    });
  }

  async run(): Promise<ResetAnswer> {
    try {
      if ((await this.#compare()) && (await this.#delete())) await this.#save({ ...this.#saved, done: true });
    } catch (error) {
      if (!(error instanceof OutOfTime)) throw error;
    }
    return { done: this.#saved.done, counts: this.#saved.counts };
  }

  /** @returns whether both scans are through, with every put written and every key to delete listed. */
  async #compare(): Promise<boolean> {
    const comparison = this.#comparison();
    for (let pages = 1; !comparison.ended; pages += 1) {
      await comparison.advance();
      const stop = this.#timeIsUp();
      if (!stop && !comparison.ended && pages % this.#around.bounds.pagesBetweenSaves !== 0) continue;
      await comparison.settle();
      await this.#writer.flush();
      await this.#doomed.save();
      await this.#save({ ...comparison.standpoint, lists: this.#doomed.written, done: false });
      if (stop) return false;
    }
    return true;
  }

  /** @returns whether every listed key is deleted. */
  async #delete(): Promise<boolean> {
    while (await this.#doomed.deleteSome(this.#writer, this.#around.keyNames))
      if (this.#timeIsUp()) return false;
    return true;
  }

  #comparison(): Comparison {
    const { request, calls, keyNames, bounds } = this.#around;
    const { segment, segments } = request;
    const live = { table: request.table, segment, segments, keyNames };
    const restored = { ...live, table: request.restoredTable };
    return new Comparison(
      {
        pages: { live: scanPages(calls, live), restored: scanPages(calls, restored) },
        lookups: { live: lookupIn(calls, live), restored: lookupIn(calls, restored) },
        keyNames,
        findings: request.mode === 'apply' ? this.#writing() : COUNTING,
        bounds: bounds.window,
      },
      this.#saved,
    );
  }

  #writing(): Findings {
    return {
      put: (identity, item) => this.#writer.put(identity, item),
      doom: (key) => this.#doomed.add(key),
    };
  }

  async #save(progress: ResetProgress): Promise<void> {
    const { ledger, request } = this.#around;
    await ledger.write(resetRecordKey(request), recordOf(progress, request));
    this.#saved = progress;
  }

  #timeIsUp(): boolean {
    const { environment, bounds } = this.#around;
    return environment.clock.now() >= environment.deadline - bounds.stopMargin;
  }
}

/** A plan counts; it writes to no table but the ledger. */
const COUNTING: Findings = { put: async () => {}, doom: async () => {} };
