import { DEEPEST_EVALUATION } from '../../asl/evaluation-depth.ts';
import type { SyntaxNode } from './direct/syntax-node.ts';
import { mayRunAway } from './runs-away.ts';
import { BoundedRegExp } from '../bounded-exec.ts';
import { Endless } from '../endless.ts';

/**
 * Values in a sequence: `[1..873782]` passes and one more fails, by the memory that an evaluation may take.
 * Source: floci-io/floci, issue 2737, measured by TestState.
 */
export const longestSequence = 873_782;

/**
 * Evaluations of parts of one expression. AWS bounds the time, without saying how; counting gives the same result on
 * every machine. So many take a second or two.
 */
export const mostEvaluations = 2_000_000;

/** Evaluations that the memory of a process holds unfinished. */
const mostUnfinished = 50_000;

/**
 * What an expression may take, as options of the `jsonata` package, which asks for `stack` whenever it evaluates a
 * part. Evaluations of the same expression side by side share what they may take together.
 */
export class EvaluationBounds {
  // Only a constructor is wanted of it, whose objects have `exec` and `lastIndex`.
  readonly RegexEngine = BoundedRegExp as unknown as RegExpConstructor;
  sequence: number | undefined = longestSequence;
  #depth: number | undefined = DEEPEST_EVALUATION;
  #running = 0;
  #left = 0;

  /** How many evaluations of parts may be unfinished; undefined when nothing has to be bounded. */
  get stack(): number | undefined {
    this.#left -= 1;
    if (this.#left < 0 && this.#depth !== undefined) throw new Endless();
    return this.#depth;
  }

  /**
   * Adapts the bounds to an expression. What the package evaluates side by side, the elements of an array and the
   * fields of an object, it counts as if they stood within each other: their depth it cannot tell.
   */
  adaptTo(tree: SyntaxNode): void {
    if (!mayRunAway(tree)) this.sequence = this.#depth = undefined;
    else if (isSideBySide(tree)) this.#depth = mostUnfinished;
  }

  /** Evaluates within the bounds: from here on, what it takes is counted. */
  within<T>(evaluate: () => Promise<T>): Promise<T> {
    if (this.#depth === undefined) return evaluate();
    if (this.#running === 0) this.#left = 0;
    // The package asks twice for each part.
    this.#left += 2 * mostEvaluations;
    this.#running += 1;
    return evaluate().finally(() => {
      this.#running -= 1;
    });
  }
}

/** Whether an array or an object in it has parts that take turns in being evaluated. */
function isSideBySide(node: unknown): boolean {
  if (typeof node !== 'object' || node === null || node instanceof RegExp) return false;
  if (Array.isArray(node)) return node.some(isSideBySide);
  const { type, value, expressions = [], group, lhs } = node as SyntaxNode;
  if (type === 'unary' && value === '[' && !expressions.slice(0, -1).every(isAtOnce)) return true;
  if (type === 'unary' && value === '{' && !valuesOf(lhs).every(isAtOnce)) return true;
  return !valuesOf(group?.lhs).every(isAtOnce) || Object.values(node).some(isSideBySide);
}

const valuesOf = (pairs: SyntaxNode['lhs']): readonly SyntaxNode[] =>
  Array.isArray(pairs)
    ? (pairs as readonly (readonly [SyntaxNode, SyntaxNode])[]).map(([, value]) => value)
    : [];

/** What the package evaluates without waiting. */
const isAtOnce = ({ type, predicate, group }: SyntaxNode): boolean =>
  ['string', 'number', 'value', 'variable', 'name', 'lambda'].includes(type) &&
  predicate === undefined &&
  group === undefined;
