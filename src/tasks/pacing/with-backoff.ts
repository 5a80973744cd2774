import { isNamed } from '../aws-error.ts';
import type { TaskClock } from '../handler.ts';

const FIRST_DELAY_MILLISECONDS = 500;
const LONGEST_DELAY_MILLISECONDS = 15_000;
/** With these delays some 40 seconds on average, 80 at most: longer than any transition or burst seen. */
const MOST_ATTEMPTS = 10;

export interface BackoffRules {
  /** Error names worth another attempt; any other error is thrown at once. */
  readonly retry: readonly string[];
  readonly clock: TaskClock;
  /** From 0 to 1, different for callers that work side by side. */
  readonly random: () => number;
  /** No attempt begins after it: milliseconds since the epoch. */
  readonly deadline: number;
}

/**
 * Repeats an attempt with exponential delays and full jitter (a random share of the whole delay, so that
 * those who were refused together do not come back together).
 * @throws the last error, when the attempts or the time are used up.
 */
export async function withBackoff<T>(attempt: () => Promise<T>, rules: BackoffRules): Promise<T> {
  for (let failed = 0; ; failed += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isNamed(error, ...rules.retry) || failed + 1 === MOST_ATTEMPTS) throw error;
      const ceiling = Math.min(LONGEST_DELAY_MILLISECONDS, FIRST_DELAY_MILLISECONDS * 2 ** failed);
      const delay = Math.round(rules.random() * ceiling);
      if (rules.clock.now() + delay > rules.deadline) throw error;
      await rules.clock.sleep(delay);
    }
  }
}
