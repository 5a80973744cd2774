import type { Item } from '../../src/tasks/item/item.ts';
import { resetRecordKey } from '../../src/tasks/ledger/segment-progress.ts';
import { NOT_BEGUN, recordOf } from '../../src/tasks/reset-segment/reset-progress.ts';
import { INCIDENT, LIVE, RESTORED, RUN } from './names.ts';

/** More than any table of a benchmark has. */
const ANY_NUMBER = 1_000_000_000;

/** What the ledger says of a segment whose plan lets a reset change anything: without a plan, nothing is reset. */
export function planRecord(segment: number, segments: number): Item {
  const of = { incidentId: INCIDENT, run: RUN, table: LIVE, restoredTable: RESTORED, segment, segments };
  const plan = { ...of, mode: 'plan' } as const;
  const counts = { ...NOT_BEGUN.counts, puts: ANY_NUMBER, deletes: ANY_NUMBER };
  const { reckoning: _nothing, ...record } = recordOf({ ...NOT_BEGUN, counts, done: true }, plan);
  const { pk, sk } = resetRecordKey(plan);
  return { ...record, pk: { S: pk }, sk: { S: sk } };
}
