import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  PutItemCommand,
  RestoreTableToPointInTimeCommand,
  ScanCommand,
  UpdateContinuousBackupsCommand,
  type RestoreTableToPointInTimeCommandInput,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import {
  minute,
  putAll,
  recoverableTable,
  refusalOf,
  rehearsedAccount,
  second,
  start,
  type RehearsedAccount,
} from './rehearsed-account.ts';

const sourceArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';

const indexes = ['byTotal', 'byCustomer'].map((IndexName) => ({
  IndexName,
  KeySchema: [{ AttributeName: IndexName, KeyType: 'HASH' as const }],
  Projection: { ProjectionType: 'ALL' as const },
}));

function restore(
  { dynamodb }: RehearsedAccount,
  overrides: Partial<RestoreTableToPointInTimeCommandInput> = {},
) {
  return dynamodb.send(
    new RestoreTableToPointInTimeCommand({
      SourceTableArn: sourceArn,
      TargetTableName: 'restored',
      RestoreDateTime: new Date(start + minute),
      ...overrides,
    }),
  );
}

async function describe({ dynamodb }: RehearsedAccount, name: string) {
  return (await dynamodb.send(new DescribeTableCommand({ TableName: name }))).Table;
}

/** An account with a table `orders` of one item and two indexes, ten minutes later. */
async function accountWithOrders(
  options: Parameters<typeof rehearsedAccount>[0] = {},
): Promise<RehearsedAccount> {
  const account = await rehearsedAccount(options);
  await recoverableTable(account, 'orders', {
    AttributeDefinitions: ['id', 'byTotal', 'byCustomer'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    GlobalSecondaryIndexes: indexes,
    SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: 'alias/orders' },
  });
  await putAll(account, 'orders', [{ id: { S: 'a' }, byTotal: { S: 'x' } }]);
  account.clock.pass(10 * minute);
  return account;
}

test('is CREATING and in progress until its virtual duration has passed, then ACTIVE', async () => {
  const account = await accountWithOrders();
  const { TableDescription } = await restore(account);
  expect(TableDescription).toMatchObject({
    TableStatus: 'CREATING',
    TableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/restored',
    CreationDateTime: new Date(account.clock.now()),
    RestoreSummary: {
      SourceTableArn: sourceArn,
      RestoreDateTime: new Date(start + minute),
      RestoreInProgress: true,
    },
  });
  account.clock.pass(12 * minute - 1);
  expect(await describe(account, 'restored')).toMatchObject({
    TableStatus: 'CREATING',
    RestoreSummary: { RestoreInProgress: true },
  });
  account.clock.pass(1);
  expect(await describe(account, 'restored')).toMatchObject({
    TableStatus: 'ACTIVE',
    ItemCount: 1,
    RestoreSummary: { RestoreInProgress: false, RestoreDateTime: new Date(start + minute) },
  });
});

test('refuses items and deletion of a table that is still being restored', async () => {
  const account = await accountWithOrders();
  const { dynamodb } = account;
  await restore(account);
  const refusals = await Promise.all(
    [
      dynamodb.send(new ScanCommand({ TableName: 'restored' })),
      dynamodb.send(new PutItemCommand({ TableName: 'restored', Item: { id: { S: 'b' } } })),
      dynamodb.send(new DeleteTableCommand({ TableName: 'restored' })),
      dynamodb.send(
        new UpdateContinuousBackupsCommand({
          TableName: 'restored',
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        }),
      ),
    ].map(refusalOf),
  );
  expect(refusals.map(({ name }) => name)).toEqual([
    'ResourceNotFoundException',
    'ResourceNotFoundException',
    'ResourceInUseException',
    'ContinuousBackupsUnavailableException',
  ]);
  account.clock.pass(12 * minute);
  expect((await dynamodb.send(new ScanCommand({ TableName: 'restored' }))).Count).toBe(1);
  await dynamodb.send(new DeleteTableCommand({ TableName: 'restored' }));
  expect(await refusalOf(describe(account, 'restored'))).toMatchObject({ name: 'ResourceNotFoundException' });
});

test('takes the source key, billing and indexes unless told otherwise', async () => {
  const account = await accountWithOrders();
  await restore(account);
  account.clock.pass(12 * minute);
  const table = await describe(account, 'restored');
  expect(table).toMatchObject({
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    SSEDescription: { KMSMasterKeyArn: 'arn:aws:kms:us-east-1:000000000000:alias/orders' },
  });
  expect(table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName)).toEqual(['byTotal', 'byCustomer']);
  const found = await account.dynamodb.send(new ScanCommand({ TableName: 'restored', IndexName: 'byTotal' }));
  expect(found.Count).toBe(1);
});

test('drops every index for an empty override and keeps those that are named', async () => {
  const account = await accountWithOrders();
  await restore(account, { GlobalSecondaryIndexOverride: [] });
  await restore(account, {
    TargetTableName: 'restored-with-one',
    GlobalSecondaryIndexOverride: indexes.slice(1),
  });
  expect((await describe(account, 'restored'))?.GlobalSecondaryIndexes).toBeUndefined();
  expect((await describe(account, 'restored'))?.AttributeDefinitions).toHaveLength(1);
  const kept = (await describe(account, 'restored-with-one'))?.GlobalSecondaryIndexes;
  expect(kept?.map(({ IndexName }) => IndexName)).toEqual(['byCustomer']);
});

