import type { Json, JsonObject } from '../../asl/machine.ts';

const SCALARS: readonly unknown[] = ['string', 'number', 'integer', 'boolean'];

/** What a value that a JSON Schema allows may be other than an object, a list or null; undefined when it may not. */
export function scalarKind(schema: JsonObject): string | undefined {
  for (const value of (schema.enum ?? ('const' in schema ? [schema.const] : [])) as readonly Json[])
    if (SCALARS.includes(typeof value)) return typeof value;
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  const own = types.find((type) => SCALARS.includes(type));
  if (own !== undefined) return String(own);
  for (const way of (schema.anyOf ?? schema.oneOf ?? []) as readonly JsonObject[]) {
    const kind = scalarKind(way);
    if (kind !== undefined) return kind;
  }
  return undefined;
}
