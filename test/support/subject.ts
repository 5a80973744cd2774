import fc from 'fast-check';
import type * as z from 'zod';
import type { Json } from '../../src/dsl/asl/machine.ts';

/** A schema, and values most of which it accepts. */
export interface Subject {
  readonly schema: z.ZodType;
  readonly values: fc.Arbitrary<Json>;
  /** Whether zod may name another place than the one where an alternative, a position or a side is at fault. */
  readonly ambiguous: boolean;
}

export const subject = (schema: z.ZodType, values: fc.Arbitrary<Json>): Subject => ({
  schema,
  values,
  ambiguous: false,
});

/** Two bounds in order. */
export const bounds = (least: number, most: number) =>
  fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most })).map((pair) => {
    const [low = 0, high = 0] = pair.toSorted((a, b) => a - b);
    return { low, high };
  });
