import { type SegmentLedger, resetRecordKey, resetRecordsOf } from '../ledger/segment-progress.ts';
import { expectedFrom } from '../reset-segment/reset-progress.ts';
import { TaskError } from '../task-error.ts';
import { DigestSum } from '../verify-segment/digest-sum.ts';
import { notBegun } from '../verify-segment/verify-progress.ts';
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
  const digests = new DigestSum();
  let items = 0;
  let missing = 0;
  for (let segment = 0; segment < of.segments; segment += 1) {
    const expected = expectedFrom(bySortKey.get(resetRecordKey({ ...plan, segment }).sk), of);
    if (expected) {
      items += expected.items;
      digests.addSum(expected.digests);
    } else missing += 1;
  }
  if (missing > 0)
    throw new TaskError(
      'TablesDiffer',
      `${of.table} is not proven: ${missing} of its ${of.segments} segments have no finished selective plan in this run; start the incident again`,
    );
  // A plan's reads are no part of the verification.
  return { ...notBegun(of.segments), items, digests };
}
