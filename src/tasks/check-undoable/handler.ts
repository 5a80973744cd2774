import { handlerOf } from '../handler.ts';
import { lambdaEntry } from '../lambda-entry.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import { Pace } from '../pacing/pace.ts';
import { restoreWindow, WINDOW_READS_PER_SECOND } from '../restore-window.ts';
import { TaskError } from '../task-error.ts';
import { checkUndoable } from './task.ts';

const TABLES_AT_ONCE = 8;

export const checkUndoableHandler = handlerOf(checkUndoable, async ({ tables, since }, environment) => {
  const from = Date.parse(since);
  if (Number.isNaN(from))
    throw new TaskError('InvalidInput', 'CheckUndoable refuses its input: input.since: is not a time');
  const pace = new Pace(WINDOW_READS_PER_SECOND, environment.clock);
  const windows = await inParallel(tables, TABLES_AT_ONCE, (table) =>
    restoreWindow(table, environment, pace),
  );
  const off = tables.filter((_, index) => windows[index] === undefined);
  if (off.length > 0)
    throw new TaskError(
      'NotUndoable',
      `${off.join(', ')}: point-in-time recovery is off, so the damaged state could never be brought back; ` +
        'switch it on and run again',
    );
  const restorable = windows.map((window) =>
    window && window.earliest <= window.latest ? window.latest : 0,
  );
  const latest = Math.min(...restorable);
  // A table whose recovery was switched on just now has no restorable time: the epoch stands for never.
  const latestRestorable = Math.max(latest, 0);
  return {
    ready: latestRestorable > from,
    latestRestorable: new Date(latestRestorable).toISOString(),
    checkedAt: new Date(environment.clock.now()).toISOString(),
  };
});

export const handler = lambdaEntry(checkUndoableHandler);
