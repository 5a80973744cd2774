import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../../asl/machine.ts';
import { javaRandom } from '../../java-random.ts';
import { IntrinsicFault } from './intrinsic-fault.ts';
import { javaText } from './java-text.ts';

/** A number in [0, 1), and a UUID, each drawn for this call. */
export interface Draws {
  readonly random: () => number;
  readonly uuid: () => string;
}

/** @throws IntrinsicFault */
export type IntrinsicFunction = (args: readonly Json[], draws: Draws) => Json;

/** How many items an array made by States.ArrayRange may have. Source: developer guide, "Intrinsic functions". */
const longestRange = 1000;

/** Characters that Base64 and Hash take. Source: developer guide, "Intrinsic functions". */
const longestText = 10_000;

/** The functions by their names after `States.`; which draw what is in `drawing`. */
export const intrinsicFunctions: { readonly [name: string]: IntrinsicFunction } = {
  Array: (args) => args,
  ArrayPartition: (args) => {
    const [items, size] = [list(args, 0), whole(args, 1)];
    if (size <= 0) throw new IntrinsicFault('The chunk size must be a positive number');
    const count = Math.ceil(items.length / size);
    return Array.from({ length: count }, (_, piece) => items.slice(piece * size, (piece + 1) * size));
  },
  ArrayContains: (args) => list(args, 0).some((item) => isDeepStrictEqual(item, value(args, 1))),
  ArrayRange: (args) => {
    const [first, last, step] = [whole(args, 0), whole(args, 1), whole(args, 2)];
    if (step === 0) throw new IntrinsicFault('The increment must not be zero');
    const length = Math.max(0, Math.floor((last - first) / step) + 1);
    if (length > longestRange)
      throw new IntrinsicFault(`The array must not have more than ${longestRange} elements`);
    return Array.from({ length }, (_, index) => first + index * step);
  },
  ArrayGetItem: (args) => {
    const item = list(args, 0)[whole(args, 1)];
    if (item === undefined) throw new IntrinsicFault('The index is out of bounds');
    return item;
  },
  ArrayLength: (args) => list(args, 0).length,
  ArrayUnique: (args) => {
    const unique: Json[] = [];
    for (const item of list(args, 0))
      if (!unique.some((known) => isDeepStrictEqual(known, item))) unique.push(item);
    return unique;
  },
  Base64Encode: (args) => Buffer.from(text(args, 0, longestText)).toString('base64'),
  Base64Decode: (args) => Buffer.from(text(args, 0, longestText), 'base64').toString('utf8'),
  Hash: (args) => {
    const [data, algorithm] = [value(args, 0), text(args, 1)];
    if (!algorithms.includes(algorithm))
      throw new IntrinsicFault(`The algorithm must be one of ${algorithms.join(', ')}`);
    const content = typeof data === 'string' ? data : JSON.stringify(data);
    if (content.length > longestText) throw tooLong(longestText);
    return createHash(algorithm.replace('-', '').toLowerCase()).update(content).digest('hex');
  },
  JsonMerge: (args) => {
    const [one, other] = [object(args, 0), object(args, 1)];
    if (value(args, 2) !== false) throw new IntrinsicFault('Deep merging is not supported');
    return { ...one, ...other };
  },
  StringToJson: (args) => parseJson(text(args, 0)),
  JsonToString: (args) => JSON.stringify(value(args, 0)),
  MathRandom: (args, { random }) => {
    const [start, end] = [whole(args, 0), whole(args, 1)];
    if (end <= start) throw new IntrinsicFault('The end must be greater than the start');
    const size = end - start;
    return start + (args.length > 2 ? javaRandom(whole(args, 2)).nextInt(size) : Math.floor(random() * size));
  },
  // Both are rounded, half up, before they are added (seen on AWS: -1.49 and -1.5 make -2).
  MathAdd: (args) => whole(args, 0) + whole(args, 1),
  // Every character of the second text divides, and empty pieces are left out, as in Apache Commons' split.
  StringSplit: (args) => {
    const [whole, dividers] = [text(args, 0), text(args, 1)];
    const pieces = [''];
    for (const character of whole)
      if (dividers.includes(character)) pieces.push('');
      else pieces[pieces.length - 1] += character;
    return pieces.filter((piece) => piece !== '');
  },
  UUID: (_args, { uuid }) => uuid(),
  Format: (args) => {
    const [, ...values] = args;
    let used = 0;
    const filled = text(args, 0).replaceAll(/\\([\\{}'])|\{\}/g, (place, escaped: string | undefined) => {
      if (escaped !== undefined) return escaped;
      const next = values[used];
      used += 1;
      return next === undefined ? place : javaText(next);
    });
    if (used !== values.length)
      throw new IntrinsicFault(
        `The number of arguments does not match the occurrences of {}: ${values.length} and ${used}`,
      );
    return filled;
  },
};

/** The functions that draw something. */
export const drawing: { readonly [name: string]: keyof Draws } = { MathRandom: 'random', UUID: 'uuid' };

const algorithms = ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];

function value(args: readonly Json[], at: number): Json {
  const given = args[at];
  if (given === undefined) throw new IntrinsicFault(`Argument ${at + 1} is missing`);
  return given;
}

function text(args: readonly Json[], at: number, longest = Number.POSITIVE_INFINITY): string {
  const given = value(args, at);
  if (typeof given !== 'string') throw wrongType(at, 'a string', given);
  if (given.length > longest) throw tooLong(longest);
  return given;
}

/** A number, rounded half up as Java's Math.round does. */
function whole(args: readonly Json[], at: number): number {
  const given = value(args, at);
  if (typeof given !== 'number') throw wrongType(at, 'a number', given);
  // Not -0, which Java's whole numbers lack.
  return Math.round(given) + 0;
}

function list(args: readonly Json[], at: number): readonly Json[] {
  const given = value(args, at);
  if (!Array.isArray(given)) throw wrongType(at, 'an array', given);
  return given as readonly Json[];
}

function object(args: readonly Json[], at: number): JsonObject {
  const given = value(args, at);
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw wrongType(at, 'an object', given);
  return given as JsonObject;
}

/** Text of nothing but space is null, as Java's reader has it. */
function parseJson(given: string): Json {
  if (given.trim() === '') return null;
  try {
    return JSON.parse(given) as Json;
  } catch {
    throw new IntrinsicFault(`Invalid JSON: ${given}`);
  }
}

const wrongType = (at: number, expected: string, given: Json) =>
  new IntrinsicFault(`Argument ${at + 1} must be ${expected}, but was ${JSON.stringify(given)}`);

const tooLong = (longest: number) =>
  new IntrinsicFault(`The data must not have more than ${longest} characters`);
