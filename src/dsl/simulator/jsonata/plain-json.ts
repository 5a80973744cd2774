import type { Json } from '../../asl/machine.ts';
import { put } from '../../asl/put.ts';

/** Thrown for a value that JSON cannot hold, such as a function. */
export class NotJson extends Error {}

/** Thrown for a number that JSON cannot hold. */
export class NumberOutOfRange extends Error {}

/**
 * A copy with nothing of JSONata left in it (its arrays carry marks of their own, and may be the very arrays of
 * the input); nothing stands for undefined.
 * @throws NotJson when a function is in it.
 * @throws NumberOutOfRange for a number without a value, such as that of 1/0.
 */
export function plainJson(value: unknown): Json {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NumberOutOfRange(String(value));
    return value;
  }
  if (typeof value === 'function') throw new NotJson();
  if (typeof value !== 'object' || value === null) return (value ?? null) as Json;
  if (Array.isArray(value)) return Array.from(value, plainJson);
  if ('_jsonata_lambda' in value || '_jsonata_function' in value) throw new NotJson();
  const copy: { [key: string]: Json } = {};
  for (const [key, item] of Object.entries(value)) if (item !== undefined) put(copy, key, plainJson(item));
  return copy;
}
