import { shortList } from '../short-list.ts';

/**
 * Which functions in scope are at 0 before the freeze, and so are after the thaw. What another deployment has frozen
 * looks the same as what was shut on purpose: each puts back what it found.
 */
export function atZeroWarnings(functions: readonly string[]): string[] {
  if (functions.length === 0) return [];
  return [
    `functions: ${functions.length} in scope ${functions.length === 1 ? 'has' : 'have'} reserved concurrency 0 already ` +
      `(${shortList(functions)}), to which a thaw puts them back: either they are shut on purpose, or the freeze of ` +
      'another deployment of Rewind stands; have that one thawed after this one then, never before, or they stay at 0',
  ];
}
