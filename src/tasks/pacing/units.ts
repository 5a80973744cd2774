import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';

/** Bytes that a write unit pays for (DynamoDB guide, "Read and write operations"). */
const WRITE_UNIT = 1024;
/** Bytes that a unit pays for when the read is strongly consistent. */
const READ_UNIT = 4096;

/** Write units of an item of this size; a delete takes those of what it deletes. */
export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / WRITE_UNIT));

/** Read units of so many bytes, strongly consistent: of a scan's whole page, or of each item read by key. */
export const readUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / READ_UNIT));

/**
 * A part of an answer to reads by key that is this large, in read units, may have been cut off by its size (1 MB a
 * partition), not by what the table gives.
 */
export const CUT_BY_SIZE = readUnits(2 ** 20);

/** An answer to a request for one table that has asked for `ReturnConsumedCapacity: 'TOTAL'`. */
interface Answer {
  readonly ConsumedCapacity?: ConsumedCapacity | readonly ConsumedCapacity[] | undefined;
}

/** The units that an answer tells, those of indexes included; the estimate where it tells none. */
export function unitsOf({ ConsumedCapacity = [] }: Answer, estimate: () => number): number {
  const told = 'CapacityUnits' in ConsumedCapacity ? [ConsumedCapacity] : ConsumedCapacity;
  const units = (Array.isArray(told) ? told : []).flatMap(({ CapacityUnits }) => CapacityUnits ?? []);
  return units.length === 0 ? estimate() : units.reduce((sum, each) => sum + each, 0);
}
