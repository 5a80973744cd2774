import type { z } from 'zod';
import type { CallNode } from '../ast/step-node.ts';

const results = new WeakMap<CallNode, z.ZodType>();

/**
 * A call that is known to give results of a schema. It is not turned into JSON Schema here: a task's definition is
 * bundled with its handler, where that would be code that never runs.
 */
export function withResult(call: CallNode, schema: z.ZodType): CallNode {
  results.set(call, schema);
  return call;
}

/** The schema of the results of this very call; undefined when nobody gave one. */
export const resultOf = (call: CallNode): z.ZodType | undefined => results.get(call);
