import type { Counts } from '../incident.ts';
import type { Item } from '../item/item.ts';
import { countFrom, countValue, cursorFrom, cursorValue } from '../ledger/segment-progress.ts';
import { TaskError } from '../task-error.ts';
import type { Standpoint } from './comparison.ts';
import type { ResetRequest } from './reset-request.ts';

/** How far the reset of one segment has come, as the ledger keeps it. */
export interface ResetProgress extends Standpoint {
  readonly done: boolean;
}

const COUNTED = ['restored', 'live', 'puts', 'deletes', 'unchanged'] as const satisfies (keyof Counts)[];

export const NOT_BEGUN: ResetProgress = {
  cursors: { restored: 'start', live: 'start' },
  counts: { restored: 0, live: 0, puts: 0, deletes: 0, unchanged: 0 },
  done: false,
};

/** The whole progress as one record, so that cursors and counts can never disagree. */
export function recordOf(progress: ResetProgress, request: ResetRequest): Item {
  const { cursors, counts, done } = progress;
  return {
    restoredTable: { S: request.restoredTable },
    segments: countValue(request.segments),
    restored: cursorValue(cursors.restored),
    live: cursorValue(cursors.live),
    counts: { M: Object.fromEntries(COUNTED.map((name) => [name, countValue(counts[name])])) },
    done: { BOOL: done },
  };
}

/**
 * Reads the progress back.
 * @throws TaskError `ResetRefused` when it belongs to another division or another restored table.
 */
export function progressFrom(record: Item | undefined, request: ResetRequest): ResetProgress {
  if (!record) return NOT_BEGUN;
  if (countFrom(record.segments) !== request.segments || record.restoredTable?.S !== request.restoredTable)
    throw new TaskError(
      'ResetRefused',
      `reset of ${request.table} refused: this run began it with ${record.segments?.N} segments from ${record.restoredTable?.S}; go on with these or start a new run`,
    );
  return {
    cursors: { restored: cursorFrom(record.restored), live: cursorFrom(record.live) },
    counts: Object.fromEntries(
      COUNTED.map((name) => [name, countFrom(record.counts?.M?.[name])]),
    ) as unknown as Counts,
    done: record.done?.BOOL === true,
  };
}
