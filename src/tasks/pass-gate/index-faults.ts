import type { Environment } from '../handler.ts';
import { ItemCalls } from '../item/item-calls.ts';
import { resetRecordsOf, SegmentLedger } from '../ledger/segment-progress.ts';
import { refusedByFrom } from '../reset-segment/reset-progress.ts';

interface PlannedTable {
  readonly incidentId: string;
  /** The run that planned the reset. */
  readonly run: string;
  readonly name: string;
  /** Puts that the live table would not take. */
  readonly refused: number;
}

/**
 * Why the live table would not take all restored items: the indexes that refuse some, by the plan's records in the
 * ledger. A reset that began would fail at the first of these items, in the middle.
 */
export async function indexFaults(
  place: string,
  { incidentId, run, name, refused }: PlannedTable,
  environment: Environment,
): Promise<string[]> {
  if (refused === 0) return [];
  const calls = new ItemCalls(environment, `${run}#${name}`);
  const ledger = new SegmentLedger(calls, environment.system.ledgerTable);
  const refusedBy = new Map<string, number>();
  for (const record of await ledger.all(resetRecordsOf({ incidentId, run, mode: 'plan', table: name })))
    for (const [index, items] of refusedByFrom(record))
      refusedBy.set(index, (refusedBy.get(index) ?? 0) + items);
  const indexes = [...refusedBy].map(([index, items]) => `${index} refuses ${items}`).sort();
  return [
    `${place}: ${refused} items that would be put do not fit the indexes of ${name} as they are today ` +
      `(${indexes.join(', ')}): an attribute that the index is keyed by has another type, is empty or is too long; ` +
      'delete these indexes and create them again after the recovery, or choose another restore point',
  ];
}
