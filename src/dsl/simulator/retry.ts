import type { Catcher, Retrier } from '../asl/machine.ts';
import type { StateFailure } from './state-failure.ts';

/** Seconds that Step Functions waits when a Retrier leaves them out. */
const defaults = { intervalSeconds: 1, maxAttempts: 3, backoffRate: 2 };

/**
 * Whether an ErrorEquals list names this failure. States.ALL means every error but the two that end an
 * execution; States.TaskFailed every one but also a timeout; States.Runtime answers to no name. Source: developer
 * guide, "Handling errors in Step Functions workflows"; against it, States.ALL catches the States.DataLimitExceeded of
 * a task whose result is too large (seen on AWS).
 */
function errorEquals(names: readonly string[], failure: StateFailure): boolean {
  const { error, alsoNamed } = failure;
  if (error === 'States.Runtime') return false;
  if (error !== undefined && names.includes(error)) return true;
  if (alsoNamed !== undefined && names.includes(alsoNamed)) return true;
  return names.includes('States.ALL') || (names.includes('States.TaskFailed') && error !== 'States.Timeout');
}

/** The Retrier that decides about this failure (the first that names it), by its index. */
export function matchingRetrier(
  retriers: readonly Retrier[] | undefined,
  failure: StateFailure,
): number | undefined {
  const index = retriers?.findIndex((retrier) => errorEquals(retrier.ErrorEquals, failure)) ?? -1;
  return index < 0 ? undefined : index;
}

/**
 * Milliseconds until the Retrier's next attempt, or undefined when it has none left.
 * @param attempts how many it has made so far.
 * @param random a number in [0, 1); used with JitterStrategy FULL only.
 */
export function retryDelay(retrier: Retrier, attempts: number, random: number): number | undefined {
  if (attempts >= (retrier.MaxAttempts ?? defaults.maxAttempts)) return undefined;
  const growth = (retrier.BackoffRate ?? defaults.backoffRate) ** attempts;
  const seconds = Math.min(
    (retrier.IntervalSeconds ?? defaults.intervalSeconds) * growth,
    retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY,
  );
  return Math.round(seconds * 1000 * (retrier.JitterStrategy === 'FULL' ? random : 1));
}

/** The Catcher that takes this failure (the first that names it), by its index. */
export function matchingCatcher(
  catchers: readonly Catcher[] | undefined,
  failure: StateFailure,
): number | undefined {
  const index = catchers?.findIndex((catcher) => errorEquals(catcher.ErrorEquals, failure)) ?? -1;
  return index < 0 ? undefined : index;
}