test('honours the billing mode and encryption of the request', async () => {
  const account = await accountWithOrders();
  await restore(account, {
    BillingModeOverride: 'PROVISIONED',
    ProvisionedThroughputOverride: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
    GlobalSecondaryIndexOverride: [],
    SSESpecificationOverride: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: 'other' },
  });
  const table = await describe(account, 'restored');
  expect(table?.BillingModeSummary?.BillingMode).not.toBe('PAY_PER_REQUEST');
  expect(table?.ProvisionedThroughput).toMatchObject({ ReadCapacityUnits: 5, WriteCapacityUnits: 6 });
  expect(table?.SSEDescription?.KMSMasterKeyArn).toBe('arn:aws:kms:us-east-1:000000000000:key/other');
});

test('leaves recovery behind, as DynamoDB does', async () => {
  const account = await accountWithOrders();
  await restore(account);
  account.clock.pass(12 * minute);
  const { ContinuousBackupsDescription } = await account.dynamodb.send(
    new DescribeContinuousBackupsCommand({ TableName: 'restored' }),
  );
  expect(ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toEqual({
    PointInTimeRecoveryStatus: 'DISABLED',
  });
});

test('restores to the latest restorable time on request', async () => {
  const account = await accountWithOrders();
  const { TableDescription } = await restore(account, {
    RestoreDateTime: undefined,
    UseLatestRestorableTime: true,
  });
  expect(TableDescription?.RestoreSummary?.RestoreDateTime).toEqual(
    new Date(account.clock.now() - 5 * minute),
  );
});

test('refuses a restore that AWS refuses, with the name that AWS gives it', async () => {
  const account = await accountWithOrders();
  const { clock } = account;
  const cases: [Partial<RestoreTableToPointInTimeCommandInput>, string][] = [
    [{ TargetTableName: 'orders' }, 'TableAlreadyExistsException'],
    [{ SourceTableArn: undefined, SourceTableName: 'nowhere' }, 'TableNotFoundException'],
    [{ RestoreDateTime: new Date(start - second) }, 'InvalidRestoreTimeException'],
    [{ RestoreDateTime: new Date(clock.now() - 5 * minute + second) }, 'InvalidRestoreTimeException'],
    [{ SourceTableName: 'orders' }, 'ValidationException'],
    [{ UseLatestRestorableTime: true }, 'ValidationException'],
    [{ RestoreDateTime: undefined }, 'ValidationException'],
    [{ TargetTableName: 'a b c' }, 'ValidationException'],
    [
      { GlobalSecondaryIndexOverride: [{ ...indexes[0], IndexName: 'other' } as (typeof indexes)[0]] },
      'ValidationException',
    ],
  ];
  const refusals: string[] = [];
  for (const [overrides] of cases) refusals.push((await refusalOf(restore(account, overrides))).name);
  expect(refusals).toEqual(cases.map(([, name]) => name));
  await restore(account, { RestoreDateTime: new Date(clock.now() - 5 * minute) });
});

test('refuses to restore a table whose recovery is off', async () => {
  const account = await accountWithOrders();
  await account.dynamodb.send(
    new UpdateContinuousBackupsCommand({
      TableName: 'orders',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
    }),
  );
  expect(await refusalOf(restore(account))).toMatchObject({
    name: 'PointInTimeRecoveryUnavailableException',
  });
});

test('takes a time of its own for each table when given a seed, the same each time', async () => {
  async function minutesOf(seed: number, target: string): Promise<number> {
    const account = await accountWithOrders({ seed, restoreMinutes: 40 });
    await restore(account, { TargetTableName: target });
    for (let passed = 0; ; passed += 1) {
      if ((await describe(account, target))?.TableStatus === 'ACTIVE') return passed;
      account.clock.pass(minute);
    }
  }
  const [first, again, other] = await Promise.all([
    minutesOf(7, 'restored-a'),
    minutesOf(7, 'restored-a'),
    minutesOf(7, 'restored-b'),
  ]);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
  for (const minutes of [first, other]) {
    expect(minutes).toBeGreaterThanOrEqual(30);
    expect(minutes).toBeLessThanOrEqual(50);
  }
});

test('restores composite keys and twenty thousand items within seconds', async () => {
  const account = await rehearsedAccount();
  await recoverableTable(account, 'readings', {
    KeySchema: [
      { AttributeName: 'id', KeyType: 'HASH' },
      { AttributeName: 'at', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'at', AttributeType: 'N' },
    ],
  });
  const batches = Array.from({ length: 800 }, (_, batch) =>
    Array.from({ length: 25 }, (_, index) => ({
      id: { S: `device-${batch % 40}` },
      at: { N: String(batch * 25 + index) },
      note: { S: 'x'.repeat(300) },
    })),
  );
  await Promise.all(
    Array.from({ length: 8 }, async (_, writer) => {
      for (let batch = writer; batch < batches.length; batch += 8)
        await putAll(account, 'readings', batches[batch] ?? []);
    }),
  );
  account.clock.pass(10 * minute);
  const began = performance.now();
  await restore(account, {
    SourceTableArn: undefined,
    SourceTableName: 'readings',
  });
  expect(performance.now() - began).toBeLessThan(3000);
  expect(await account.aws.contentNow('restored')).toEqual(account.aws.contentAt('readings', start));
  expect((await account.aws.contentNow('restored')).size).toBe(20_000);
});

test('restores into a table whose name was free again', async () => {
  const account = await accountWithOrders();
  const { dynamodb, clock } = account;
  await restore(account);
  clock.pass(12 * minute);
  await dynamodb.send(new DeleteTableCommand({ TableName: 'restored' }));
  await dynamodb.send(
    new CreateTableCommand({
      TableName: 'restored',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'other', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'other', AttributeType: 'S' }],
    }),
  );
  expect(account.aws.contentAt('restored', clock.now()).size).toBe(0);
  expect((await dynamodb.send(new ScanCommand({ TableName: 'restored' }))).Count).toBe(0);
});
