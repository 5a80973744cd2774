import type { Environment } from '../handler.ts';

/** What one function or mapping may still take once begun, and what the answer needs. */
const MARGIN_MILLISECONDS = 20_000;

/** Whether an invocation should begin nothing more: what is left waits for the next call. */
export function outOfTime({ clock, deadline }: Environment): boolean {
  return clock.now() > deadline - MARGIN_MILLISECONDS;
}
