import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { minute, putAll, recoverableTable, refusalOf, rehearsedAccount, start } from './rehearsed-account.ts';

const ordersArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';

test('creates a table that is ACTIVE at the next look, dated by the clock of the rehearsal', async () => {
  const account = await rehearsedAccount();
  account.clock.pass(minute);
  await recoverableTable(account, 'orders');
  await putAll(account, 'orders', [{ id: { S: 'a' }, note: { S: 'overwritten' } }, { id: { S: 'b' } }]);
  await putAll(account, 'orders', [{ id: { S: 'a' }, note: { S: 'four' } }]);
  const { Table } = await account.dynamodb.send(new DescribeTableCommand({ TableName: 'orders' }));
  expect(Table).toMatchObject({
    TableStatus: 'ACTIVE',
    TableArn: ordersArn,
    CreationDateTime: new Date(start + minute),
    ItemCount: 2,
    TableSizeBytes: 'id'.length + 'a'.length + 'note'.length + 'four'.length + 'id'.length + 'b'.length,
    DeletionProtectionEnabled: false,
  });
  expect(Table?.RestoreSummary).toBeUndefined();
  expect(Table?.SSEDescription).toBeUndefined();
});

test('refuses a table whose name is taken, and keeps the one that has it', async () => {
  const account = await rehearsedAccount();
  await recoverableTable(account, 'orders');
  await putAll(account, 'orders', [{ id: { S: 'a' } }]);
  expect(await refusalOf(recoverableTable(account, 'orders'))).toMatchObject({
    name: 'ResourceInUseException',
  });
  expect(account.aws.contentAt('orders', start).size).toBe(1);
});

test('lists tables by name, page after page', async () => {
  const account = await rehearsedAccount();
  for (const name of ['orders', 'customers', 'stock']) await recoverableTable(account, name);
  const first = await account.dynamodb.send(new ListTablesCommand({ Limit: 2 }));
  expect(first).toMatchObject({
    TableNames: ['customers', 'orders'],
    LastEvaluatedTableName: 'orders',
  });
  const last = await account.dynamodb.send(
    new ListTablesCommand({ ExclusiveStartTableName: first.LastEvaluatedTableName }),
  );
  expect(last.TableNames).toEqual(['stock']);
  expect(last.LastEvaluatedTableName).toBeUndefined();
});

test('deletes a table with its items and its history', async () => {
  const account = await rehearsedAccount();
  await recoverableTable(account, 'orders');
  await putAll(account, 'orders', [{ id: { S: 'a' } }]);
  const { TableDescription } = await account.dynamodb.send(new DeleteTableCommand({ TableName: 'orders' }));
  expect(TableDescription?.TableStatus).toBe('DELETING');
  expect((await account.dynamodb.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  expect(() => account.aws.contentAt('orders', start)).toThrow('orders not found');
  await recoverableTable(account, 'orders');
  expect((await account.aws.contentNow('orders')).size).toBe(0);
});

test('refuses to delete a protected table until it is unprotected', async () => {
  const account = await rehearsedAccount();
  const { dynamodb } = account;
  await recoverableTable(account, 'orders', { DeletionProtectionEnabled: true });
  const remove = () => dynamodb.send(new DeleteTableCommand({ TableName: 'orders' }));
  expect(await refusalOf(remove())).toMatchObject({ name: 'ValidationException' });
  const { TableDescription } = await dynamodb.send(
    new UpdateTableCommand({ TableName: 'orders', DeletionProtectionEnabled: false }),
  );
  expect(TableDescription?.DeletionProtectionEnabled).toBe(false);
  await remove();
});

test('changes the billing mode of a table, and shows no time but that of the rehearsal', async () => {
  const account = await rehearsedAccount();
  await recoverableTable(account, 'orders');
  await account.dynamodb.send(
    new UpdateTableCommand({
      TableName: 'orders',
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 3, WriteCapacityUnits: 4 },
    }),
  );
  const { Table } = await account.dynamodb.send(new DescribeTableCommand({ TableName: 'orders' }));
  expect(Table).toMatchObject({
    TableStatus: 'ACTIVE',
    BillingModeSummary: { BillingMode: 'PROVISIONED' },
    ProvisionedThroughput: { ReadCapacityUnits: 3, WriteCapacityUnits: 4 },
  });
  const timesShown = JSON.stringify(Table).match(/\d{4}-\d\d-\d\dT[^"]+/g);
  expect(timesShown).toEqual([new Date(start).toISOString()]);
});

test('shows the key that encrypts a table', async () => {
  const account = await rehearsedAccount();
  await recoverableTable(account, 'orders', { SSESpecification: { Enabled: true } });
  const { Table } = await account.dynamodb.send(new DescribeTableCommand({ TableName: 'orders' }));
  expect(Table?.SSEDescription).toEqual({
    Status: 'ENABLED',
    SSEType: 'KMS',
    KMSMasterKeyArn: 'arn:aws:kms:us-east-1:000000000000:alias/aws/dynamodb',
  });
});

test('keeps tags given at creation and later', async () => {
  const account = await rehearsedAccount();
  const { dynamodb } = account;
  await recoverableTable(account, 'orders', { Tags: [{ Key: 'team', Value: 'sales' }] });
  await dynamodb.send(
    new TagResourceCommand({ ResourceArn: ordersArn, Tags: [{ Key: 'backup', Value: 'yes' }] }),
  );
  await dynamodb.send(new UntagResourceCommand({ ResourceArn: ordersArn, TagKeys: ['team'] }));
  const { Tags } = await dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn: ordersArn }));
  expect(Tags).toEqual([{ Key: 'backup', Value: 'yes' }]);
});

test('refuses a table definition that DynamoDB refuses', async () => {
  const { dynamodb } = await rehearsedAccount();
  const call = dynamodb.send(
    new CreateTableCommand({
      TableName: 'orders',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [],
    }),
  );
  expect(await refusalOf(call)).toMatchObject({ name: 'ValidationException' });
  expect((await dynamodb.send(new ListTablesCommand({}))).TableNames).toEqual([]);
});
