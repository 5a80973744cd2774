import { DescribeContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import { isNamed } from './aws-error.ts';
import type { Environment } from './handler.ts';
import type { Pace } from './pacing/pace.ts';

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
