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
  /** Tables with a write fence; `true` when the option names none. */
  readonly fence?: readonly string[] | true;
  /** The file of a whole request. */
  readonly request?: string;
}

/**
 * The request that options or a file make, and the tables that are fenced. A file is checked as `rewind start` does;
 * what options get wrong is left to the recovery to refuse, since that is what they are there for, all but tables that
 * there are not.
 * @throws Error for a file that cannot be read, or is no JSON.
 */
export async function rehearsalRequest(
  options: RehearsalRequestOptions,
): Promise<
  { readonly request: RehearsedRequest; readonly fenced: readonly string[] } | { readonly faults: string }
> {
  const { fence = [], ...given } = options;
  const asked = given.request === undefined ? { request: fromOptions(given) } : await fromFile(given);
  if ('faults' in asked) return asked;
  const { request } = asked;
  const named = request.tables.map(({ name }) => name);
  const fenced = fence === true ? named : fence;
  const faults = unknownTables([...named, ...fenced]) ?? unfencedTables(fenced, named);
  return faults === undefined ? { request, fenced } : { faults };
}

/** That there would be no fence, since the freeze puts one on what is taken back alone. */
function unfencedTables(fenced: readonly string[], named: readonly string[]): string | undefined {
  const others = fenced.filter((name) => !named.includes(name));
  if (others.length === 0) return undefined;
  return `--fence ${others.join(' ')}: only tables that are taken back are fenced; name it in the request, too, or leave it out`;
}

/** That the rehearsed application has no such tables; undefined when it has all of them. */
function unknownTables(names: readonly string[]): string | undefined {
  const known = TABLES.map(({ name }) => name);
  const unknown = [...new Set(names)].filter((name) => !known.includes(name));
  if (unknown.length === 0) return undefined;
  return `the rehearsed application has no table ${unknown.join(', ')}; it has ${known.join(', ')}`;
}

type RequestGiven = Omit<RehearsalRequestOptions, 'fence'>;

function fromOptions({ incident, restorePoint, tables, confirm }: RequestGiven): RehearsedRequest {
  return rehearsedRequest({
    ...(incident === undefined ? {} : { incidentId: incident }),
    ...(restorePoint === undefined ? {} : { restorePoint }),
    ...(tables === undefined ? {} : { tables: tables === true ? [] : tables }),
    ...(confirm === undefined ? {} : { confirm }),
  });
}

function fromFile({ tables, confirm, ...rest }: RequestGiven): ReturnType<typeof requestOf> {
  return requestOf(
    {
      ...rest,
      ...(tables === undefined ? {} : { table: tables === true ? [] : tables }),
      ...(confirm === undefined ? {} : { confirm: [confirm] }),
    },
    TIMELINE.noticed,
  );
}
