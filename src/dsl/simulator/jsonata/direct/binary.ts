import { textOf } from './text-of.ts';
import { truthOf } from './truth-of.ts';
import { type DirectForm, type MakeForm, NOT_DIRECT, type SyntaxNode } from './syntax-node.ts';

type Compute = (left: unknown, right: unknown) => unknown;

/** Of two numbers; anything else is an error in the package's own words, and so is what JSON has no number for. */
const numeric =
  (compute: (left: number, right: number) => number): Compute =>
  (left, right) => {
    if (typeof left !== 'number' || typeof right !== 'number') throw NOT_DIRECT;
    const result = compute(left, right);
    if (!Number.isFinite(result)) throw NOT_DIRECT;
    return result;
  };

const compared =
  (compute: (left: string | number, right: string | number) => boolean): Compute =>
  (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return compute(left, right);
    if (typeof left === 'string' && typeof right === 'string') return compute(left, right);
    throw NOT_DIRECT;
  };

/** A missing value is equal to nothing, and different from nothing. */
const equal =
  (same: boolean): Compute =>
  (left, right) => {
    if (left === undefined || right === undefined) return false;
    if (isComposed(left) || isComposed(right)) throw NOT_DIRECT;
    return (left === right) === same;
  };

const isComposed = (value: unknown): boolean => typeof value === 'object' && value !== null;

const COMPUTE: ReadonlyMap<unknown, Compute> = new Map([
  ['+', numeric((left, right) => left + right)],
  ['-', numeric((left, right) => left - right)],
  ['*', numeric((left, right) => left * right)],
  ['/', numeric((left, right) => left / right)],
  ['%', numeric((left, right) => left % right)],
  ['<', compared((left, right) => left < right)],
  ['<=', compared((left, right) => left <= right)],
  ['>', compared((left, right) => left > right)],
  ['>=', compared((left, right) => left >= right)],
  ['=', equal(true)],
  ['!=', equal(false)],
  ['&', (left, right) => textOf(left) + textOf(right)],
  ['in', isIn],
]);

function isIn(left: unknown, right: unknown): boolean {
  if (left === undefined || right === undefined) return false;
  return Array.isArray(right) ? right.includes(left) : right === left;
}

export function binaryForm(node: SyntaxNode, make: MakeForm): DirectForm | undefined {
  const left = make(node.lhs as SyntaxNode);
  const right = node.rhs && make(node.rhs);
  if (left === undefined || right === undefined) return undefined;
  if (node.value === 'and') return (bindings) => truthOf(left(bindings)) && truthOf(right(bindings));
  if (node.value === 'or') return (bindings) => truthOf(left(bindings)) || truthOf(right(bindings));
  const compute = COMPUTE.get(node.value);
  return compute && ((bindings) => compute(left(bindings), right(bindings)));
}
