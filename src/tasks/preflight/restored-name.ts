import { createHash } from 'node:crypto';

/** What every table made by a restore is called first; the functions' rights to read end at this prefix. */
export const RESTORED_PREFIX = 'rewind-';

const LONGEST_TABLE_NAME = 255;
const DIGEST_CHARACTERS = 12;

interface Restore {
  readonly table: string;
  readonly incidentId: string;
  /** In UTC, to the second. */
  readonly restorePoint: string;
  /** What the name must end with; default nothing. */
  readonly suffix?: string | undefined;
}

/**
 * The name of the table that a restore makes: the same for every try of one incident, different for any
 * other table, incident or second. The digest keeps names apart that are cut off, and those whose parts
 * join to the same text.
 */
export function restoredName({ table, incidentId, restorePoint, suffix = '' }: Restore): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([table, incidentId, restorePoint]))
    .digest('hex')
    .slice(0, DIGEST_CHARACTERS);
  const end = `-${incidentId}-${restorePoint.replaceAll(/[-:]/g, '')}-${digest}${suffix}`;
  return RESTORED_PREFIX + table.slice(0, LONGEST_TABLE_NAME - RESTORED_PREFIX.length - end.length) + end;
}
