import type { Counts } from '../incident.ts';
import { incidentPartition, type Ledger } from '../ledger/ledger.ts';
import { type Pulse, pulseFrom } from '../ledger/pulse.ts';
import { type LedgerItem, readRecords } from '../ledger/read-records.ts';
import { countFrom } from '../ledger/segment-progress.ts';

/** What is done to a table, in the order in which a recovery does it. */
export const WORKS = ['plan', 'apply', 'verify'] as const;
export type Work = (typeof WORKS)[number];

/** How far one scan segment of a table has come, without anything of its content. */
export interface SegmentRecord {
  readonly work: Work;
  /** Stands for the run. */
  readonly run: string;
  /** The table that is reset, or the one that is read by a verification. */
  readonly table: string;
  /** Of a reset: the copy that it takes the content from. */
  readonly restoredTable: string | undefined;
  readonly segments: number;
  readonly done: boolean;
  readonly items: number;
  readonly counts: Pick<Counts, 'restored' | 'live' | 'puts' | 'deletes' | 'unchanged'>;
  readonly pulse: Pulse;
}

/** What is asked for: neither cursors nor lists of keys. */
const ATTRIBUTES = ['sk', 'restoredTable', 'segments', 'done', 'items', 'counts', 'pulse'] as const;

/** Every segment's record of an incident, of all its runs. */
export async function segmentRecords(ledger: Ledger): Promise<SegmentRecord[]> {
  const partition = incidentPartition(ledger.incidentId);
  const kinds = await Promise.all(
    ['reset#', 'verify#'].map((prefix) => readRecords(ledger, { partition, prefix, attributes: ATTRIBUTES })),
  );
  return kinds.flat().flatMap((record) => recordFrom(record) ?? []);
}

/** Undefined for a list of keys to delete, whose sort key goes on behind the segment. */
function recordFrom(record: LedgerItem): SegmentRecord | undefined {
  const [kind, run = '', ...rest] = (record.sk?.S ?? '').split('#');
  const [work, table = '', segment, ...more] = kind === 'verify' ? ['verify', ...rest] : rest;
  if (segment === undefined || more.length > 0) return undefined;
  const counted = record.counts?.M;
  const counts = {
    restored: countFrom(counted?.restored),
    live: countFrom(counted?.live),
    puts: countFrom(counted?.puts),
    deletes: countFrom(counted?.deletes),
    unchanged: countFrom(counted?.unchanged),
  };
  return {
    work: WORKS.find((known) => known === work) ?? 'plan',
    run,
    table,
    restoredTable: record.restoredTable?.S,
    segments: countFrom(record.segments),
    done: record.done?.BOOL === true,
    items: work === 'verify' ? countFrom(record.items) : counts.restored + counts.live,
    counts,
    pulse: pulseFrom(record.pulse),
  };
}
