import type { Json } from '../../../asl/machine.ts';

/** A function at the end of a path, as in `$.prices.max()`; undefined when it has no value. */
export type PathFunction = (value: Json, args: readonly Json[]) => Json | undefined;

/** The functions of Java's JSONPath. Source: Jayway JsonPath's readme, "Functions". */
export const pathFunctions: { readonly [name: string]: PathFunction } = {
  length: (value) => sizeOf(value),
  size: (value) => sizeOf(value),
  min: (value, args) => ofNumbers(value, args, (all) => Math.min(...all)),
  max: (value, args) => ofNumbers(value, args, (all) => Math.max(...all)),
  sum: (value, args) => ofNumbers(value, args, total),
  avg: (value, args) => ofNumbers(value, args, mean),
  stddev: (value, args) => ofNumbers(value, args, deviation),
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

function ofNumbers(
  value: Json,
  args: readonly Json[],
  compute: (all: readonly number[]) => number,
): number | undefined {
  const given = [...(Array.isArray(value) ? (value as Json[]) : []), ...args.flat()] as readonly Json[];
  const all = given.filter((item) => typeof item === 'number');
  return all.length === 0 ? undefined : compute(all);
}

const total = (all: readonly number[]) => all.reduce((sum, item) => sum + item, 0);

const mean = (all: readonly number[]) => total(all) / all.length;

function deviation(all: readonly number[]): number {
  const middle = mean(all);
  return Math.sqrt(mean(all.map((item) => (item - middle) ** 2)));
}

function elementAt(value: Json, index: number): Json | undefined {
  return Array.isArray(value) ? (value as readonly Json[]).at(index) : undefined;
}
