import { createHash } from 'node:crypto';
import { javaRandom } from '../java-random.ts';
import { longestSequence } from './evaluation-bounds.ts';

/** A fault, in the shape JSONata gives its own errors; by default one of an argument. */
function fault(functionName: string, message: string, code = 'T0410'): Error {
  return Object.assign(new Error(`${functionName}: ${message}`), { code });
}

/**
 * The functions that Step Functions adds to JSONata and that need nothing but their arguments.
 * Source: developer guide, "Transforming data with JSONata", "JSONata functions provided by Step Functions".
 */
export const addedFunctions = {
  /** `$partition(array, size)`: the array in pieces of `size`, the last one shorter if need be. */
  partition(array: unknown, size: unknown): unknown {
    if (array === undefined) return undefined;
    const items: unknown[] = Array.isArray(array) ? array : [array];
    const step = typeof size === 'number' ? Math.trunc(size) : Number.NaN;
    if (!(step > 0)) throw fault('$partition', 'the second argument must be a positive number');
    return Array.from({ length: Math.ceil(items.length / step) }, (_, piece) =>
      items.slice(piece * step, (piece + 1) * step),
    );
  },

  /**
   * `$range(first, last, step)`: the numbers from first to last, both included; fractions are cut off. A single
   * number comes without its array, as from JSONata's own sequences.
   */
  range(first: unknown, last: unknown, step: unknown): unknown {
    if (typeof first !== 'number' || typeof last !== 'number' || typeof step !== 'number')
      throw fault('$range', 'the arguments must be numbers');
    const [start, end, by] = [Math.trunc(first), Math.trunc(last), Math.trunc(step)];
    if (by === 0) throw fault('$range', 'the step must not be zero');
    const length = Math.max(0, Math.floor((end - start) / by) + 1);
    if (length > longestSequence) throw fault('$range', 'the sequence is too long', 'D2015');
    return length === 1 ? start : Array.from({ length }, (_, index) => start + index * by);
  },

  /** `$hash(text, algorithm)`: in hexadecimal; MD5, SHA-1, SHA-256, SHA-384 or SHA-512. */
  hash(text: unknown, algorithm: unknown = 'SHA-256'): unknown {
    if (text === undefined) return undefined;
    const names = ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];
    if (typeof algorithm !== 'string' || !names.includes(algorithm))
      throw fault('$hash', `the algorithm must be one of ${names.join(', ')}`);
    const content = typeof text === 'string' ? text : JSON.stringify(text);
    return createHash(algorithm.replace('-', '').toLowerCase()).update(content).digest('hex');
  },

  /** `$parse(text)`: the value that the JSON text means. */
  parse(text: unknown): unknown {
    if (text === undefined) return undefined;
    if (typeof text !== 'string') throw fault('$parse', 'the argument must be a string');
    return JSON.parse(text) as unknown;
  },
};

/** `$random(seed)` is Java's, `$random()` the simulation's own; both repeat with the seed. */
export function randomFunction(random: () => number): (seed?: unknown) => number {
  return (seed) => (typeof seed === 'number' ? javaRandom(seed).nextDouble() : random());
}
