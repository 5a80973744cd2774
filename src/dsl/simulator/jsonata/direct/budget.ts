import { mostEvaluations } from '../evaluation-bounds.ts';
import { NOT_DIRECT, type SyntaxNode } from './syntax-node.ts';

/** What the loops of one expression may take: no more than the package may, which says what exceeds it. */
export class Budget {
  #left = 0;

  /** An evaluation begins. */
  begin(): void {
    this.#left = mostEvaluations;
  }

  /** @throws NOT_DIRECT when it is too much. */
  take(evaluations: number): void {
    this.#left -= evaluations;
    if (this.#left < 0) throw NOT_DIRECT;
  }
}

/** How many evaluations of parts evaluating a part once takes at most, without those of its own loops. */
export function evaluationsOf(part: unknown): number {
  if (typeof part !== 'object' || part === null) return 0;
  const own = typeof (part as Partial<SyntaxNode>).type === 'string' ? 1 : 0;
  return Object.values(part).reduce<number>((sum, inner) => sum + evaluationsOf(inner), own);
}
