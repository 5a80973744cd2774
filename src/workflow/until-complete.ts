import type { RetryPolicy } from '../dsl/authoring/retry.ts';

/**
 * Has a freeze or thaw that is incomplete be made again, which goes on where the last one stopped: an application may
 * have more functions than one invocation has time for at the pace of Lambda's control plane, and AWS may refuse in
 * passing. What no repetition helps has an error of its own.
 * @param error what the task fails with when it has left something undone.
 */
export const untilComplete = <E extends string>(error: E): readonly RetryPolicy<E>[] => [
  { errors: [error], interval: '30 seconds', maxAttempts: 4, maxDelay: '2 minutes' },
];
