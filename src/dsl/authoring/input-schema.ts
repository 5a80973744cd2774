import type * as z from 'zod';
import type { JsonObject } from '../asl/machine.ts';
import { DefinitionError } from '../ast/definition-error.ts';
import type { UncheckedNode } from '../ast/step-node.ts';
import { checksOf } from './schema/checks.ts';
import { jsonSchemaOf } from './schema/json-schema.ts';
import { partsOf } from './schema/parts.ts';

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
 * @throws DefinitionError for a schema that gives another value than it was given, otherwise than by defaults.
 */
export function inputSchema(schema: z.ZodType, place: string): CheckableSchema {
  const walk: Walk = { unchecked: [], faults: [], seen: new Set() };
  const called = place.split(' › ').at(-1) ?? place;
  visit(schema, called, walk);
  if (walk.faults.length > 0) {
    const owner = place.slice(0, place.length - called.length);
    throw new DefinitionError(walk.faults.map((fault) => `${owner}${fault}`).join('\n'));
  }
  return { schema: jsonSchemaOf(schema, 'input'), unchecked: walk.unchecked };
}

interface Walk {
  readonly unchecked: UncheckedNode[];
  readonly faults: string[];
  readonly seen: Set<z.core.$ZodType>;
}

function visit(schema: z.core.$ZodType, path: string, walk: Walk): void {
  if (walk.seen.has(schema)) return;
  walk.seen.add(schema);
  const { refused, left = [], parts } = partsOf(schema);
  const checks = checksOf(schema);
  for (const fault of [refused, ...checks.refused])
    if (fault !== undefined) walk.faults.push(`${path}: ${fault}`);
  for (const what of [...left, ...checks.left]) walk.unchecked.push({ path, what });
  for (const [step, part] of parts) visit(part, `${path}${step}`, walk);
}

/** The schema of what a machine gives. */
export const outputSchema = (schema: z.ZodType): JsonObject => jsonSchemaOf(schema, 'output');
