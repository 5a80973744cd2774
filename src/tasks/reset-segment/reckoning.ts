import type { Counts, Found } from '../incident.ts';
import { DigestSum } from '../verify-segment/digest-sum.ts';

/** What became of a segment's keys, beside what the comparison found. */
export interface Reckoning {
  /** Keys that the request is about. */
  readonly selected: number;
  /** Puts and deletes that were found, but are left alone. */
  readonly leftPuts: number;
  readonly leftDeletes: number;
  /** Puts that a secondary index of the live table does not take, and how many each of them refuses, by its name. */
  readonly refused: number;
  readonly refusedBy: ReadonlyMap<string, number>;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly indexWriteUnits: number;
  /** What the live table must hold in the end of the keys judged so far: their items, and the sum of their digests. */
  readonly expectedItems: number;
  readonly expectedDigests: DigestSum;
}

export const NOTHING_RECKONED: Reckoning = {
  selected: 0,
  leftPuts: 0,
  leftDeletes: 0,
  refused: 0,
  refusedBy: new Map(),
  readUnits: 0,
  writeUnits: 0,
  indexWriteUnits: 0,
  expectedItems: 0,
  expectedDigests: new DigestSum(),
};

/** The counts of a segment as its result shows them. */
export function countsOf(found: Found, reckoning: Reckoning): Counts {
  const { selected, leftPuts, leftDeletes, refused, readUnits, writeUnits, indexWriteUnits } = reckoning;
  return {
    ...found,
    puts: found.puts - leftPuts,
    deletes: found.deletes - leftDeletes,
    selected,
    leftAlone: leftPuts + leftDeletes,
    refused,
    readUnits: Math.ceil(readUnits),
    writeUnits,
    indexWriteUnits,
  };
}
