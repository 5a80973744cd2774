import {
  CreateTableCommand,
  DescribeContinuousBackupsCommand,
  UpdateContinuousBackupsCommand,
  type PointInTimeRecoverySpecification,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import {
  day,
  minute,
  recoverableTable,
  refusalOf,
  rehearsedAccount,
  start,
  type RehearsedAccount,
} from './rehearsed-account.ts';

async function recoveryOf({ dynamodb }: RehearsedAccount, TableName: string) {
  const output = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
  return output.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
}

async function setRecovery(
  { dynamodb }: RehearsedAccount,
  PointInTimeRecoverySpecification: PointInTimeRecoverySpecification,
) {
  await dynamodb.send(
    new UpdateContinuousBackupsCommand({ TableName: 'orders', PointInTimeRecoverySpecification }),
  );
}

test('has recovery off until it is switched on', async () => {
  const account = await rehearsedAccount();
  await account.dynamodb.send(
    new CreateTableCommand({
      TableName: 'orders',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    }),
  );
  expect(await recoveryOf(account, 'orders')).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
});

test('is restorable from when recovery was switched on to five minutes ago, never before the start', async () => {
  const account = await rehearsedAccount();
  await recoverableTable(account, 'orders');
  expect(await recoveryOf(account, 'orders')).toEqual({
    PointInTimeRecoveryStatus: 'ENABLED',
    RecoveryPeriodInDays: 35,
    EarliestRestorableDateTime: new Date(start),
    LatestRestorableDateTime: new Date(start),
  });
  account.clock.pass(12 * minute + 345);
  expect(await recoveryOf(account, 'orders')).toMatchObject({
    EarliestRestorableDateTime: new Date(start),
    LatestRestorableDateTime: new Date(start + 7 * minute),
  });
});

test('reaches back no further than the recovery period', async () => {
  const account = await rehearsedAccount();
  await recoverableTable(account, 'orders');
  account.clock.pass(day);
  await setRecovery(account, { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 2 });
  expect(await recoveryOf(account, 'orders')).toMatchObject({
    EarliestRestorableDateTime: new Date(start),
  });
  account.clock.pass(9 * day);
  expect(await recoveryOf(account, 'orders')).toMatchObject({
    RecoveryPeriodInDays: 2,
    EarliestRestorableDateTime: new Date(start + 8 * day),
  });
});

test('forgets the past when recovery is switched off and on again', async () => {
  const account = await rehearsedAccount();
  await recoverableTable(account, 'orders');
  account.clock.pass(day);
  await setRecovery(account, { PointInTimeRecoveryEnabled: false });
  expect(await recoveryOf(account, 'orders')).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
  await setRecovery(account, { PointInTimeRecoveryEnabled: true });
  expect(await recoveryOf(account, 'orders')).toMatchObject({
    EarliestRestorableDateTime: new Date(start + day),
    LatestRestorableDateTime: new Date(start + day),
  });
});

test('refuses a table that is not there and a period out of bounds', async () => {
  const account = await rehearsedAccount();
  expect(await refusalOf(recoveryOf(account, 'nowhere'))).toMatchObject({ name: 'TableNotFoundException' });
  await recoverableTable(account, 'orders');
  const tooLong = setRecovery(account, { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 36 });
  const { name, message } = await refusalOf(tooLong);
  expect(name).toBe('ValidationException');
  expect(message).toContain('RecoveryPeriodInDays');
});
