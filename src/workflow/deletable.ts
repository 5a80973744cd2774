import type { RetryPolicy } from '../dsl/authoring/retry.ts';

/**
 * A table that is still being made, or has an operation under way, cannot be deleted yet, nor can one while the
 * account has as many operations under way as it may (API_DeleteTable).
 */
export const deletable: RetryPolicy<`DynamoDb.${string}`> = {
  errors: ['DynamoDb.ResourceInUseException', 'DynamoDb.LimitExceededException'],
  interval: '1 minute',
  maxAttempts: 120,
  backoffRate: 1,
};
