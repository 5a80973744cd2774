import { longestSequence } from '../evaluation-bounds.ts';
import type { Form, Making } from './making.ts';
import { collapsed } from './sequence.ts';
import { NOT_DIRECT, type SyntaxNode } from './syntax-node.ts';
import { textOf } from './text-of.ts';
import { truthOf } from './truth-of.ts';

type Compute = (left: unknown, right: unknown) => unknown;

/** Of two numbers; anything else is an error in the package's own words, and so is what JSON has no number for. */
const numeric =
  (compute: (left: number, right: number) => number): Compute =>
  (left, right) => {
    if (typeof left !== 'number' || typeof right !== 'number')
      return nothingOf(left, right, isMissingOr('number'));
    const result = compute(left, right);
    if (!Number.isFinite(result)) throw NOT_DIRECT;
    return result;
  };

const compared =
  (compute: (left: string | number, right: string | number) => boolean): Compute =>
  (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return compute(left, right);
    if (typeof left === 'string' && typeof right === 'string') return compute(left, right);
    return nothingOf(left, right, isMissingOr('number', 'string'));
  };

/** Nothing, of an operand that is missing and another that could have been one. */
function nothingOf(left: unknown, right: unknown, isOperand: (value: unknown) => boolean): undefined {
  if ((left !== undefined && right !== undefined) || !isOperand(left) || !isOperand(right)) throw NOT_DIRECT;
}

const isMissingOr =
  (...types: readonly string[]) =>
  (value: unknown): boolean =>
    value === undefined || types.includes(typeof value);

/** A missing value is equal to nothing, and different from nothing. */
const equal =
  (same: boolean): Compute =>
  (left, right) => {
    if (left === undefined || right === undefined) return false;
    if (isComposed(left) && isComposed(right)) throw NOT_DIRECT;
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
  ['..', range],
]);

function isIn(left: unknown, right: unknown): boolean {
  if (left === undefined || right === undefined) return false;
  return Array.isArray(right) ? right.includes(left) : right === left;
}

/** The whole numbers from one to the other, which is itself where it is the only one. */
function range(from: unknown, to: unknown): unknown {
  if (!isWhole(from) || !isWhole(to) || to - from >= longestSequence) throw NOT_DIRECT;
  return collapsed(Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index));
}

const isWhole = (value: unknown): value is number => Number.isInteger(value);

export function binaryForm(node: SyntaxNode, making: Making): Form {
  const {
    lhs,
    rhs,
    value: operator,
  } = node as SyntaxNode & { readonly lhs: SyntaxNode; readonly rhs: SyntaxNode };
  const left = making.form(lhs);
  const right = making.form(rhs);
  if (operator === 'and')
    return (bindings, context) => truthOf(left(bindings, context)) && truthOf(right(bindings, context));
  if (operator === 'or')
    return (bindings, context) => truthOf(left(bindings, context)) || truthOf(right(bindings, context));
  const compute = COMPUTE.get(operator);
  if (compute === undefined) throw NOT_DIRECT;
  return (bindings, context) => compute(left(bindings, context), right(bindings, context));
}
