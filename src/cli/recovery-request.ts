import type * as z from 'zod';
import { IncidentId, RestorePoint, TableName } from '../tasks/incident.ts';
import { parseRestorePoint, restorePointText } from '../tasks/restore-point.ts';
import { RewindRequest } from '../workflow/rewind.ts';
import { faultsInWords } from '../tasks/faults-in-words.ts';
import { jsonOf } from './json-of.ts';

type Request = z.input<typeof RewindRequest>;

/** A request as the options of a command say it. */
export interface RequestOptions {
  readonly incident?: string;
  readonly restorePoint?: string;
  readonly table?: readonly string[];
  readonly confirm?: readonly string[];
  readonly approval?: true;
  readonly keepRestoredTables?: true;
  /** The file of a whole one. */
  readonly request?: string;
}

/**
 * The request that options or a file make, or all that is wrong with it, as far as it can be told here.
 * @param now milliseconds since the epoch.
 * @throws Error for a file that cannot be read, or is no JSON.
 */
export async function requestOf(
  options: RequestOptions,
  now: number,
): Promise<{ readonly request: Request } | { readonly faults: string }> {
  const {
    request: file,
    incident,
    restorePoint,
    table,
    confirm = [],
    approval,
    keepRestoredTables,
  } = options;
  const others = [incident, restorePoint, table, options.confirm, approval, keepRestoredTables];
  if (file !== undefined && others.some((value) => value !== undefined))
    return { faults: '--request has the whole request; leave the other options of it out' };
  if (file === undefined && (incident === undefined || restorePoint === undefined || table === undefined))
    return { faults: 'give --incident, --restore-point and --table, or --request with a file' };
  const given =
    file === undefined
      ? {
          incidentId: incident,
          restorePoint,
          tables: table?.map((name, index) => ({ name, confirm: confirm[index] ?? '' })),
          ...(approval ? { approval } : {}),
          ...(keepRestoredTables ? { keepRestoredTables } : {}),
        }
      : await jsonOf(file);
  const parsed = RewindRequest.safeParse(given);
  if (!parsed.success)
    return {
      faults: `the request is not right: ${faultsInWords([...new Set(parsed.error.issues.map(inWords))])}`,
    };
  const at = parseRestorePoint(parsed.data.restorePoint);
  if (at === undefined)
    return {
      faults: `${parsed.data.restorePoint} is not a time that exists; write it like 2026-11-22T03:14:07Z`,
    };
  if (at > now)
    return {
      faults: `${restorePointText(at)} is in the future (it is ${restorePointText(now)}); check the offset`,
    };
  // As it was given: what is left out stays so, and the machine fills it in.
  return { request: given as Request };
}

/**
 * Has whoever asks type the name of each table a second time, unless they have.
 * @param ask puts a question at a terminal; undefined where there is none.
 * @returns why it may not go on; undefined when it may. What was typed is in the request then.
 */
export async function confirmTables(
  request: Request,
  ask: ((question: string) => Promise<string>) | undefined,
): Promise<string | undefined> {
  for (const table of request.tables) {
    if (table.confirm === '' && ask !== undefined)
      table.confirm = (await ask(`Type ${table.name} once more to take it back: `)).trim();
    if (table.confirm === '')
      return `confirm each table by its name, typed again: --confirm ${request.tables.map(({ name }) => name).join(' ')}`;
    if (table.confirm !== table.name)
      return `'${table.confirm}' does not confirm ${table.name}; nothing was started`;
  }
  return undefined;
}

/** What is meant by what is most often wrong. */
const MEANT: Readonly<Record<string, z.ZodType>> = {
  incidentId: IncidentId,
  restorePoint: RestorePoint,
  name: TableName,
};

function inWords({ path, message }: z.core.$ZodIssue): string {
  const meant = MEANT[String(path.at(-1))]?.meta()?.description;
  return `${path.join('.')}: ${meant === undefined ? message : `must be ${meant}`}`;
}
