import * as z from 'zod';
import { workflow } from '../dsl/authoring/workflow.ts';
import { differs, equals, oneOf } from '../dsl/expression/comparison.ts';
import type { Ref } from '../dsl/expression/expression.ts';
import { inWords } from '../dsl/expression/failure.ts';
import { and, exists, ifElse, not } from '../dsl/expression/logic.ts';
import { concat } from '../dsl/expression/text.ts';
import { Instant, TableName } from '../tasks/incident.ts';
import { protectCopy } from '../tasks/protect-copy/task.ts';
import { busyAccount } from './busy-account.ts';
import { deleteCopy, untilGone } from './delete-copy.ts';
import { dynamodb } from './dynamodb.ts';

const RestoreRequest = z.strictObject({
  tableArn: z.string().regex(/^arn:[^:]+:dynamodb:[^:]+:\d{12}:table\/.+$/),
  /** The name of the new table. */
  restoredName: TableName,
  restorePoint: Instant,
  /** Whether nobody but the recovery may read the new table; default false. */
  sensitive: z.boolean().default(false),
});

const copyOf = ({ tableArn, restoredName }: Ref<z.output<typeof RestoreRequest>>) => ({
  tableArn,
  restoredName,
});

/**
 * Restores one table to a second into a new table, without indexes and on demand, and waits until it is whole.
 * A table that a former try has begun is adopted: preflight and the gate prove that it is the right one. The copy of a
 * sensitive table gets its resource policy as soon as it takes one. One that cannot be protected is deleted again, but
 * never an adopted one: the live table may be half reset, and the restore point out of reach by now.
 */
export const restoreTable = workflow('RestoreTable', {
  input: RestoreRequest,
  output: z.object({ restoredName: TableName }),
  errors: ['CopyUnprotected'],
  timeout: '30 hours',
  comment: 'Restores one table by point-in-time recovery into a new table',
})
  .run('existing', ({ input }) => dynamodb.describeTable({ TableName: input.restoredName }), {
    recover: { errors: ['DynamoDb.ResourceNotFoundException'], value: () => ({ missing: true }) },
  })
  // Whoever stops this execution, and what fails beside it, stops whatever waits for an answer, but no function that
  // nobody waits for, which Lambda calls again when it has failed: the copy is not left for anyone to read.
  .choose('awaited', (ways) =>
    ways.when(
      'sensitive',
      ({ input }) => input.sensitive,
      (guard) => guard.start('guarding', ({ input }) => protectCopy({ ...copyOf(input), unawaited: true })),
    ),
  )
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
  .choose('guarded', (ways) =>
    ways.when(
      'sensitive',
      ({ input }) => input.sensitive,
      (guard) =>
        guard.try('protection', {
          do: (body) =>
            body.repeatUntil(
              'policy',
              ({ input }) => protectCopy(copyOf(input)),
              // Half a day of calls that use their whole time. Those that nobody waits for may take what the account has.
              { retry: [busyAccount], until: ({ policy }) => policy.protected, atMost: 60 },
            ),
          otherwise: (failed, error) =>
            failed
              .choose('adopted', (ways) =>
                ways.when(
                  'kept',
                  ({ existing }) => not(exists(existing.missing)),
                  (kept) =>
                    kept.fail('left', 'CopyUnprotected', ({ input }) =>
                      concat(
                        input.restoredName,
                        ', which an earlier try has restored, is the copy of a sensitive table and could not be ' +
                          'protected; it is left as it is, since it may be all that is left of the restore point: ' +
                          'mend this and start again: ',
                        inWords(error),
                      ),
                    ),
                ),
              )
              .run('removed', ({ input }) => deleteCopy(input.restoredName), untilGone)
              .fail('unprotected', 'CopyUnprotected', ({ input }) =>
                concat(
                  input.restoredName,
                  ' is the copy of a sensitive table and could not be protected, so it was deleted again: ',
                  inWords(error),
                ),
              ),
        }),
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
    saying: ({ input, restored }) =>
      concat(
        input.restoredName,
        ' is ',
        restored.Table.TableStatus,
        ifElse(
          oneOf(restored.Table.TableStatus, ['CREATING', 'UPDATING']),
          ': DynamoDB is still at it, and the next try takes it over; start again',
          ': see that the key of its table can be used and that nobody deletes the copy, and start again',
        ),
      ),
    every: '30 seconds',
    giveUpAfter: '12 hours',
  })
  // A restore brings no tags along (PointInTimeRecovery.Tutorial), and a table that is being made takes none. A copy that
  // may not be tagged is as good as one that is.
  .run(
    'tagged',
    ({ input, restored }) =>
      dynamodb.tagResource({
        ResourceArn: restored.Table.TableArn,
        Tags: [
          { Key: 'rewind:copy-of', Value: input.tableArn },
          { Key: 'rewind:restore-point', Value: input.restorePoint },
        ],
      }),
    { recover: { errors: ['States.ALL'], value: () => ({}) } },
  )
  .returns(({ input }) => ({ restoredName: input.restoredName }));
