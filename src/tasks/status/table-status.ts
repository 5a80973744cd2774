import type { Counts } from '../incident.ts';
import type { Pulse, Units } from '../ledger/pulse.ts';
import { RESTORED_PREFIX } from '../preflight/restored-name.ts';
import { type SegmentRecord, WORKS, type Work } from './segment-records.ts';

/** How far the latest work on one table has come. */
export interface TableStatus {
  readonly name: string;
  /** `plan` and `apply` compare it with its restored copy, `verify` reads both again. */
  readonly work: Work;
  /** Scan segments; of a verification those of both tables. */
  readonly segments: { readonly done: number; readonly all: number };
  /** Items read, and how many there probably are; null when that is not known. */
  readonly items: { readonly read: number; readonly expected: number | null };
  /** What the comparison has found; of a verification what the reset before it has. */
  readonly counts: Pick<Counts, 'puts' | 'deletes' | 'unchanged'>;
  readonly units: Units;
  /** All segments together that have told of themselves lately. */
  readonly perSecond: Pulse['perSecond'];
  /** At the present rate; null when that or what is left is not known. */
  readonly secondsLeft: number | null;
  /** When it was last told of: UTC, ISO 8601. */
  readonly at: string;
}

/** A segment that works tells of itself at least every two minutes. */
const LATELY_MILLISECONDS = 5 * 60_000;

type Group = readonly SegmentRecord[];

/** Every table of an incident on which work has begun, by name. */
export function tableStatuses(records: readonly SegmentRecord[], now: number): TableStatus[] {
  const live = new Map(records.filter(isReset).map(({ table, restoredTable }) => [restoredTable, table]));
  const nameOf = ({ work, table }: SegmentRecord) =>
    work === 'verify' && table.startsWith(RESTORED_PREFIX) ? (live.get(table) ?? table) : table;
  return [...grouped(records, nameOf)]
    .map(([name, of]) => statusOf(name, [...grouped(of, ({ work, run }) => `${work}#${run}`).values()], now))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const isReset = ({ work }: SegmentRecord): boolean => work !== 'verify';

function statusOf(name: string, groups: readonly Group[], now: number): TableStatus {
  const latest = groups.toSorted(byTime).at(-1) as Group;
  const [{ work, run }] = latest as readonly [SegmentRecord];
  const before = groups
    .filter(([record]) => record && isReset(record))
    .toSorted(byTime)
    .at(-1);
  const plan = groups.find(([record]) => record?.work === 'plan' && record.run === run) ?? before;
  const read = sum(latest, ({ items }) => items);
  const expected = expectedItems(latest, plan ?? []);
  const all = segmentsOf(latest);
  const done = latest.filter((record) => record.done).length;
  const working = latest.filter(
    ({ done: ended, pulse }) => !ended && now - Date.parse(pulse.at) <= LATELY_MILLISECONDS,
  );
  const perSecond = {
    items: sum(working, ({ pulse }) => pulse.perSecond.items),
    readUnits: sum(working, ({ pulse }) => pulse.perSecond.readUnits),
    writeUnits: sum(working, ({ pulse }) => pulse.perSecond.writeUnits),
  };
  const found = work === 'verify' ? (before ?? []) : latest;
  return {
    name,
    work,
    segments: { done, all },
    items: { read, expected },
    counts: {
      puts: sum(found, ({ counts }) => counts.puts),
      deletes: sum(found, ({ counts }) => counts.deletes),
      unchanged: sum(found, ({ counts }) => counts.unchanged),
    },
    units: {
      read: sum(latest, ({ pulse }) => pulse.units.read),
      write: sum(latest, ({ pulse }) => pulse.units.write),
    },
    perSecond,
    secondsLeft: secondsLeft(done === all, expected === null ? null : expected - read, perSecond.items),
    at: timeOf(latest),
  };
}

function secondsLeft(ended: boolean, items: number | null, perSecond: number): number | null {
  if (ended) return 0;
  if (items === null || perSecond === 0) return null;
  return Math.ceil(Math.max(0, items) / perSecond);
}

/** The plan of the run has counted both tables; before it is through, its segments that are tell of the others. */
function expectedItems(latest: Group, plan: Group): number | null {
  const planned = plan.length > 0 && plan.every(({ done }) => done) && plan.length === segmentsOf(plan);
  if (!planned) {
    const ended = latest.filter(({ done }) => done);
    if (ended.length === 0) return null;
    return Math.round((sum(ended, ({ items }) => items) / ended.length) * segmentsOf(latest));
  }
  if (latest[0]?.work !== 'verify') return sum(plan, ({ items }) => items);
  return sum(plan, ({ counts }) => counts.restored) * new Set(latest.map(({ table }) => table)).size;
}

/** Of every table that the work reads apart. */
function segmentsOf(group: Group): number {
  const byTable = new Map(group.map(({ table, segments }) => [table, segments]));
  return sum([...byTable.values()], (segments) => segments);
}

const timeOf = (group: Group): string =>
  group.reduce((latest, { pulse }) => (pulse.at > latest ? pulse.at : latest), '');

const rankOf = ([record]: Group): number => (record ? WORKS.indexOf(record.work) : -1);

function byTime(a: Group, b: Group): number {
  const [before, after] = [timeOf(a), timeOf(b)];
  if (before === after) return rankOf(a) - rankOf(b);
  return before < after ? -1 : 1;
}

function grouped<T>(all: readonly T[], nameOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(nameOf(one), [...(groups.get(nameOf(one)) ?? []), one]);
  return groups;
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}
