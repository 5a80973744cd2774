import { restorePointText } from '../restore-point.ts';
import type { RestoreWindow } from '../restore-window.ts';

/** Why a table cannot be restored to this time (milliseconds since the epoch). */
export function windowFaults(place: string, window: RestoreWindow | undefined, at: number): string[] {
  if (window === undefined)
    return [
      `${place}: point-in-time recovery is off, so this table cannot be restored to any second; ` +
        'leave it out, or bring it back from a backup, and switch recovery on for the next time',
    ];
  if (window.earliest > window.latest)
    return [`${place}: point-in-time recovery was switched on just now and has no restorable time yet; wait`];
  if (at < window.earliest || at > window.latest)
    return [
      `${place}: restorePoint ${restorePointText(at)} is outside what can be restored, ` +
        // The first whole second of the window, and the last.
        `${restorePointText(window.earliest + 999)} to ${restorePointText(window.latest)} (UTC); ` +
        (at > window.latest ? 'wait some five minutes or choose an earlier time' : 'choose a later time'),
    ];
  return [];
}
