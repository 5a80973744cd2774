import type { Expression } from '../dsl/expression/expression.ts';
import { dynamodb } from './dynamodb.ts';

/** Deletes a restored table; to be run with `untilGone`. */
export const deleteCopy = (name: Expression<string>) => dynamodb.deleteTable({ TableName: name });

/**
 * A table that is still being made, or has an operation under way, cannot be deleted yet, nor can one while the
 * account has as many operations under way as it may (API_DeleteTable). One that is gone is what was wanted.
 */
export const untilGone = {
  retry: [
    {
      errors: ['DynamoDb.ResourceInUseException', 'DynamoDb.LimitExceededException'],
      interval: '1 minute',
      maxAttempts: 120,
      backoffRate: 1,
    },
  ],
  recover: { errors: ['DynamoDb.ResourceNotFoundException'], value: () => ({}) },
} as const;
