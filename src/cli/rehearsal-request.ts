import { TABLES } from '../rehearsal/application/tables.ts';
import { rehearsedRequest, type RehearsedRequest } from '../rehearsal/rehearsed-request.ts';
import { TIMELINE } from '../rehearsal/timeline.ts';
import { requestOf } from './recovery-request.ts';

/** What a rehearsal asks for, as the options of the command say it. */
export interface RehearsalRequestOptions {
  readonly incident?: string;
  readonly restorePoint?: string;
  /** `true` when the option names none. */
  readonly tables?: readonly string[] | true;
  readonly confirm?: string;
  /** The file of a whole request. */
  readonly request?: string;
}

/**
 * The request that options or a file make. A file is checked as `rewind start` does; what options get wrong is left to
 * the recovery to refuse, since that is what they are there for, all but a table that the application does not have.
 * @throws Error for a file that cannot be read, or is no JSON.
 */
export async function rehearsalRequest(
  options: RehearsalRequestOptions,
): Promise<{ readonly request: RehearsedRequest } | { readonly faults: string }> {
  const asked = options.request === undefined ? { request: fromOptions(options) } : await fromFile(options);
  const faults = 'faults' in asked ? undefined : unknownTables(asked.request.tables.map(({ name }) => name));
  return faults === undefined ? asked : { faults };
}

/** That the rehearsed application has no such tables; undefined when it has all of them. */
export function unknownTables(names: readonly string[]): string | undefined {
  const known = TABLES.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return undefined;
  return `the rehearsed application has no table ${unknown.join(', ')}; it has ${known.join(', ')}`;
}

function fromOptions({ incident, restorePoint, tables, confirm }: RehearsalRequestOptions): RehearsedRequest {
  return rehearsedRequest({
    ...(incident === undefined ? {} : { incidentId: incident }),
    ...(restorePoint === undefined ? {} : { restorePoint }),
    ...(tables === undefined ? {} : { tables: tables === true ? [] : tables }),
    ...(confirm === undefined ? {} : { confirm }),
  });
}

function fromFile({ tables, confirm, ...rest }: RehearsalRequestOptions): ReturnType<typeof requestOf> {
  return requestOf(
    {
      ...rest,
      ...(tables === undefined ? {} : { table: tables === true ? [] : tables }),
      ...(confirm === undefined ? {} : { confirm: [confirm] }),
    },
    TIMELINE.noticed,
  );
}
