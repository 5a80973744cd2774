import type * as z from 'zod';
import type { Json } from '../../src/dsl/asl/machine.ts';
import { faultsOf } from './echo.ts';

/** A schema, a value that fits it, one that does not, and what the guard says of that one. */
export type GuardCase = readonly [name: string, schema: z.ZodType, good: Json, bad: Json, fault: string];

export const namedCase = ([name, schema, good, bad, fault]: GuardCase) => ({
  name,
  schema,
  good,
  bad,
  fault,
});

/** Whether zod takes a value, and what the guard says of it. */
export const verdictOn = async (schema: z.ZodType, value: Json) => ({
  zod: schema.safeParse(value).success,
  guard: await faultsOf(schema, value),
});
