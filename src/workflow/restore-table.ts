import * as z from 'zod';
import { workflow } from '../dsl/authoring/workflow.ts';
import { differs, equals, oneOf } from '../dsl/expression/comparison.ts';
import { and, exists, not } from '../dsl/expression/logic.ts';
import { concat } from '../dsl/expression/text.ts';
import { Instant, TableName } from '../tasks/incident.ts';
import { dynamodb } from './dynamodb.ts';

const RestoreRequest = z.strictObject({
  tableArn: z.string().regex(/^arn:[^:]+:dynamodb:[^:]+:\d{12}:table\/.+$/),
  /** The name of the new table. */
  restoredName: TableName,
  restorePoint: Instant,
});

/**
 * Restores one table to a second into a new table, without indexes and on demand, and waits until it is whole.
 * A table that a former try has begun is adopted: preflight and the gate prove that it is the right one.
 */
export const restoreTable = workflow('RestoreTable', {
  input: RestoreRequest,
  output: z.object({ restoredName: TableName }),
  timeout: '14 hours',
  comment: 'Restores one table by point-in-time recovery into a new table',
})
  .run('existing', ({ input }) => dynamodb.describeTable({ TableName: input.restoredName }), {
    recover: { errors: ['DynamoDb.ResourceNotFoundException'], value: () => ({ missing: true }) },
  })
  .choose('begun', (ways) =>
    ways.when(
      'missing',
      ({ existing }) => exists(existing.missing),
      (begin) =>
        begin.run(
          'started',
          ({ input }) =>
            dynamodb.restoreTableToPointInTime({
              SourceTableArn: input.tableArn,
              TargetTableName: input.restoredName,
              RestoreDateTime: input.restorePoint,
              BillingModeOverride: 'PAY_PER_REQUEST',
              GlobalSecondaryIndexOverride: [],
              LocalSecondaryIndexOverride: [],
            }),
          {
            // Fifty restores at a time is the account's limit: a place comes free.
            retry: [
              {
                errors: ['DynamoDb.LimitExceededException'],
                interval: '1 minute',
                maxAttempts: 60,
                backoffRate: 1,
              },
            ],
            // A request that was repeated because its answer was lost.
            recover: { errors: ['DynamoDb.TableAlreadyExistsException'], value: () => ({}) },
          },
        ),
    ),
  )
  .pollUntil('restored', ({ input }) => dynamodb.describeTable({ TableName: input.restoredName }), {
    // Straight after the request the table may not be visible yet (API_DescribeTable).
    retry: [{ errors: ['DynamoDb.ResourceNotFoundException'], interval: '5 seconds', maxAttempts: 12 }],
    until: ({ restored }) =>
      and(
        equals(restored.Table.TableStatus, 'ACTIVE'),
        differs(restored.Table.RestoreSummary.RestoreInProgress, true),
      ),
    failWhen: ({ restored }) => not(oneOf(restored.Table.TableStatus, ['CREATING', 'UPDATING', 'ACTIVE'])),
    saying: ({ input, restored }) => concat(input.restoredName, ' is ', restored.Table.TableStatus),
    every: '30 seconds',
    giveUpAfter: '12 hours',
  })
  .returns(({ input }) => ({ restoredName: input.restoredName }));
