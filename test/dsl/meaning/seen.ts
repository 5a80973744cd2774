import type { Sees } from './plan.ts';

/** What stands for a value that no way has set. */
export const MISSING = 'none';

/** What of all that is known goes into a text. */
export function seen<T>(sees: Sees, known: readonly T[]): readonly T[] {
  if (sees === 'all') return known;
  return sees === 'newest' ? known.slice(-1) : [];
}
