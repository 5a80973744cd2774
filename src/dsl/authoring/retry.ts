import { DefinitionError } from '../ast/definition-error.ts';
import type { CallNode, RetryNode } from '../ast/step-node.ts';
import { namesOf, optionsOf } from './checked.ts';
import { type Duration, secondsOf } from './duration.ts';
import { passingFaults } from './passing-faults.ts';
import { shown } from './shown.ts';

/**
 * When and how often a failed call is made again; delays grow and are scattered (full jitter). Throttling
 * and other passing faults are retried without being told to. An SDK call that adds something each time, such as
 * `createBackup` or an update that counts, only where nothing can have been done: give its request a token, or
 * name the other errors yourself.
 *
 * @example
 * ```ts
 * const busy: RetryPolicy<'OutOfStock'> = { errors: ['OutOfStock'], interval: '5 minutes', maxAttempts: 12 };
 * flow
 *   .run('reserved', () => reserve({ sku: 'tea', count: 1 }), { retry: [busy] })
 *   .returns(({ reserved }) => reserved.shelf); // → "shelf of tea"
 * ```
 * ```json
 * {
 *   "Reserved": {
 *     "Retry": [
 *       {
 *         "ErrorEquals": ["OutOfStock"],
 *         "IntervalSeconds": 300,
 *         "MaxAttempts": 12,
 *         "BackoffRate": 2,
 *         "MaxDelaySeconds": 600,
 *         "JitterStrategy": "FULL"
 *       },
 *       "…"
 *     ],
 *     "…": "…"
 *   }
 * }
 * ```
 */
export interface RetryPolicy<E extends string = string> {
  /** Error names as Step Functions writes them, for example `DynamoDb.LimitExceededException`. */
  readonly errors: readonly E[];
  /** Before the first retry; at least one second, default 2 seconds. */
  readonly interval?: Duration;
  /** From 0, which means never, to 99,999,999; default 6. */
  readonly maxAttempts?: number;
  /** Each delay is the last one times this; at least 1, default 2. */
  readonly backoffRate?: number;
  /** No delay is longer; more than the interval. Default 1 minute, or twice an interval of that length or more. */
  readonly maxDelay?: Duration;
}

/**
 * The retries of a call: the author's own first, then those for passing faults, unless `'none'`.
 * @throws DefinitionError for a policy that Step Functions would refuse.
 */
export function retriesOf(
  call: CallNode,
  given: readonly RetryPolicy[] | 'none' | undefined,
  place = 'a call',
): readonly RetryNode[] {
  if (given === 'none') return [];
  const own = policiesOf(given, place, " or 'none'").map((policy) => retryNode(policy, place));
  const all = own.findIndex(({ errors }) => errors.includes(ALL));
  if (all !== -1 && all < own.length - 1)
    throw new DefinitionError(
      `${place}: no retry may follow the one for ${ALL}, which leaves nothing over; put it last`,
    );
  const errors = passingFaults(call, place);
  if (all !== -1 || errors.length === 0) return own;
  return [...own, retryNode({ errors }, place)];
}

/** Policies as they were given. */
export function policiesOf(
  given: readonly RetryPolicy[] | undefined,
  place: string,
  or = '',
): readonly RetryPolicy[] {
  if (given === undefined || Array.isArray(given)) return given ?? [];
  throw new DefinitionError(
    `${place}: retry must be a list of policies${or}, got ${shown(given)}; write for example [{ errors: ['Busy'] }]`,
  );
}

const POLICY = ['errors', 'interval', 'maxAttempts', 'backoffRate', 'maxDelay'];

/** The error name that stands for every other. */
const ALL = 'States.ALL';

/** Source of the bounds: Step Functions developer guide, "Handling errors in Step Functions workflows". */
const MOST_ATTEMPTS = 99_999_999;
const LONGEST_DELAY_SECONDS = 31_622_400;

/** @throws DefinitionError for a policy that Step Functions would refuse. */
export function retryNode(policy: RetryPolicy, place = 'a call'): RetryNode {
  const {
    interval = '2 seconds',
    maxAttempts = 6,
    backoffRate = 2,
  } = optionsOf(policy, POLICY, `${place} › retry`);
  const errors = namesOf(policy.errors, 'errors', `${place} › retry`);
  const intervalSeconds = secondsOf(interval, `${place} › retry › interval`);
  const maxDelaySeconds =
    policy.maxDelay === undefined
      ? Math.max(60, intervalSeconds * 2)
      : secondsOf(policy.maxDelay, `${place} › retry › maxDelay`);
  const refuse = (problem: string): never => {
    throw new DefinitionError(`${place}: ${problem}`);
  };
  if (errors.length === 0) refuse('a retry names no error; name those that it is for');
  if (errors.includes(ALL) && errors.length > 1)
    refuse(`a retry names ${ALL} beside other errors, got ${errors.join(', ')}; leave the others out`);
  if (!Number.isInteger(maxAttempts) || maxAttempts < 0 || maxAttempts > MOST_ATTEMPTS)
    refuse(
      `maxAttempts must be a whole number from 0 to ${MOST_ATTEMPTS}, got ${shown(maxAttempts)}; change it`,
    );
  if (!(backoffRate >= 1) || !Number.isFinite(backoffRate))
    refuse(`backoffRate must be 1 or more, got ${shown(backoffRate)}; with 1 every delay is the interval`);
  if (maxDelaySeconds <= intervalSeconds)
    refuse(`maxDelay ('${policy.maxDelay}') is not longer than the interval ('${interval}'); raise it`);
  if (maxDelaySeconds >= LONGEST_DELAY_SECONDS)
    refuse(
      policy.maxDelay === undefined
        ? `interval ('${interval}') must be shorter than half a year; lower it`
        : `maxDelay ('${policy.maxDelay}') must be shorter than 366 days; lower it`,
    );
  return { errors, intervalSeconds, maxAttempts, backoffRate, maxDelaySeconds };
}
