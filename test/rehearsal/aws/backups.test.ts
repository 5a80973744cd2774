import { CreateBackupCommand, DeleteBackupCommand, DescribeBackupCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import {
  minute,
  putAll,
  recoverableTable,
  refusalOf,
  rehearsedAccount,
  restored,
  start,
} from './rehearsed-account.ts';

async function accountWithBackup() {
  const account = await rehearsedAccount();
  await recoverableTable(account, 'orders');
  await putAll(account, 'orders', [{ id: { S: 'a' } }]);
  account.clock.pass(10 * minute);
  const { BackupDetails } = await account.dynamodb.send(
    new CreateBackupCommand({ TableName: 'orders', BackupName: 'forensic' }),
  );
  const BackupArn = BackupDetails?.BackupArn ?? '';
  return { account, BackupArn };
}

test('is CREATING, then AVAILABLE, and tells what it was made of', async () => {
  const { account, BackupArn } = await accountWithBackup();
  const describe = async () =>
    (await account.dynamodb.send(new DescribeBackupCommand({ BackupArn }))).BackupDescription;
  expect(BackupArn).toMatch(/^arn:aws:dynamodb:us-east-1:000000000000:table\/orders\/backup\/\d{14}-\w{8}$/);
  expect((await describe())?.BackupDetails?.BackupStatus).toBe('CREATING');
  account.clock.pass(3 * minute);
  expect(await describe()).toMatchObject({
    BackupDetails: {
      BackupArn,
      BackupName: 'forensic',
      BackupStatus: 'AVAILABLE',
      BackupType: 'USER',
      BackupCreationDateTime: new Date(start + 10 * minute),
      BackupSizeBytes: 3,
    },
    SourceTableDetails: { TableName: 'orders', ItemCount: 1, BillingMode: 'PAY_PER_REQUEST' },
  });
});

test('is deleted once, and only when it is complete', async () => {
  const { account, BackupArn } = await accountWithBackup();
  const remove = () => account.dynamodb.send(new DeleteBackupCommand({ BackupArn }));
  expect(await refusalOf(remove())).toMatchObject({ name: 'BackupInUseException' });
  account.clock.pass(3 * minute);
  expect((await remove()).BackupDescription?.BackupDetails?.BackupStatus).toBe('DELETED');
  expect(await refusalOf(remove())).toMatchObject({ name: 'BackupNotFoundException' });
});

test('gives each backup of one instant an ARN of its own', async () => {
  const { account, BackupArn } = await accountWithBackup();
  const { BackupDetails } = await account.dynamodb.send(
    new CreateBackupCommand({ TableName: 'orders', BackupName: 'forensic' }),
  );
  expect(BackupDetails?.BackupArn).not.toBe(BackupArn);
});

test('refuses a backup of a table that is not there or still being restored', async () => {
  const account = await rehearsedAccount({ restoreMinutes: 60 });
  await recoverableTable(account, 'orders');
  account.clock.pass(10 * minute);
  await restored(account, 'orders', { target: 'restored', to: start });
  const backup = (TableName: string) =>
    account.dynamodb.send(new CreateBackupCommand({ TableName, BackupName: 'forensic' }));
  expect(await refusalOf(backup('nowhere'))).toMatchObject({ name: 'TableNotFoundException' });
  expect(await refusalOf(backup('restored'))).toMatchObject({ name: 'TableInUseException' });
});
