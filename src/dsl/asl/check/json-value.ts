import type { Json, JsonObject } from '../machine.ts';

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isList = (value: unknown): value is readonly Json[] => Array.isArray(value);

/** The objects of a list, each with its index; nothing when it is no list. */
export const objectsOf = (value: unknown): readonly (readonly [JsonObject, number])[] =>
  isList(value) ? value.flatMap((one, index) => (isObject(one) ? [[one, index] as const] : [])) : [];

/** What a value is, in words: `a string`, `null`, `a list`. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (isList(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** One step into a value, as Step Functions writes places: `/Output` or `[0]`. */
export const step = (key: string | number): string => (typeof key === 'number' ? `[${key}]` : `/${key}`);

/** A value in a message, shortened. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
