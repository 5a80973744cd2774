import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { sameSecond } from '../restore-point.ts';

export interface WantedRestore {
  readonly sourceArn: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** As the restore waits for them (`RestoreTable`). */
const ADOPTED: readonly string[] = ['CREATING', 'UPDATING', 'ACTIVE'];

/**
 * Why the restored table's name cannot be used: something else bears it. A restore of this table to this
 * second, finished or under way, is what an earlier try has left, and is taken over.
 */
export function restoredNameFaults(
  place: string,
  existing: TableDescription | undefined,
  wanted: WantedRestore,
): string[] {
  if (existing === undefined) return [];
  const name = existing.TableName;
  if (existing.TableStatus === 'DELETING')
    return [`${place}: ${name}, left by an earlier try, is being deleted; wait until it is gone`];
  const summary = existing.RestoreSummary;
  const status = existing.TableStatus ?? '';
  const isWanted =
    summary?.SourceTableArn === wanted.sourceArn &&
    summary.RestoreDateTime !== undefined &&
    sameSecond(summary.RestoreDateTime.getTime(), wanted.at);
  if (isWanted && ADOPTED.includes(status)) return [];
  // It may be all that is left of the restore point.
  if (isWanted)
    return [
      `${place}: ${name}, which an earlier try has restored, is ${status}; see that the key that encrypts it can be ` +
        'used; delete it only if the restore point still lies in the recovery window of its table',
    ];
  return [
    `${place}: ${name} exists already (${status}) and is no usable restore of this table to this second; delete it, ` +
      'or use a new incident id',
  ];
}
