import * as z from 'zod';
import type { Expression } from '../dsl/expression/expression.ts';
import { map } from '../dsl/expression/each.ts';
import { range } from '../dsl/expression/list.ts';
import { multiply, remainder, subtract } from '../dsl/expression/number.ts';
import { PlannedRates } from '../tasks/pacing/rates.ts';

/** How the work on a table is divided, as the preflight plans it. */
export const SegmentWork = {
  segments: z.int().min(1).max(1000),
  /** Segments that are worked on at a time. */
  atOnce: z.int().min(1).max(1000),
  /** From the segment of one child to that of the next: coprime to the number of segments. */
  stride: z.int().min(1).max(1000),
  rates: PlannedRates,
  /** Whether the table is sensitive, so that functions of their own work on it; default false. */
  sensitive: z.boolean().default(false),
};

interface Divided {
  readonly segments: Expression<number>;
  readonly stride: Expression<number>;
}

/**
 * The scan segments in the order in which a distributed map is to start them: neighbours share partitions, so those
 * that are at work together lie apart. Everywhere else a segment is the scan's own.
 */
export const scatteredSegments = ({ segments, stride }: Divided): Expression<number[]> =>
  map(range(0, subtract(segments, 1)), (number) => remainder(multiply(number, stride), segments));
