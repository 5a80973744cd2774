import type { TableDescription } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Counts } from '../incident.ts';
import type { PlannedRates } from '../pacing/rates.ts';
import type { Prices } from './prices.ts';

/** What a recovery will do to one table, what that costs and how long it takes, as its plan shows it. */
export const Estimate = z.object({
  /** Items put or deleted, as a share of the restored items, 0 to 1. */
  changeShare: z.number(),
  /** Items deleted, as a share of the restored items, 0 to 1. */
  deleteShare: z.number(),
  /** Three readings of both tables: the plan's own, the reset's and the proof's. */
  readUnits: z.int(),
  writeUnits: z.int(),
  /** At most: as if every secondary index held whole items. */
  indexWriteUnits: z.int(),
  /** Records that the table's stream will have: one for each put and delete, none without a stream. */
  streamRecords: z.int(),
  /** US dollars, the restore among them; writes to indexes count at their most. */
  dollars: z.number(),
  /** At the planned rate; where that adapts to what the table gives, it is only where it begins. */
  readSeconds: z.number(),
  /** As `readSeconds`; those of the indexes at most included, since they count against the rate. */
  writeSeconds: z.number(),
});
export type Estimate = z.infer<typeof Estimate>;

/** What is known of a table beside its items. */
export interface TableFacts {
  /** Its size as DynamoDB tells it, up to six hours old. */
  readonly bytes: number;
  readonly hasStream: boolean;
}

export function tableFacts({ TableSizeBytes, StreamSpecification }: TableDescription): TableFacts {
  return { bytes: TableSizeBytes ?? 0, hasStream: StreamSpecification?.StreamEnabled === true };
}

const READINGS = 3;
const MILLION = 1_000_000;
const GIGABYTE = 2 ** 30;

interface Circumstances {
  readonly facts: TableFacts;
  /** How fast the table is planned to be read and written. */
  readonly rates: PlannedRates;
  readonly prices: Prices;
}

/** Figures of a plan: what it counted, priced and timed. */
export function estimate(planned: Counts, { facts, rates, prices }: Circumstances): Estimate {
  const { puts, deletes, writeUnits, indexWriteUnits } = planned;
  const readUnits = READINGS * planned.readUnits;
  const dollars =
    ((writeUnits + indexWriteUnits) / MILLION) * prices.millionWriteUnits +
    (readUnits / MILLION) * prices.millionReadUnits +
    (facts.bytes / GIGABYTE) * prices.restoredGigabyte;
  return {
    ...changeShares(planned),
    readUnits,
    writeUnits,
    indexWriteUnits,
    streamRecords: facts.hasStream ? puts + deletes : 0,
    dollars: rounded(dollars, 4),
    readSeconds: rounded(readUnits / rates.read.unitsPerSecond, 1),
    writeSeconds: rounded((writeUnits + indexWriteUnits) / rates.write.unitsPerSecond, 1),
  };
}

/**
 * Which part of the table changes. Shares are of all restored items, with a selection too; more than all of
 * them counts as all, so that a limit of 1 permits any number (a bulk upload may have doubled the table).
 */
export function changeShares({
  restored,
  puts,
  deletes,
}: Counts): Pick<Estimate, 'changeShare' | 'deleteShare'> {
  const share = (items: number) => Math.min(1, items / Math.max(restored, 1));
  return { changeShare: share(puts + deletes), deleteShare: share(deletes) };
}

function rounded(value: number, places: number): number {
  return Math.round(value * 10 ** places) / 10 ** places;
}
