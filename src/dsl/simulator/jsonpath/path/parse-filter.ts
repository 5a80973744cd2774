import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../../asl/machine.ts';
import { followSteps } from './follow-steps.ts';
import type { PathFilter, PathStep } from './path-step.ts';
import type { TextReader } from './text-reader.ts';
import { boundedExec } from '../../bounded-exec.ts';

type ParseSteps = (reader: TextReader) => readonly PathStep[];

/** One side of a comparison; undefined when its path leads nowhere. */
type Operand = (value: Json, root: Json) => Json | RegExp | undefined;

/**
 * The condition of `[?(…)]`: comparisons, `&&`, `||`, `!` and brackets.
 * @param parseSteps reads the paths in it.
 * @throws PathSyntaxError
 */
export function parseFilter(reader: TextReader, parseSteps: ParseSteps): PathFilter {
  return either(reader, parseSteps);
}

function either(reader: TextReader, parseSteps: ParseSteps): PathFilter {
  let test = both(reader, parseSteps);
  for (;;) {
    reader.skipSpace();
    if (!reader.take('||')) return test;
    const [left, right] = [test, both(reader, parseSteps)];
    test = (value, root) => left(value, root) || right(value, root);
  }
}

function both(reader: TextReader, parseSteps: ParseSteps): PathFilter {
  let test = single(reader, parseSteps);
  for (;;) {
    reader.skipSpace();
    if (!reader.take('&&')) return test;
    const [left, right] = [test, single(reader, parseSteps)];
    test = (value, root) => left(value, root) && right(value, root);
  }
}

function single(reader: TextReader, parseSteps: ParseSteps): PathFilter {
  reader.skipSpace();
  if (reader.take('!')) {
    const test = single(reader, parseSteps);
    return (value, root) => !test(value, root);
  }
  if (reader.take('(')) {
    const test = either(reader, parseSteps);
    reader.skipSpace();
    reader.expect(')');
    return test;
  }
  return comparison(reader, parseSteps);
}

function comparison(reader: TextReader, parseSteps: ParseSteps): PathFilter {
  const left = operand(reader, parseSteps);
  reader.skipSpace();
  const name = reader.match(
    /===|==|!==|!=|<=|>=|<|>|=~|(?:in|nin|subsetof|anyof|noneof|contains|size|empty)\b/iy,
  );
  if (name === undefined) return (value, root) => left(value, root) !== undefined;
  const compare = operators[name.toLowerCase()] as (one: unknown, other: unknown) => boolean;
  reader.skipSpace();
  const right = operand(reader, parseSteps);
  return (value, root) => compare(left(value, root), right(value, root));
}

function operand(reader: TextReader, parseSteps: ParseSteps): Operand {
  if (reader.take('@')) return pathOperand(parseSteps(reader), (value) => value);
  if (reader.take('$')) return pathOperand(parseSteps(reader), (_value, root) => root);
  const literal = literalOperand(reader);
  return () => literal;
}

function pathOperand(steps: readonly PathStep[], start: (value: Json, root: Json) => Json): Operand {
  const definite = steps.every(({ kind }) => kind === 'name' || kind === 'index' || kind === 'function');
  return (value, root) => {
    const found = followSteps(steps, start(value, root), root);
    return definite ? found[0] : found;
  };
}

function literalOperand(reader: TextReader): Json | RegExp {
  const text = reader.quoted();
  if (text !== undefined) return text;
  const pattern = reader.match(/\/(?:[^/\\]|\\.)+\/[a-z]*/y);
  if (pattern !== undefined) {
    const end = pattern.lastIndexOf('/');
    const flags = pattern.slice(end + 1).replaceAll(/[^ims]/g, '');
    return readAs(
      'a regular expression',
      reader,
      () => new RegExp(pattern.slice(1, end), [...new Set(flags)].join('')),
    );
  }
  const word = reader.match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true\b|false\b|null\b/y);
  if (word !== undefined) return JSON.parse(word) as Json;
  const list = reader.match(/\[[^\]]*\]|\{[^}]*\}/y);
  if (list === undefined) throw reader.unexpected('a path or a literal');
  return readAs('a list or an object', reader, () => JSON.parse(list.replaceAll("'", '"')) as Json);
}

/** @throws PathSyntaxError */
function readAs<T>(expected: string, reader: TextReader, read: () => T): T {
  try {
    return read();
  } catch {
    throw reader.unexpected(`${expected} before it`);
  }
}

const operators: { readonly [name: string]: (one: unknown, other: unknown) => boolean } = {
  '==': equal,
  '===': (one, other) => typeof one === typeof other && equal(one, other),
  '!=': (one, other) => !equal(one, other),
  '!==': (one, other) => typeof one !== typeof other || !equal(one, other),
  '<': (one, other) => ordered(one, other, (order) => order < 0),
  '<=': (one, other) => ordered(one, other, (order) => order <= 0),
  '>': (one, other) => ordered(one, other, (order) => order > 0),
  '>=': (one, other) => ordered(one, other, (order) => order >= 0),
  '=~': (one, other) => matches(one, other),
  in: (one, other) => listOf(other).some((item) => equal(item, one)),
  nin: (one, other) => !listOf(other).some((item) => equal(item, one)),
  subsetof: (one, other) => listOf(one).every((item) => listOf(other).some((known) => equal(known, item))),
  anyof: (one, other) => listOf(one).some((item) => listOf(other).some((known) => equal(known, item))),
  noneof: (one, other) => !listOf(one).some((item) => listOf(other).some((known) => equal(known, item))),
  contains: (one, other) =>
    typeof one === 'string' ? one.includes(String(other)) : listOf(one).some((item) => equal(item, other)),
  size: (one, other) => lengthOf(one) === (typeof other === 'number' ? other : lengthOf(other)),
  empty: (one, other) => (lengthOf(one) === 0) === other,
};

/** A number equals the text that says the same, as in Java's. */
function equal(one: unknown, other: unknown): boolean {
  if (typeof one === 'number' && typeof other === 'string') return other !== '' && one === Number(other);
  if (typeof one === 'string' && typeof other === 'number') return one === String(other);
  return isDeepStrictEqual(one, other);
}

function ordered(one: unknown, other: unknown, holds: (order: number) => boolean): boolean {
  if (typeof one === 'number' && typeof other === 'number') return holds(one - other);
  if (typeof one === 'string' && typeof other === 'string')
    return holds(one === other ? 0 : one < other ? -1 : 1);
  return false;
}

function matches(one: unknown, other: unknown): boolean {
  const [text, pattern] = one instanceof RegExp ? [other, one] : [one, other];
  if (!(pattern instanceof RegExp)) return false;
  if (typeof text !== 'string' && typeof text !== 'number') return false;
  return boundedExec(new RegExp(`^(?:${pattern.source})$`, pattern.flags), String(text)) !== null;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const lengthOf = (value: unknown): number | undefined =>
  typeof value === 'string' || Array.isArray(value) ? value.length : undefined;
