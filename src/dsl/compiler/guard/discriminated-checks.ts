import type { Json, JsonObject } from '../../asl/machine.ts';
import type { Checking } from './checking.ts';
import { deeper, type Place, property, sentence } from './place.ts';
import { resolved } from './references.ts';
import { constantWords } from './words.ts';

/**
 * The faults of the one alternative that a field's value chooses, when every alternative is an object that wants
 * values of that field which no other wants; else undefined.
 */
export function discriminatedChecks(
  schemas: readonly JsonObject[],
  place: Place,
  checking: Checking,
): readonly string[] | undefined {
  const objects = schemas.map((schema) => resolved(schema, checking.root));
  const name = discriminator(objects);
  if (name === undefined) return undefined;
  const field = property(place, name);
  const ways = objects.map((schema, index) => {
    const values = valuesOf(schema, name) as readonly Json[];
    const checks = checking.faults(without(schema, name), { ...deeper(place, index + 4), type: 'object' });
    return `${field.value} in ${JSON.stringify(values)} ? [${checks.join(', ')}]`;
  });
  const every = objects.flatMap((schema) => valuesOf(schema, name) ?? []);
  const chain = [
    ...(place.type === 'object'
      ? []
      : [
          `$type(${place.value}) != "object" ? ${sentence(place, `must be an object${place.orNull ? ' or null' : ''}`)}`,
        ]),
    `$not($exists(${field.value})) ? ${sentence(field, 'is missing')}`,
    ...ways,
    sentence(field, `must be ${constantWords(every)}`),
  ];
  return [chain.join(' : ')];
}

function discriminator(objects: readonly JsonObject[]): string | undefined {
  const [first] = objects;
  if (first === undefined || objects.length < 2) return undefined;
  return Object.keys((first.properties ?? {}) as JsonObject).find((name) => {
    const values = objects.map((schema) => valuesOf(schema, name));
    const all = values.flatMap((some) => some ?? []);
    return values.every((some) => some !== undefined) && new Set(all).size === all.length;
  });
}

/** The values that a field of an object must have one of, when it says so. */
function valuesOf(schema: JsonObject, name: string): readonly Json[] | undefined {
  const field = ((schema.properties ?? {}) as Readonly<Record<string, JsonObject>>)[name];
  const required = (schema.required ?? []) as readonly string[];
  if (schema.type !== 'object' || field === undefined || !required.includes(name)) return undefined;
  if (field.const !== undefined) return [field.const];
  return Array.isArray(field.enum) ? (field.enum as readonly Json[]) : undefined;
}

/** The schema when the field is known to be right already. */
function without(schema: JsonObject, name: string): JsonObject {
  return {
    ...schema,
    properties: { ...(schema.properties as JsonObject), [name]: {} },
    required: (schema.required as readonly string[]).filter((one) => one !== name),
  };
}
