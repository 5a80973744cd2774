import type jsonata from 'jsonata';
import type { SyntaxNode } from './direct/syntax-node.ts';

/** Nested evaluations that an expression may have. Seen on AWS: a sum of 200 terms has too many. */
const maximumDepth = 199;

/** Evaluations in all: far more than an expression with an end needs. AWS bounds the time instead. */
const maximumEvaluations = 1_000_000;

// In AWS's words; the second has not been seen there.
const overflow =
  'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.';
const endless = 'Expression evaluation timeout: Check for infinite loop';

/** Under a name that no expression can say: what the evaluations of one expression have come to. */
const meter = '\u0000meter';

interface Meter {
  depth: number;
  evaluations: number;
}

interface Frame {
  lookup(name: string): unknown;
}

/** Variables for one evaluation of a bounded expression. */
export const metered = (): { [name: string]: Meter } => ({ [meter]: { depth: 0, evaluations: 0 } });

/** Bounds every evaluation of an expression that may recur. The package calls what stands under these symbols. */
export function bound(expression: jsonata.Expression): void {
  const count = (by: 1 | -1) => (_node: unknown, _input: unknown, frame: Frame) => {
    const measured = frame.lookup(meter) as Meter | undefined;
    if (measured === undefined) return;
    measured.depth += by;
    measured.evaluations += 1;
    if (measured.depth > maximumDepth) throw new Error(overflow);
    if (measured.evaluations > maximumEvaluations) throw new Error(endless);
  };
  const hooked = expression as unknown as { assign(name: symbol, value: unknown): void };
  hooked.assign(Symbol.for('jsonata.__evaluate_entry'), count(1));
  hooked.assign(Symbol.for('jsonata.__evaluate_exit'), count(-1));
}

/** Whether functions that the expression itself names are called in it: only they can recur without an end. */
export function mayRecur(syntax: SyntaxNode): boolean {
  const named = new Set<unknown>();
  const called = new Set<unknown>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || node instanceof RegExp) return;
    const { type, lhs, rhs, procedure } = node as {
      type?: unknown;
      lhs?: { value?: unknown };
      rhs?: { type?: unknown };
      procedure?: { value?: unknown };
    };
    if (type === 'bind' && rhs?.type === 'lambda') named.add(lhs?.value);
    if (type === 'function' || type === 'partial') called.add(procedure?.value);
    for (const inner of Object.values(node)) visit(inner);
  };
  visit(syntax);
  return [...named].some((name) => called.has(name));
}
