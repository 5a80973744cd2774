import type { Json } from '../../../asl/machine.ts';

/** A function at the end of a path, as in `$.prices.max()`; undefined when it has no value. */
export type PathFunction = (value: Json, args: readonly Json[]) => Json | undefined;

const nothing: PathFunction = () => undefined;

/**
 * The functions of Java's JSONPath. Source: Jayway JsonPath's readme, "Functions". Those that compute with numbers find
 * none: they do not know the numbers of the JSON library that Step Functions reads with (seen on AWS: `$.Jobs.sum()`
 * over an array of numbers "could not be found in the input"; the others are of one class with it).
 */
export const pathFunctions: { readonly [name: string]: PathFunction } = {
  length: (value) => sizeOf(value),
  size: (value) => sizeOf(value),
  min: nothing,
  max: nothing,
  sum: nothing,
  avg: nothing,
  stddev: nothing,
  keys: (value) => (isObject(value) ? Object.keys(value) : undefined),
  first: (value) => elementAt(value, 0),
  last: (value) => elementAt(value, -1),
  index: (value, [at]) => elementAt(value, typeof at === 'number' ? at : 0),
  concat: (value, args) =>
    [...(Array.isArray(value) ? (value as Json[]) : []), ...args.flat()]
      .filter((part) => typeof part === 'string' || typeof part === 'number')
      .join(''),
  append: (value, args) => (Array.isArray(value) ? [...(value as Json[]), ...args] : value),
};

function sizeOf(value: Json): number | undefined {
  if (Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : undefined;
}

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function elementAt(value: Json, index: number): Json | undefined {
  return Array.isArray(value) ? (value as readonly Json[]).at(index) : undefined;
}
