import type { Json, JsonObject } from '../../asl/machine.ts';

type ScalarKind = 'string' | 'number' | 'boolean';

const KINDS: Readonly<Record<string, ScalarKind>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
};

/** What a value that a JSON Schema allows may be other than an object, a list or null. */
export const scalarKinds = (schema: JsonObject): ReadonlySet<ScalarKind> =>
  new Set(kindsOf(schema, schema, []));

/** @param within The references that lead here: what is reached again by one of them adds nothing. */
function kindsOf(schema: JsonObject, root: JsonObject, within: readonly string[]): readonly ScalarKind[] {
  const { $ref, type, anyOf, oneOf, allOf } = schema;
  const kinds = (part: Json) => kindsOf(part as JsonObject, root, within);
  if (typeof $ref === 'string')
    return within.includes($ref) ? [] : kindsOf(referred($ref, root), root, [...within, $ref]);
  const values = schema.enum ?? ('const' in schema ? [schema.const] : undefined);
  if (Array.isArray(values)) return values.flatMap((value) => KINDS[typeof value] ?? []);
  if (Array.isArray(allOf)) {
    const [first = [], ...others] = allOf.map(kinds);
    return first.filter((kind) => others.every((other) => other.includes(kind)));
  }
  const ways = anyOf ?? oneOf;
  if (Array.isArray(ways)) return ways.flatMap(kinds);
  return [type].flat().flatMap((one) => KINDS[String(one)] ?? []);
}

/** What a reference within the schema leads to: `#` or `#/$defs/Order`. */
const referred = (reference: string, root: JsonObject): JsonObject =>
  reference
    .split('/')
    .slice(1)
    .reduce((at, step) => at[step] as JsonObject, root);
