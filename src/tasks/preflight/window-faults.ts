import { DescribeContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import { isNamed } from '../aws-error.ts';
import type { Environment } from '../handler.ts';
import type { Pace } from '../pacing/pace.ts';
import { restorePointText } from '../restore-point.ts';

/** DynamoDB allows 10 DescribeContinuousBackups a second; some are left for others. */
export const WINDOW_READS_PER_SECOND = 8;

/** The times a table can be restored to, in milliseconds since the epoch. */
export interface RestoreWindow {
  readonly earliest: number;
  readonly latest: number;
}

/** A table's point-in-time recovery window; undefined when point-in-time recovery is off. */
export async function restoreWindow(
  table: string,
  { dynamodb }: Pick<Environment, 'dynamodb'>,
  pace: Pace,
): Promise<RestoreWindow | undefined> {
  await pace.turn();
  try {
    const answer = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName: table }));
    const recovery = answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
    if (recovery?.PointInTimeRecoveryStatus !== 'ENABLED') return undefined;
    const { EarliestRestorableDateTime: earliest, LatestRestorableDateTime: latest } = recovery;
    // Just after recovery was switched on there is no window yet: an empty one.
    return { earliest: earliest?.getTime() ?? Infinity, latest: latest?.getTime() ?? -Infinity };
  } catch (error) {
    if (isNamed(error, 'ContinuousBackupsUnavailableException', 'TableNotFoundException')) return undefined;
    throw error;
  }
}

/** Why a table cannot be restored to this time (milliseconds since the epoch). */
export function windowFaults(place: string, window: RestoreWindow | undefined, at: number): string[] {
  if (window === undefined)
    return [
      `${place}: point-in-time recovery is off, so this table cannot be restored to any second; ` +
        'leave it out, or bring it back from a backup, and switch recovery on for the next time',
    ];
  if (window.earliest > window.latest)
    return [`${place}: point-in-time recovery was switched on just now and has no restorable time yet; wait`];
  // Restores are to the second: the second in which the window opens, or has come to, is inside.
  if (at + 999 < window.earliest || at > window.latest)
    return [
      `${place}: restorePoint ${restorePointText(at)} is outside what can be restored, ` +
        `${restorePointText(window.earliest)} to ${restorePointText(window.latest)} (UTC); ` +
        (at > window.latest ? 'wait some five minutes or choose an earlier time' : 'choose a later time'),
    ];
  return [];
}
