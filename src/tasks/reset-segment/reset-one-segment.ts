import type { Environment } from '../handler.ts';
import { hasExpired } from '../item/expiry.ts';
import { ItemCalls, OutOfTime } from '../item/item-calls.ts';
import type { KeyNames } from '../item/item.ts';
import { Activity } from '../ledger/activity.ts';
import { ledgerOf } from '../ledger/ledger.ts';
import { SegmentLedger, resetRecordKey } from '../ledger/segment-progress.ts';
import { PulseMeter, pulseFrom, pulseValue } from '../ledger/pulse.ts';
import { Selection } from '../selection/selection.ts';
import { wireKey } from '../wire/stored-item.ts';
import { Comparison, type Findings } from './comparison.ts';
import { lookupIn } from './confirm.ts';
import { DoomedKeys } from './doomed-keys.ts';
import { countsOf } from './reckoning.ts';
import { RESET_BOUNDS, type ResetBounds, keysARecord, stridesOf } from './reset-bounds.ts';
import { NOT_BEGUN, type ResetProgress, plannedFrom, progressFrom, recordOf } from './reset-progress.ts';
import type { ResetAnswer, ResetRequest } from './reset-request.ts';
import { checkedTarget, requireWriting } from './reset-target.ts';
import { ResetSpending } from './reset-spending.ts';
import { pagesOfBoth } from './pages-of-both.ts';
import type { TableKeys } from './table-keys.ts';
import { Tally } from './tally.ts';
import { WithinPlan } from './within-plan.ts';
import { Writer } from './writer.ts';

/**
 * Brings one segment of the live table to the restored content, or in `plan` mode counts what that takes.
 *
 * First the comparison, with its puts; when both scans are through, the deletes. What is left to do stands in
 * the ledger at every moment: cursors and counts are saved in one write, and only when all that they cover is
 * judged and its puts are written. An invocation that is killed is repeated from there, which is harmless; of
 * the repeated pages, items that were already put then count as unchanged, and those puts as `live` items.
 * No more is changed than the same run has planned of this segment: see `WithinPlan`.
 * Every invocation reads at least one page or deletes one list of keys, however short its time.
 */
export async function resetOneSegment(
  request: ResetRequest,
  environment: Environment,
  bounds: ResetBounds = RESET_BOUNDS,
): Promise<ResetAnswer> {
  const reset = new SegmentReset({ request, environment, bounds });
  try {
    await reset.run();
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
  } finally {
    await reset.abandon();
  }
  return reset.answer;
}

interface Task {
  readonly request: ResetRequest;
  readonly environment: Environment;
  readonly bounds: ResetBounds;
}

class SegmentReset {
  readonly #task: Task;
  readonly #calls: ItemCalls;
  readonly #ledger: SegmentLedger;
  readonly #spending: ResetSpending;
  readonly #writer: Writer;
  #pulse: PulseMeter;
  readonly #activity: Activity;
  #allowedAt: number;
  #asking: Promise<void> | undefined;
  #savedAt: number;
  /** As it stands in the ledger. */
  #saved: ResetProgress = NOT_BEGUN;

