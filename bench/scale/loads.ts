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

/** A comparison that also writes what differs. */
export function reset(disaster: Disaster, setting: Setting, rates: TableRates): Load {
  const { bytes, draws } = comparison(disaster, setting, rates);
  const units = written(disaster.items * disaster.damage, setting.itemBytes);
  return { bytes, draws: [...draws, { kind: 'write', rate: rates.live.write, units }] };
}

/** A scan of one table. */
export const reading = ({ items }: Disaster, { itemBytes }: Setting, rate: TableRate): Load => ({
  bytes: items * itemBytes,
  draws: [{ kind: 'read', rate, units: scanned(items, itemBytes) }],
});

/**
 * The part of one segment. A scan reads one partition after another, and what is found is written to the
 * partition it was found in, so that a segment has no more than one partition's throughput of each table. Reading
 * both tables and comparing go on side by side, a segment's writes after them.
 */
export function segmentWork(
  { bytes, draws }: Load,
  segments: number,
  { megabytesPerCore }: Setting,
): SegmentWork {
  const perSegment = draws.map(({ kind, rate, units }) => ({ kind, rate, units: units / segments }));
  const secondsOf = (wanted: 'read' | 'write'): number =>
    Math.max(0, ...perSegment.map(({ kind, units }) => (kind === wanted ? units / PARTITION[kind] : 0)));
  const cores = (bytes * WIRE_BYTES) / segments / (megabytesPerCore * 1e6);
  const partitions = secondsOf('read');
  return {
    alone: {
      seconds: Math.max(cores, partitions) + secondsOf('write'),
      name: cores > partitions + secondsOf('write') ? 'cores' : 'segments at once',
    },
    draws: perSegment.filter(({ units }) => units > 0),
  };
}
