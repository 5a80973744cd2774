import type { Counts, Found } from '../incident.ts';
import type { Item } from '../item/item.ts';
import { countFrom, countValue, cursorFrom, cursorValue } from '../ledger/segment-progress.ts';
import { selectionMark } from '../selection/selection-mark.ts';
import { TaskError } from '../task-error.ts';
import { DigestSum } from '../verify-segment/digest-sum.ts';
import type { Standpoint } from './comparison.ts';
import { NOTHING_RECKONED, type Reckoning, countsOf } from './reckoning.ts';
import type { ResetRequest } from './reset-request.ts';

/** How far the reset of one segment has come, as the ledger keeps it. */
export interface ResetProgress extends Standpoint {
  readonly reckoning: Reckoning;
  readonly done: boolean;
}

const FOUND = ['restored', 'live', 'puts', 'deletes', 'unchanged'] as const satisfies (keyof Found)[];

const RECKONED = [
  'selected',
  'leftPuts',
  'leftDeletes',
  'refused',
  'readUnits',
  'writeUnits',
  'indexWriteUnits',
  'expectedItems',
] as const satisfies (keyof Reckoning)[];

export const NOT_BEGUN: ResetProgress = {
  cursors: { restored: 'start', live: 'start' },
  counts: { restored: 0, live: 0, puts: 0, deletes: 0, unchanged: 0 },
  reckoning: NOTHING_RECKONED,
  done: false,
};

/** The whole progress as one record, so that cursors and counts can never disagree. */
export function recordOf(progress: ResetProgress, request: ResetRequest): Item {
  const { cursors, counts, reckoning, done } = progress;
  return {
    restoredTable: { S: request.restoredTable },
    segments: countValue(request.segments),
    selection: { S: selectionMark(request.only) },
    restored: cursorValue(cursors.restored),
    live: cursorValue(cursors.live),
    counts: { M: countValues(FOUND, counts) },
    reckoning: {
      M: {
        ...countValues(RECKONED, reckoning),
        refusedBy: { M: namedCounts(reckoning.refusedBy) },
        expectedDigests: { B: reckoning.expectedDigests.bytes },
      },
    },
    done: { BOOL: done },
  };
}

/**
 * Reads the progress back.
 * @throws TaskError `ResetRefused` when it belongs to another division, selection or restored table.
 */
export function progressFrom(record: Item | undefined, request: ResetRequest): ResetProgress {
  if (!record) return NOT_BEGUN;
  if (!isDivided(record, request))
    throw new TaskError(
      'ResetRefused',
      `reset of ${request.table} refused: this run began it with ${record.segments?.N} segments from ${record.restoredTable?.S}; go on with these or start a new run`,
    );
  if (record.selection?.S !== selectionMark(request.only))
    throw new TaskError(
      'ResetRefused',
      `reset of ${request.table} refused: this run began it with another selection; go on with that or start a new run`,
    );
  const reckoned = record.reckoning?.M ?? {};
  return {
    cursors: { restored: cursorFrom(record.restored), live: cursorFrom(record.live) },
    counts: countsFrom(FOUND, record.counts?.M ?? {}),
    reckoning: {
      ...countsFrom(RECKONED, reckoned),
      refusedBy: refusedByFrom(record),
      expectedDigests: new DigestSum(reckoned.expectedDigests?.B),
    },
    done: record.done?.BOOL === true,
  };
}

/**
 * What a segment's plan has counted.
 * @param record of the plan of the same run. It is there whenever a recovery resets a table, in a redrive too: its
 *   own execution has planned before its gate. Without it nothing says how much may be changed.
 * @throws TaskError `ResetRefused` when there is no finished plan of the same division, selection and restored table.
 */
export function plannedFrom(record: Item | undefined, request: ResetRequest): Counts {
  const { done, counts, reckoning } = progressFrom(record, request);
  if (!done)
    throw new TaskError(
      'ResetRefused',
      `reset of ${request.table} refused: this run has no finished plan of segment ${request.segment}; start the incident again`,
    );
  return countsOf(counts, reckoning);
}

/** What a segment's finished selective plan expects the live table to hold; undefined when it is no such plan. */
export function expectedFrom(
  record: Item | undefined,
  of: Pick<ResetRequest, 'segments' | 'restoredTable'>,
): { readonly items: number; readonly digests: DigestSum } | undefined {
  const reckoned = record?.reckoning?.M;
  if (!record || !reckoned || !isDivided(record, of)) return undefined;
  if (record.done?.BOOL !== true || record.selection?.S === selectionMark(undefined)) return undefined;
  return {
    items: countFrom(reckoned.expectedItems),
    digests: new DigestSum(reckoned.expectedDigests?.B),
  };
}

/** How many puts each secondary index refuses, by its name, as a segment's progress has it. */
export function refusedByFrom(record: Item): Map<string, number> {
  const refusedBy = record.reckoning?.M?.refusedBy?.M ?? {};
  return new Map(Object.entries(refusedBy).map(([name, count]) => [name, countFrom(count)]));
}

function isDivided(record: Item, of: Pick<ResetRequest, 'segments' | 'restoredTable'>): boolean {
  return countFrom(record.segments) === of.segments && record.restoredTable?.S === of.restoredTable;
}

function countValues<Name extends string>(
  names: readonly Name[],
  counts: Readonly<Record<Name, number>>,
): Item {
  return Object.fromEntries(names.map((name) => [name, countValue(counts[name])]));
}

function namedCounts(counts: ReadonlyMap<string, number>): Item {
  return Object.fromEntries([...counts].map(([name, count]) => [name, countValue(count)]));
}

function countsFrom<Name extends string>(names: readonly Name[], record: Item): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, countFrom(record[name])])) as Record<Name, number>;
}
