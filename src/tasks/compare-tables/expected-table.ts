import { type SegmentLedger, resetRecordKey, resetRecordsOf } from '../ledger/segment-progress.ts';
import { expectedFrom } from '../reset-segment/reset-progress.ts';
import { TaskError } from '../task-error.ts';
import { addDigests } from '../verify-segment/item-digest.ts';
import type { VerifiedTable } from './verified-table.ts';

interface TableOfPlan {
  readonly incidentId: string;
  /** The run that planned the reset. */
  readonly run: string;
  readonly table: string;
  readonly restoredTable: string;
  readonly segments: number;
}

/**
 * What the live table must hold after a selective reset, as the plan's segments have summed it: the restored
 * item of every selected key, the live item of every other one.
 * @throws TaskError `TablesDiffer` when a segment has no finished selective plan: nothing is proven then.
 */
export async function expectedTable(ledger: SegmentLedger, of: TableOfPlan): Promise<VerifiedTable> {
  const plan = { ...of, mode: 'plan' } as const;
  const records = await ledger.all(resetRecordsOf(plan));
  const bySortKey = new Map(records.map((record) => [record.sk?.S, record]));
  let sum: VerifiedTable = { items: 0, digest: 0n };
  let missing = 0;
  for (let segment = 0; segment < of.segments; segment += 1) {
    const expected = expectedFrom(bySortKey.get(resetRecordKey({ ...plan, segment }).sk), of);
    if (expected)
      sum = { items: sum.items + expected.items, digest: addDigests(sum.digest, expected.digest) };
    else missing += 1;
  }
  if (missing > 0)
    throw new TaskError(
      'TablesDiffer',
      `${of.table} is not proven: ${missing} of its ${of.segments} segments have no finished selective plan in this run; start the incident again`,
    );
  return sum;
}
