import type { Environment } from '../handler.ts';

/** What is kept back of an invocation's time to say what could not be done. */
const ANSWER_MILLISECONDS = 10_000;

/** Until when an invocation may wait and try again: milliseconds since the epoch. */
export function answerBy({ deadline }: Pick<Environment, 'deadline'>): number {
  return deadline - ANSWER_MILLISECONDS;
}
