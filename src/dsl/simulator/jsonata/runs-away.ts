import { DEEPEST_EVALUATION, treeDepth } from '../../asl/evaluation-depth.ts';
import type { SyntaxNode } from './direct/syntax-node.ts';

/** What takes each of its parts a fixed number of times, or once for each element of the data. */
const BOUNDED_BY_DATA: readonly unknown[] = [
  'string',
  'number',
  'value',
  'regex',
  'variable',
  'name',
  'path',
  'binary',
  'unary',
  'condition',
  'block',
  'function',
];

/** What gives a list that is longer than the data, or calls a function that it is given. */
const LENGTHENS: readonly unknown[] = [
  '..',
  '[',
  'append',
  'each',
  'filter',
  'map',
  'match',
  'pad',
  'parse',
  'reduce',
  'sift',
  'single',
];

/**
 * Whether an expression may take more time, depth or memory than what it sees has in it: whether it calls functions of
 * its own, or lengthens lists. One that may not needs no bounds, which cost a third of its time.
 */
export const mayRunAway = (tree: SyntaxNode): boolean =>
  treeDepth(tree) > DEEPEST_EVALUATION || hasUnbounded(tree);

function hasUnbounded(node: unknown): boolean {
  if (typeof node !== 'object' || node === null || node instanceof RegExp) return false;
  if (Array.isArray(node)) return node.some(hasUnbounded);
  const { type, value, steps = [], group, tuple } = node as Partial<SyntaxNode>;
  if (!BOUNDED_BY_DATA.includes(type) || group !== undefined || tuple === true) return true;
  if (type !== 'string' && LENGTHENS.includes(value)) return true;
  return steps.slice(1).some((step) => step.type !== 'name') || Object.values(node).some(hasUnbounded);
}
