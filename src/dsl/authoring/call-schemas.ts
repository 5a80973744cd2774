import type { z } from 'zod';
import type { CallNode } from '../ast/step-node.ts';

/** What a call is known to take and to give. */
export interface CallSchemas {
  readonly input?: z.ZodType;
  readonly output: z.ZodType;
}

const known = new WeakMap<CallNode, CallSchemas>();

/**
 * A call whose schemas are known. They are neither checked nor turned into JSON Schema here: a task's definition is
 * bundled with its handler, where that would be code that never runs.
 */
export function withSchemas(call: CallNode, schemas: CallSchemas): CallNode {
  known.set(call, schemas);
  return call;
}

/** The schemas of this very call; undefined when nobody gave any. */
export const schemasOf = (call: CallNode): CallSchemas | undefined => known.get(call);