  constructor(task: Task) {
    const { request, environment } = task;
    const { run, mode, table, segment } = request;
    this.#task = task;
    this.#allowedAt = environment.clock.now();
    this.#calls = new ItemCalls(environment, `${run}#${mode}#${table}#${segment}`);
    this.#activity = new Activity(ledgerOf(environment, request.incidentId), 'reset', environment.clock);
    this.#ledger = new SegmentLedger(this.#calls, environment.system.ledgerTable);
    this.#spending = new ResetSpending(request, this.#calls.clock);
    this.#writer = new Writer(this.#calls, table, {
      spending: this.#spending.writes,
      mayWrite: () => this.#stillAllowed(),
    });
    this.#pulse = new PulseMeter(environment.clock, { read: 0, write: 0 }, 0);
    this.#savedAt = this.#allowedAt;
  }

  get answer(): ResetAnswer {
    const { done, counts, reckoning } = this.#saved;
    return { done, counts: countsOf(counts, reckoning) };
  }

  async run(): Promise<void> {
    const { request, environment } = this.#task;
    const reset = resetRecordKey(request);
    const record = await this.#ledger.read(reset);
    this.#saved = progressFrom(record, request);
    if (this.#saved.done) return;
    const { counts } = this.#saved;
    this.#pulse = new PulseMeter(
      environment.clock,
      pulseFrom(record?.pulse).units,
      counts.restored + counts.live,
    );
    if (request.mode === 'apply') await this.#keepActive();
    const keys = await checkedTarget(request, environment, this.#calls);
    const doomed = new DoomedKeys(this.#ledger, reset, {
      startedAt: environment.clock.now(),
      keysARecord: keysARecord(request),
    });
    const findings = request.mode === 'apply' ? await this.#writing(doomed) : COUNTING;
    if (!(await this.#compare(keys, doomed, findings))) return;
    if (!(await this.#delete(keys.names, doomed))) return;
    await this.#save({ ...this.#saved, done: true });
  }

  /** No write of this invocation is under way any more; none follows. */
  async abandon(): Promise<void> {
    await this.#writer.abandon();
    await this.#activity.end();
  }

  /** Others know that this invocation may write. @returns whether they might have thought otherwise before. */
  async #keepActive(): Promise<boolean> {
    const { ledgerTable } = this.#task.environment.system;
    return this.#calls.send('PutItem', ledgerTable, () => this.#activity.keep());
  }

  /** @returns whether both scans are through, with every put written and every key to delete listed. */
  async #compare(keys: TableKeys, doomed: DoomedKeys, findings: Findings): Promise<boolean> {
    const { environment } = this.#task;
    const readBefore = this.#saved.reckoning.readUnits;
    const tally = this.#tally(keys, findings);
    const comparison = this.#comparison(keys.names, tally);
    for (let pages = 1; !comparison.ended; pages += 1) {
      await this.#stillAllowed();
      await comparison.advance();
      const stop = this.#timeIsUp();
      const due =
        pages >= this.#task.bounds.pagesBetweenSaves ||
        environment.clock.now() - this.#savedAt >= SAVE_EVERY_MILLISECONDS;
      // What the live scan alone has brought would have to be read once more, by key.
      if (comparison.isLiveAhead && !this.#timeIsUp(HALF)) continue;
      if (!stop && !comparison.ended && !due) continue;
      await comparison.settle();
      await this.#writer.flush();
      await doomed.save();
      const reckoning = { ...tally.reckoning, readUnits: readBefore + this.#spending.units.read };
      await this.#save({ ...comparison.standpoint, reckoning, done: false });
      if (stop) return false;
      pages = 0;
    }
    return true;
  }

  /** @returns whether every listed key is deleted. */
  async #delete(keyNames: KeyNames, doomed: DoomedKeys): Promise<boolean> {
    for (;;) {
      await this.#stillAllowed();
      if (!(await doomed.deleteSome(this.#writer, keyNames))) return true;
      await this.#save(this.#saved);
      if (this.#timeIsUp()) return false;
    }
  }

  /** Every few seconds: is it still this execution, on a frozen application, that may write? */
  async #stillAllowed(): Promise<void> {
    const { request, environment } = this.#task;
    const now = environment.clock.now();
    if (request.mode !== 'apply' || now - this.#allowedAt < ASK_EVERY_MILLISECONDS) return;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    await this.#asking;
  }

  async #ask(): Promise<void> {
    const { request, environment } = this.#task;
    const now = environment.clock.now();
    await this.#keepActive();
    // The question may take so long that the lease has ended before the answer is there.
    do await requireWriting(request, environment, this.#calls);
    while (await this.#keepActive());
    this.#allowedAt = now;
  }

  #tally({ names, indexes }: TableKeys, findings: Findings): Tally {
    const { mode, only, timeToLive: attribute } = this.#task.request;
    const { clock } = this.#task.environment;
    const selection = only && new Selection(only, names);
    return new Tally(
      findings,
      {
        selection,
        expects: mode === 'plan' && selection !== undefined,
        isOver: (item) => !!attribute && hasExpired(item, { attribute, at: clock.now() / 1000 }),
        indexes,
      },
      this.#saved.reckoning,
    );
  }

  #comparison(keyNames: KeyNames, tally: Tally): Comparison {
    const calls = this.#calls;
    const { request, bounds } = this.#task;
    const { segment, segments } = request;
    const { reads } = this.#spending;
    const strides = stridesOf(bounds, request);
    const of = { segment, segments, key: wireKey(keyNames) };
    const live = { ...of, table: request.table, spending: reads.live };
    const restored = { ...of, table: request.restoredTable, spending: reads.restored };
    return new Comparison(
      {
        pages: pagesOfBoth(calls, { live, restored }, { strides, from: this.#saved.cursors }),
        lookups: { live: lookupIn(calls, live), restored: lookupIn(calls, restored) },
        findings: tally,
        bounds: strides.window,
      },
      this.#saved,
    );
  }

  async #writing(doomed: DoomedKeys): Promise<Findings> {
    const { request } = this.#task;
    const plan = await this.#ledger.read(resetRecordKey({ ...request, mode: 'plan' }));
    const writing: Findings = {
      put: (restored) => this.#writer.put(restored),
      doom: ({ key }) => doomed.add(key),
      keep: () => {},
    };
    const { table } = request;
    return new WithinPlan(writing, { table, planned: plannedFrom(plan, request), done: this.answer.counts });
  }

  async #save(progress: ResetProgress): Promise<void> {
    const { request, environment } = this.#task;
    const { counts, done } = progress;
    const pulse = this.#pulse.take({
      items: counts.restored + counts.live,
      units: this.#spending.units,
    });
    const record = { ...recordOf(progress, request), pulse: pulseValue(pulse) };
    await this.#ledger.write(resetRecordKey(request), record);
    this.#saved = progress;
    this.#savedAt = environment.clock.now();
    const { incidentId, table, mode, segment } = request;
    environment.log?.({ task: 'ResetSegment', incidentId, table, mode, segment, done, counts, ...pulse });
  }

  /** @param share of the margin: what is left of it may be used. */
  #timeIsUp(share = 1): boolean {
    const { environment, bounds } = this.#task;
    return environment.clock.now() >= environment.deadline - bounds.stopMargin * share;
  }
}

/** Of the margin, to bring the scans level; the other half is for what is settled then. */
const HALF = 0.5;

/** A thaw by force or a second run is noticed so soon. */
const ASK_EVERY_MILLISECONDS = 5_000;

/**
 * Progress is saved at least so often, however few pages a low rate lets through: it is what is not done again when
 * the time runs out before what is unmatched is settled.
 */
const SAVE_EVERY_MILLISECONDS = 120_000;

/** A plan counts; it writes to no table but the ledger. */
const COUNTING: Findings = { put: async () => {}, doom: async () => {}, keep: () => {} };
