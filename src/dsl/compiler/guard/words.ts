import type { Json, JsonObject } from '../../asl/machine.ts';
import { resolved } from './references.ts';
import { patternWords } from './string-checks.ts';

/** What a schema wants, in a few words: `a string`, `"plan" or "apply"`, `an object with name and size`. */
export function wordsOf(schema: JsonObject, root: JsonObject): string {
  const { description, const: constant, enum: options, type, anyOf, oneOf, $ref } = schema;
  if (typeof description === 'string') return description;
  if (constant !== undefined) return constantWords([constant]);
  if (Array.isArray(options)) return constantWords(options as readonly Json[]);
  const ways = anyOf ?? oneOf;
  if (Array.isArray(ways))
    return [...new Set(ways.map((way) => wordsOf(way as JsonObject, root)))].join(' or ');
  if (typeof $ref === 'string') {
    const target = resolved(schema, root);
    return typeof target.type === 'string' ? typeWords([target.type]) : `what the schema calls ${$ref}`;
  }
  if (type === 'string' && typeof schema.pattern === 'string') return stringWords(schema);
  if (type === 'object') return objectWords(schema);
  return typeWords(
    Array.isArray(type) ? (type as readonly string[]) : [typeof type === 'string' ? type : 'anything'],
  );
}

function stringWords(schema: JsonObject): string {
  const words = patternWords(schema);
  return words.startsWith('be ') ? words.slice('be '.length) : `a string to ${words}`;
}

function objectWords(schema: JsonObject): string {
  const required = (schema.required ?? []) as readonly string[];
  return required.length === 0 ? 'an object' : `an object with ${required.join(', ')}`;
}

/** One of these values, or the only one. */
export function constantWords(values: readonly Json[]): string {
  const words = values.map((value) => JSON.stringify(value)).join(', ');
  return values.length === 1 ? words : `one of ${words}`;
}

export const typeWords = (types: readonly string[]): string =>
  types
    .map((type) =>
      type === 'null' || type === 'anything' ? type : `${/^[aeio]/.test(type) ? 'an' : 'a'} ${type}`,
    )
    .join(' or ');
