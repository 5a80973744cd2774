import type { RetryPolicy } from '../dsl/authoring/retry.ts';

/** A table that is still being made cannot be deleted yet. */
export const deletable: RetryPolicy<`DynamoDb.${string}`> = {
  errors: ['DynamoDb.ResourceInUseException'],
  interval: '1 minute',
  maxAttempts: 120,
  backoffRate: 1,
};
