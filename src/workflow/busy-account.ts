import type { RetryPolicy } from '../dsl/authoring/retry.ts';

/**
 * Many segments of many tables, or many copies to protect, may want more invocations than the account allows at once,
 * each for up to fifteen minutes: they wait for their turn, some sixteen hours, rather than fail.
 */
export const busyAccount: RetryPolicy<'Lambda.TooManyRequestsException'> = {
  errors: ['Lambda.TooManyRequestsException'],
  interval: '30 seconds',
  maxAttempts: 100,
  backoffRate: 1.5,
  maxDelay: '10 minutes',
};
