import { type SegmentLedger, verifyRecordKey, verifyRecordsOf } from '../ledger/segment-progress.ts';
import { TaskError } from '../task-error.ts';
import { DigestSum } from '../verify-segment/digest-sum.ts';
import { added } from '../verify-segment/expiring-items.ts';
import { type VerifyProgress, notBegun, progressFrom } from '../verify-segment/verify-progress.ts';

/** A whole table as its segments' verification found it. */
export type VerifiedTable = Pick<VerifyProgress, 'items' | 'digests' | 'expiring' | 'readUnits'>;

interface TableOfRun {
  readonly incidentId: string;
  readonly run: string;
  readonly table: string;
  readonly segments: number;
}

/**
 * Sums the segments of one table.
 * @throws TaskError `TablesDiffer` when a segment was not read to its end in this run: nothing is proven then.
 */
export async function verifiedTable(ledger: SegmentLedger, of: TableOfRun): Promise<VerifiedTable> {
  const records = await ledger.all(verifyRecordsOf(of));
  const bySortKey = new Map(records.map((record) => [record.sk?.S, progressFrom(record)]));
  const digests = new DigestSum();
  let sum: VerifiedTable = notBegun(of.segments);
  let missing = 0;
  for (let segment = 0; segment < of.segments; segment += 1) {
    const progress = bySortKey.get(verifyRecordKey({ ...of, segment }).sk);
    if (progress?.cursor === 'end' && progress.segments === of.segments) {
      digests.addSum(progress.digests);
      sum = {
        items: sum.items + progress.items,
        digests,
        expiring: added(sum.expiring, progress.expiring),
        readUnits: sum.readUnits + progress.readUnits,
      };
    } else missing += 1;
  }
  if (missing > 0)
    throw new TaskError(
      'TablesDiffer',
      `${of.table} is not proven equal: ${missing} of its ${of.segments} segments were not read to their end in this run; verify them first`,
    );
  return sum;
}
