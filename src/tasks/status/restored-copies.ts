import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { isNamed } from '../aws-error.ts';
import { describeTable } from '../describe-table.ts';
import type { Environment } from '../handler.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import { RESTORED_PREFIX, restoredFrom } from '../preflight/restored-name.ts';

/** A restored table that still exists. */
export interface RestoredCopy {
  readonly name: string;
  /** The live table whose items it has. */
  readonly of: string;
  /** As DynamoDB tells it, which may be some hours late. */
  readonly bytes: number;
  /** UTC, ISO 8601. */
  readonly madeAt: string;
}

interface Restores {
  readonly incidentId: string;
  /** In UTC, to the second. */
  readonly restorePoint: string;
}

const TABLES_AT_ONCE = 8;

/**
 * The restored tables of an incident that still exist: those whose names are what a restore for this incident and
 * second calls them.
 * @returns null when the caller may not list or describe tables.
 */
export async function restoredCopies(
  incident: Restores,
  client: Pick<Environment, 'dynamodb'>,
): Promise<RestoredCopy[] | null> {
  try {
    const copies = await inParallel(await candidates(incident, client), TABLES_AT_ONCE, async (name) => {
      const table = await describeTable(name, client);
      const source = table?.RestoreSummary?.SourceTableArn?.split('/')[1];
      const of = restoredFrom(name, incident, source);
      if (table === undefined || of === undefined) return [];
      const { TableSizeBytes: bytes = 0, CreationDateTime: made } = table;
      return [{ name, of, bytes, madeAt: made?.toISOString() ?? '' }];
    });
    return copies.flat();
  } catch (error) {
    if (isNamed(error, 'AccessDeniedException')) return null;
    throw error;
  }
}

async function candidates(
  { incidentId }: Restores,
  { dynamodb }: Pick<Environment, 'dynamodb'>,
): Promise<string[]> {
  const names: string[] = [];
  let after: string | undefined;
  do {
    const page = await dynamodb.send(new ListTablesCommand({ ExclusiveStartTableName: after }));
    names.push(...(page.TableNames ?? []));
    after = page.LastEvaluatedTableName;
  } while (after !== undefined);
  return names.filter((name) => name.startsWith(RESTORED_PREFIX) && name.includes(`-${incidentId}-`));
}
