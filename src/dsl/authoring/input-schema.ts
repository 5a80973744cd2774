import type * as z from 'zod';
import type { JsonObject } from '../asl/machine.ts';
import type { UncheckedNode } from '../ast/step-node.ts';
import { checksOf } from './schema/checks.ts';
import { defaultFault } from './schema/default-fault.ts';
import { jsonSchemaOf } from './schema/json-schema.ts';
import { lastOf, refuseSchema } from './schema/refuse-schema.ts';
import { walkSchema } from './schema/walk-schema.ts';

/** A zod schema as the machine can check it, and what it cannot. */
export interface CheckableSchema {
  /** JSON Schema (draft 2020-12) of the value as a caller writes it. */
  readonly schema: JsonObject;
  readonly unchecked: readonly UncheckedNode[];
}

/**
 * The schema of a value that comes into a machine from outside. The machine checks it and applies its defaults, but
 * runs no code: so what a step sees is what the caller wrote. (Keys that a `z.object` does not name stay, where zod
 * would take them out; use `z.strictObject` to refuse them.)
 *
 * @param place What the value is called in messages: `Rewind › input`.
 * @throws DefinitionError for a schema that gives another value than it was given, otherwise than by defaults, and for
 * a default that is not always the same.
 */
export function inputSchema(schema: z.ZodType, place: string): CheckableSchema {
  const unchecked: UncheckedNode[] = [];
  const faults: string[] = [];
  walkSchema(schema, lastOf(place), (inner, { changes, noJson, left = [] }, path) => {
    const checks = checksOf(inner);
    for (const fault of [changes ?? noJson, defaultFault(inner), ...checks.refused])
      if (fault !== undefined) faults.push(`${path}: ${fault}`);
    for (const what of [...left, ...checks.left]) unchecked.push({ path, what });
    return changes === undefined;
  });
  refuseSchema(place, faults);
  return { schema: jsonSchemaOf(schema, 'input'), unchecked };
}

/** The schema of what a function, a child execution or the machine itself gives: no default of it is ever applied. */
export const outputSchema = (schema: z.ZodType): JsonObject => jsonSchemaOf(schema, 'output');
