import type { Expression, Template } from './expression.ts';
import { add, multiply } from './number.ts';
import { operation } from './operation.ts';

/**
 * Milliseconds since the epoch of an ISO 8601 time, to compute with.
 *
 * @example
 * toMillis(input.placedAt); // {% $toMillis($input.placedAt) %} → 1767254400000
 */
export const toMillis = (time: Template<string>): Expression<number> => operation('toMillis', time);

/**
 * The ISO 8601 time of milliseconds since the epoch.
 *
 * @example
 * fromMillis(1767254400000); // {% $fromMillis(1767254400000) %} → "2026-01-01T08:00:00.000Z"
 */
export const fromMillis = (milliseconds: Template<number>): Expression<string> =>
  operation('fromMillis', milliseconds);

/**
 * The ISO 8601 time so many seconds later, or earlier by a negative number.
 *
 * @example
 * addSeconds(input.placedAt, 3600);
 * // {% $fromMillis(($toMillis($input.placedAt) + 3600000)) %} → "2026-01-01T09:00:00.000Z"
 */
export const addSeconds = (time: Template<string>, seconds: Template<number>): Expression<string> =>
  fromMillis(add(toMillis(time), typeof seconds === 'number' ? seconds * 1000 : multiply(seconds, 1000)));

/**
 * The ISO 8601 time at which this very expression is evaluated: two uses differ, and so does each retry and
 * redrive. A time that must stay the same is `context.Execution.StartTime`, or a branch's result.
 *
 * @example
 * now(); // {% $now() %} → "2026-01-01T00:00:00.000Z"
 */
export const now = (): Expression<string> => operation('now');
