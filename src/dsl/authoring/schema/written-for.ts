import type { z } from 'zod';

/**
 * The type of what is written for a schema that may not change it: its input. A schema that is named by its output
 * alone, as `z.ZodType<Order>` is, does not say what goes in: what it gives is the same.
 */
export type WrittenFor<S extends z.ZodType> = Told<z.input<S>, z.output<S>>;

type Told<In, Out> = unknown extends In ? Out : In;
