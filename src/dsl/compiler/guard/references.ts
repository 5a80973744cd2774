import type { Json, JsonObject } from '../../asl/machine.ts';

/** What a reference within the schema points to (RFC 6901), or undefined. */
export function target(reference: string, root: JsonObject): JsonObject | undefined {
  const [document, ...path] = reference.split('/');
  if (document !== '#') return undefined;
  const found = path.reduce<Json | undefined>((at, part) => {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    return isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  }, root);
  return isObject(found) ? found : undefined;
}

/** The schema that a schema stands for, when it is but a reference. */
export function resolved(schema: JsonObject, root: JsonObject): JsonObject {
  const { $ref, ...own } = schema;
  if (typeof $ref !== 'string') return schema;
  const found = target($ref, root);
  return found === undefined || found === root ? schema : { ...found, ...own };
}

/** Whether what a reference points to leads back to itself. */
export function recursive(reference: string, root: JsonObject): boolean {
  const seen = new Set<string>();
  const within = (schema: JsonObject | undefined): boolean =>
    schema !== undefined &&
    referencesIn(schema).some((next) => {
      if (next === reference) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return within(target(next, root));
    });
  return within(target(reference, root));
}

function referencesIn(schema: Json | undefined): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(referencesIn);
  if (!isObject(schema)) return [];
  const { $ref, $defs: _, ...rest } = schema;
  return [...(typeof $ref === 'string' ? [$ref] : []), ...Object.values(rest).flatMap(referencesIn)];
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
