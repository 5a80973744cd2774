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

/** What stands before the digest. */
const markOf = ({ incidentId, restorePoint }: Pick<Restore, 'incidentId' | 'restorePoint'>): string =>
  `-${incidentId}-${restorePoint.replaceAll(/[-:]/g, '')}-`;

/**
 * The live table whose copy is called so for this incident and second; undefined when no restore gives that name.
 * @param source the table that it was restored from, where DynamoDB tells; a long name is cut off, and does not.
 */
export function restoredFrom(
  name: string,
  restore: Pick<Restore, 'incidentId' | 'restorePoint'>,
  source?: string,
): string | undefined {
  const mark = markOf(restore);
  const at = name.lastIndexOf(mark);
  const table = source ?? name.slice(RESTORED_PREFIX.length, Math.max(at, 0));
  const suffix = name.slice(at + mark.length + DIGEST_CHARACTERS);
  return restoredName({ ...restore, table, suffix }) === name ? table : undefined;
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
  const end = `${markOf({ incidentId, restorePoint })}${digest}${suffix}`;
  return RESTORED_PREFIX + table.slice(0, LONGEST_TABLE_NAME - RESTORED_PREFIX.length - end.length) + end;
}
