/** What one segment's child reads in some minutes, well inside one invocation. */
const BYTES_PER_SEGMENT = 128 * 1024 * 1024;
/** More are made only so that none takes too long. */
const USUAL_SEGMENTS = 200;
const MOST_SEGMENTS = 1000;
const MOST_AT_ONCE = 100;

/** Read units a second that a child can use: some ten pages of 1 MB. */
const UNITS_OF_A_CHILD = 2_500;
/** With less than this a child waits more than it works: fewer of them do the same for less. */
const LEAST_SHARE = { read: 500, write: 100 };

/** Bytes that a unit pays for, read strongly consistent. */
const BYTES_PER_UNIT = 4096;
const SECONDS_PER_SEGMENT = 3600;

/** A table as far as its division goes. */
export interface Divided {
  readonly bytes: number;
  /** Units a second that the table must not or cannot go beyond. */
  readonly ceilings: { readonly read?: number | undefined; readonly write?: number | undefined };
  /** Scan segments, when they are stated. */
  readonly segments?: number | undefined;
}

/** How the work on a table is divided. */
export interface Division {
  readonly segments: number;
  /** Children of the distributed map that work at a time. */
  readonly atOnce: number;
  /** Child number n scans segment n × stride, modulo the segments. */
  readonly stride: number;
}

/**
 * Divides a table into scan segments: one per begun 128 MiB, at least 1, at most 200, but so many that none takes a
 * child more than about an hour, at most 1000. At most 100 children work at a time, and only so many that each has
 * a sensible share of a rate that has a ceiling. DynamoDB's figure of the size is up to six hours old, which is near
 * enough: a segment of any size gets done, only later.
 */
export function divisionOf({ bytes, ceilings, segments: stated }: Divided): Division {
  const { read = Infinity, write = Infinity } = ceilings;
  const affordable = Math.max(1, Math.floor(Math.min(read / LEAST_SHARE.read, write / LEAST_SHARE.write)));
  const widest = Math.min(MOST_AT_ONCE, affordable);
  const bytesAnHour = Math.min(UNITS_OF_A_CHILD, read / widest) * BYTES_PER_UNIT * SECONDS_PER_SEGMENT;
  const usual = Math.min(USUAL_SEGMENTS, Math.ceil(bytes / BYTES_PER_SEGMENT));
  const needed = Math.max(1, usual, Math.ceil(bytes / bytesAnHour));
  const segments = stated ?? Math.min(MOST_SEGMENTS, needed);
  const atOnce = Math.min(widest, segments);
  return { segments, atOnce, stride: strideOf(segments, atOnce) };
}

/**
 * How far apart the scan segments of neighbouring children lie. A map starts its children in order, and neighbouring
 * segments share partitions: of the strides that lead to every segment once, the one that keeps those farthest apart
 * that are at work together, or at least a quarter of them all.
 */
function strideOf(segments: number, atOnce: number): number {
  const together = Math.min(atOnce, Math.ceil(segments / 4));
  let best = { stride: 1, apart: 0 };
  for (let stride = 1; stride <= segments / 2; stride += 1) {
    if (greatestCommonDivisor(stride, segments) !== 1) continue;
    let apart = segments;
    for (let children = 1; children < together; children += 1) {
      const ahead = (children * stride) % segments;
      apart = Math.min(apart, ahead, segments - ahead);
    }
    if (apart > best.apart) best = { stride, apart };
  }
  return best.stride;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
