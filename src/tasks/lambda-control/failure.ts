import { lambdaErrorText } from '../aws-error.ts';

const MOST_NAMED = 20;

/** A fault that no repetition of the call mends: somebody must do first what it says. */
export class LastingFault extends Error {}

/** What a freeze or a thaw could not do. */
export interface Failure {
  readonly words: string;
  /** Whether the same call may yet do it. */
  readonly mayPass: boolean;
}

/** @param why in words, or what was thrown. */
export function failureOf(what: string, why: unknown): Failure {
  const words = typeof why === 'string' ? why : lambdaErrorText(why);
  return { words: `${what}: ${words}`, mayPass: !(why instanceof LastingFault) };
}

/** Failures as one line: all of them, or the first twenty and how many more there are. */
export function failuresInWords(failures: readonly Failure[]): string {
  const named = failures.slice(0, MOST_NAMED).map(({ words }) => words);
  const more = failures.length - MOST_NAMED;
  return named.join('; ') + (more > 0 ? `; and ${more} more` : '');
}
