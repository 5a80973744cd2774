import { RESET_BOUNDS } from '../../src/tasks/reset-segment/reset-bounds.ts';
import { PARTITION, UNIT_BYTES } from './limits.ts';
import { DAMAGE, type Disaster, type Setting, WIRE_BYTES } from './setting.ts';
import type { SegmentWork } from './stage.ts';
import type { TableRate } from './table-rate.ts';

/** Units of one kind that the work on a whole table draws from one rate. */
export interface Draw {
  readonly kind: 'read' | 'write';
  readonly rate: TableRate;
  readonly units: number;
}

/** What one pass over a whole table takes. */
export interface Load {
  /** Bytes of items that cores take in. */
  readonly bytes: number;
  readonly draws: readonly Draw[];
  /** The part of the writes that come when all else is done, 0 to 1. */
  readonly writesAfter: number;
}

/** The rates of the live table and of the restored one. */
export interface TableRates {
  readonly live: { readonly read: TableRate; readonly write: TableRate };
  readonly restored: { readonly read: TableRate };
}

/** A scan of all, read consistently or, at half the units, not. */
export const scanned = (items: number, itemBytes: number, consistent = true): number =>
  ((items * itemBytes) / UNIT_BYTES.read) * (consistent ? 1 : 0.5);

/** Units that writing or deleting so many items takes. */
export const written = (items: number, itemBytes: number): number =>
  items * Math.ceil(itemBytes / UNIT_BYTES.write);

/**
 * What a comparison of both tables takes: both scans, and reads by key for what has no counterpart, each a unit
 * of its own. What the windows hold whenever progress is saved is taken to be a page of items.
 */
export function comparison({ items, damage }: Disaster, setting: Setting, rates: TableRates): Load {
  const { itemBytes } = setting;
  const byKey = Math.ceil(itemBytes / UNIT_BYTES.read);
  const waiting = items / RESET_BOUNDS.pagesBetweenSaves;
  const read = scanned(items, itemBytes);
  return {
    bytes: 2 * items * itemBytes,
    writesAfter: 0,
    draws: [
      {
        kind: 'read',
        rate: rates.live.read,
        units: read + damage * items * DAMAGE.missing + waiting * byKey,
      },
      {
        kind: 'read',
        rate: rates.restored.read,
        units: read + damage * items * DAMAGE.added + waiting * byKey,
      },
    ],
  };
}

/** A comparison that puts what differs as it is found, and then deletes what is too many. */
export function reset(disaster: Disaster, setting: Setting, rates: TableRates): Load {
  const { bytes, draws } = comparison(disaster, setting, rates);
  const units = written(disaster.items * disaster.damage, setting.itemBytes);
  return {
    bytes,
    writesAfter: DAMAGE.added,
    draws: [...draws, { kind: 'write', rate: rates.live.write, units }],
  };
}

/** A scan of one table. */
export const reading = ({ items }: Disaster, { itemBytes }: Setting, rate: TableRate): Load => ({
  bytes: items * itemBytes,
  writesAfter: 0,
  draws: [{ kind: 'read', rate, units: scanned(items, itemBytes) }],
});

/**
 * The part of one segment. A scan reads one partition after another, and what is found is written to the
 * partition it was found in, so that a segment has no more than one partition's throughput of each table.
 */
export function segmentWork(
  { bytes, draws, writesAfter }: Load,
  segments: number,
  { megabytesPerCore }: Setting,
): SegmentWork {
  const perSegment = draws.map(({ kind, rate, units }) => ({ kind, rate, units: units / segments }));
  const secondsOf = (wanted: 'read' | 'write'): number =>
    Math.max(0, ...perSegment.map(({ kind, units }) => (kind === wanted ? units / PARTITION[kind] : 0)));
  const cores = (bytes * WIRE_BYTES) / segments / (megabytesPerCore * 1e6);
  const writes = secondsOf('write');
  const partitions = Math.max(secondsOf('read'), writes * (1 - writesAfter));
  return {
    alone: {
      seconds: Math.max(cores, partitions) + writes * writesAfter,
      name: cores > partitions ? 'cores' : 'segments at once',
    },
    draws: perSegment.filter(({ units }) => units > 0),
  };
}
