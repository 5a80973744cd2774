import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { TableName } from '../incident.ts';

/**
 * Puts a resource policy on the restored copy of a sensitive table that keeps everyone but the recovery's own
 * functions from reading it. A copy that is still being made may not take one yet: then ask again.
 */
export const protectCopy = task('ProtectCopy', {
  input: z.object({
    /** ARN of the live table. */
    tableArn: z.string().regex(/^arn:[^:]+:dynamodb:[^:]+:\d{12}:table\/.+$/),
    /** The copy. */
    restoredName: TableName,
    /**
     * Whether nobody waits for the answer: then a copy that does not take the policy yet is an error, after which Lambda
     * calls again, twice; default false.
     */
    unawaited: z.boolean().optional(),
  }),
  output: z.object({
    /** Whether the policy is there, as DynamoDB tells it; false when the copy does not take one yet. */
    protected: z.boolean(),
  }),
  errors: ['CopyUnprotected'],
  timeout: '15 minutes',
});
