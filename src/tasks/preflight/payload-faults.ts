import type * as z from 'zod';
import type { PlannedTable } from './task.ts';

/** What Step Functions lets a state pass on is 262,144 bytes (service quotas); the rest is for what is no table's. */
const MOST_BYTES = 256_000;

/** What the proof has of a table besides names: counts of a trillion, estimates, times, a digest, a warning. */
const REPORTED_BYTES = 1_655;
/** How often it has the table's name: restored, planned, reset, and in a warning of the drain. */
const REPORTED_NAMES = 4;
/** What the gate's input has of a table besides its plan: the counts. */
const COUNTED_BYTES = 300;

/**
 * Whether all that the execution will keep of these tables has room in a state's payload: one that has not ends the
 * execution where it stands, and nothing is undone (`States.DataLimitExceeded`).
 */
export function payloadFaults(
  tables: readonly z.output<typeof PlannedTable>[],
  warnings: readonly string[],
): string[] {
  const gated = bytesOf(tables) + COUNTED_BYTES * tables.length;
  const reported = tables.reduce(
    (sum, { name, restoredName }) =>
      sum + REPORTED_NAMES * name.length + restoredName.length + REPORTED_BYTES,
    0,
  );
  const bytes = bytesOf(warnings) + Math.max(gated, reported);
  if (bytes <= MOST_BYTES) return [];
  return [
    `tables: what the execution has to keep of these ${tables.length} takes up to ${bytes} bytes, and the payload of ` +
      `a state has room for ${MOST_BYTES}; name fewer tables in one recovery`,
  ];
}

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
