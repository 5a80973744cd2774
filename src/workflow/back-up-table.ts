import * as z from 'zod';
import type { RetryPolicy } from '../dsl/authoring/retry.ts';
import { workflow } from '../dsl/authoring/workflow.ts';
import { equals, oneOf } from '../dsl/expression/comparison.ts';
import { not } from '../dsl/expression/logic.ts';
import { concat } from '../dsl/expression/text.ts';
import { TableName } from '../tasks/incident.ts';
import { dynamodb } from './dynamodb.ts';

/** Another backup of the table is being made, or the account's limit is reached: both pass. */
const busyTable: RetryPolicy<`DynamoDb.${string}`> = {
  errors: [
    'DynamoDb.BackupInUseException',
    'DynamoDb.TableInUseException',
    'DynamoDb.LimitExceededException',
  ],
  interval: '1 minute',
  maxAttempts: 60,
  backoffRate: 1,
};

/** Keeps the damaged table as an on-demand backup, for whoever has to find out what happened. */
export const backUpTable = workflow('BackUpTable', {
  input: z.strictObject({ table: TableName, backupName: TableName }),
  output: z.object({ backupArn: z.string() }),
  timeout: '8 hours',
  comment: 'Makes an on-demand backup of one damaged table and waits until it is whole',
})
  .run(
    'begun',
    ({ input }) => dynamodb.createBackup({ TableName: input.table, BackupName: input.backupName }),
    { retry: [busyTable] },
  )
  .pollUntil('backup', ({ begun }) => dynamodb.describeBackup({ BackupArn: begun.BackupDetails.BackupArn }), {
    until: ({ backup }) => equals(backup.BackupDescription.BackupDetails.BackupStatus, 'AVAILABLE'),
    failWhen: ({ backup }) =>
      not(oneOf(backup.BackupDescription.BackupDetails.BackupStatus, ['CREATING', 'AVAILABLE'])),
    saying: ({ input, backup }) =>
      concat(
        'the backup of ',
        input.table,
        ' is ',
        backup.BackupDescription.BackupDetails.BackupStatus,
        '; see who deletes backups, and start again, which makes another',
      ),
    every: '30 seconds',
    giveUpAfter: '6 hours',
  })
  .returns(({ begun }) => ({ backupArn: begun.BackupDetails.BackupArn }));
