import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type * as z from 'zod';
import type { Environment } from '../handler.ts';
import { ItemCalls, OutOfTime } from '../item/item-calls.ts';
import { itemSize } from '../item/item-size.ts';
import { SegmentLedger, verifyRecordKey } from '../ledger/segment-progress.ts';
import type { Spending } from '../pacing/spending.ts';
import { readUnits, unitsOf } from '../pacing/units.ts';
import { addDigests, itemDigest } from './item-digest.ts';
import type { verifySegment } from './task.ts';
import { type VerifyProgress, progressFrom, recordOf } from './verify-progress.ts';
import { VerifyWatch } from './verify-watch.ts';

type Request = z.output<typeof verifySegment.definition.input>;

export interface VerifyBounds {
  /** Scan pages between two savings of the progress. */
  readonly pagesBetweenSaves: number;
  /** Before the deadline, in milliseconds: from then on nothing new is read. */
  readonly stopMargin: number;
}

// A saving is one small write, a page a few hundred milliseconds: at most some seconds are read twice.
export const VERIFY_BOUNDS: VerifyBounds = { pagesBetweenSaves: 20, stopMargin: 20_000 };

/**
 * Counts the items of one segment and sums their digests, with a scan of its own: nothing that the reset
 * concluded is believed. Items past their TTL count like any others. Every invocation reads at least one page.
 */
export async function verifyOneSegment(
  request: Request,
  environment: Environment,
  bounds: VerifyBounds = VERIFY_BOUNDS,
): Promise<{ done: boolean; items: number }> {
  const { run, table, segment, segments } = request;
  const calls = new ItemCalls(environment, `${run}#${table}#${segment}`);
  const ledger = new SegmentLedger(calls, environment.system.ledgerTable);
  const key = verifyRecordKey(request);
  const watch = new VerifyWatch(request, environment, calls.clock);
  let saved: VerifyProgress = { cursor: 'start', segments, items: 0, digest: 0n };
  try {
    const record = await ledger.read(key);
    // A cursor belongs to one division: in another, the segment begins anew.
    if (record && progressFrom(record).segments === segments) {
      saved = progressFrom(record);
      watch.goOn(record, saved.items);
    }
    let progress = saved;
    for (let pages = 1; progress.cursor !== 'end'; pages += 1) {
      progress = await readPage({ calls, spending: watch.spending }, request, progress);
      const stop = environment.clock.now() >= environment.deadline - bounds.stopMargin;
      if (stop || progress.cursor === 'end' || pages % bounds.pagesBetweenSaves === 0) {
        const told = watch.tell({ items: progress.items, done: progress.cursor === 'end' });
        await ledger.write(key, { ...recordOf(progress), ...told });
        saved = progress;
      }
      if (stop) break;
    }
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
  }
  return { done: saved.cursor === 'end', items: saved.items };
}

async function readPage(
  { calls, spending }: { readonly calls: ItemCalls; readonly spending: Spending },
  { table, segment, segments }: Request,
  progress: VerifyProgress,
): Promise<VerifyProgress> {
  const command = new ScanCommand({
    TableName: table,
    Segment: segment,
    TotalSegments: segments,
    ConsistentRead: true,
    ReturnConsumedCapacity: 'TOTAL',
    ExclusiveStartKey: typeof progress.cursor === 'string' ? undefined : progress.cursor,
  });
  await spending.ready();
  const page = await calls.send('Scan', { table, spending }, () => calls.dynamodb.send(command));
  const items = page.Items ?? [];
  spending.spent(unitsOf(page, () => readUnits(items.reduce((sum, item) => sum + itemSize(item), 0))));
  return {
    ...progress,
    cursor: page.LastEvaluatedKey ?? 'end',
    items: progress.items + items.length,
    digest: items.reduce((sum, item) => addDigests(sum, itemDigest(item)), progress.digest),
  };
}
