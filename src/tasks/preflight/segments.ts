/** What one segment's child reads in some minutes, well inside one invocation. */
const BYTES_PER_SEGMENT = 128 * 1024 * 1024;
const MOST_SEGMENTS = 200;

/**
 * Scan segments for a table of this size: one per begun 128 MiB, at least 1, at most 200. DynamoDB's figure
 * is up to six hours old, which is near enough: a segment of any size gets done, only later.
 */
export function segmentsFor(tableSizeBytes: number): number {
  return Math.min(MOST_SEGMENTS, Math.max(1, Math.ceil(tableSizeBytes / BYTES_PER_SEGMENT)));
}
