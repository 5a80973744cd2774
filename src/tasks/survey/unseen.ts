import type { Listed } from './list-all.ts';
import type { SurveyedTable } from './look-at-table.ts';
import type { Look } from './look.ts';
import { shortList } from '../short-list.ts';

interface Looked {
  readonly tables: readonly SurveyedTable[];
  readonly pipes: Look<Listed<unknown>>;
  readonly schedules: Look<Listed<unknown>>;
  readonly rules: Look<Listed<unknown>>;
}

/** What could not be looked at, and so may write although nothing above says so. */
export function unseenWarnings({ tables, pipes, schedules, rules }: Looked): string[] {
  return [
    ...ofTables('replicas and stream', tables, ({ description }) => description),
    ...ofTables('Kinesis streams', tables, ({ kinesisStreams }) => kinesisStreams),
    ...ofTables('version of global tables', tables, ({ legacyReplica }) => legacyReplica),
    ...ofListing('pipes (EventBridge Pipes)', pipes),
    ...ofListing('schedules (EventBridge Scheduler)', schedules),
    ...ofListing('rules (EventBridge)', rules),
  ];
}

function ofTables(
  what: string,
  tables: readonly SurveyedTable[],
  look: (table: SurveyedTable) => Look<unknown>,
): string[] {
  const unseen = tables.flatMap((table) => {
    const looked = look(table);
    return 'unseen' in looked ? [{ name: table.name, error: looked.unseen }] : [];
  });
  if (unseen.length === 0) return [];
  const errors = shortList(unseen.map(({ error }) => error));
  return [notSeen(`tables: the ${what} of ${shortList(unseen.map(({ name }) => name))}`, errors)];
}

function ofListing(what: string, listing: Look<Listed<unknown>>): string[] {
  if ('unseen' in listing) return [notSeen(what, listing.unseen)];
  const { entries, complete } = listing.seen;
  return complete
    ? []
    : [`${what}: only the first ${entries.length} were looked at; look at the others by hand`];
}

const notSeen = (what: string, error: string): string =>
  `${what} could not be looked at (${error}), so that what writes by them is not told; look by hand`;
