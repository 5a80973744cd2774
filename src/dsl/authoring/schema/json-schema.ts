import * as z from 'zod';
import type { Json, JsonObject } from '../../asl/machine.ts';
import { patternsOf } from './checks.ts';
import { hasNumbers } from './parts.ts';

/** The formats of JSON Schema 2020-12; zod has names of its own beside them, which validators refuse. */
const FORMATS = new Set([
  'date-time',
  'date',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uri',
  'uuid',
]);

/**
 * JSON Schema (draft 2020-12) of a zod schema, and of nothing that it does not mean: a pattern's flags are written
 * out, a pattern that zod itself does not go by is left out, and a prefault stands as what zod makes of it. Of an
 * `'output'`, which nobody parses, a default is not there unless it is given, and no key but the named ones is.
 */
export function jsonSchemaOf(schema: z.ZodType, of: 'input' | 'output'): JsonObject {
  const json = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (of === 'output') asGiven(zodSchema, jsonSchema as Record<string, Json>);
      corrected(zodSchema, jsonSchema as Record<string, Json>);
    },
  });
  return JSON.parse(JSON.stringify(json)) as JsonObject;
}

function asGiven(schema: z.core.$ZodTypes, json: Record<string, Json>): void {
  const { def } = schema._zod;
  delete json.default;
  if (def.type === 'object' && def.catchall === undefined) json.additionalProperties = false;
}

function corrected(schema: z.core.$ZodTypes, json: Record<string, Json>): void {
  const { def } = schema._zod;
  if (typeof json.format === 'string' && !FORMATS.has(json.format)) delete json.format;
  if (def.type === 'string' && json.type === 'string') setPatterns(json, patternsOf(schema));
  if (def.type === 'prefault' && 'default' in json)
    json.default = z.core.parse(def.innerType, def.defaultValue) as Json;
  if (def.type === 'record' && def.mode === 'loose') {
    for (const keyword of ['propertyNames', 'additionalProperties', 'patternProperties', 'required'])
      delete json[keyword];
  } else if (def.type === 'record' && hasNumbers(def.keyType)) delete json.propertyNames;
}

function setPatterns(json: Record<string, Json>, patterns: readonly string[]): void {
  delete json.pattern;
  delete json.allOf;
  const [first] = patterns;
  if (patterns.length === 1 && first !== undefined) json.pattern = first;
  if (patterns.length > 1) json.allOf = patterns.map((pattern) => ({ pattern }));
}
