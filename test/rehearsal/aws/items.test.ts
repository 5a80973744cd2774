import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DescribeTimeToLiveCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type ConditionalCheckFailedException,
  type ScanCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { putAll, recoverableTable, refusalOf, rehearsedAccount } from './rehearsed-account.ts';

test('keeps every kind of attribute value, all digits of a number included', async () => {
  const account = await rehearsedAccount();
  await recoverableTable(account, 'orders');
  const item = {
    id: { S: 'ünï' },
    n: { N: '12345678901234567890123456789012345678' },
    b: { B: new Uint8Array([0, 255]) },
    ss: { SS: ['a', 'b'] },
    ns: { NS: ['1', '2.5'] },
    bs: { BS: [new Uint8Array([1])] },
    m: { M: { deep: { L: [{ NULL: true }, { BOOL: false }, { S: '' }] } } },
  };
  await account.dynamodb.send(new PutItemCommand({ TableName: 'orders', Item: item }));
  const { Item } = await account.dynamodb.send(
    new GetItemCommand({ TableName: 'orders', Key: { id: item.id } }),
  );
  expect(Item).toEqual(item);
});

test('pages a scan, divides it into segments, and answers batches and queries', async () => {
  const account = await rehearsedAccount();
  const { dynamodb } = account;
  await recoverableTable(account, 'orders');
  const ids = Array.from({ length: 25 }, (_, index) => `order-${index}`);
  await putAll(
    account,
    'orders',
    ids.map((id) => ({ id: { S: id } })),
  );

  const first = await dynamodb.send(new ScanCommand({ TableName: 'orders', Limit: 10 }));
  const rest = await dynamodb.send(
    new ScanCommand({ TableName: 'orders', ExclusiveStartKey: first.LastEvaluatedKey }),
  );
  const segments = await Promise.all(
    [0, 1, 2].map((Segment) =>
      dynamodb.send(new ScanCommand({ TableName: 'orders', Segment, TotalSegments: 3 })),
    ),
  );
  const idsIn = (pages: readonly ScanCommandOutput[]) =>
    new Set(pages.flatMap(({ Items = [] }) => Items.map((item) => item['id']?.S)));
  expect(first.Items).toHaveLength(10);
  expect(rest.Items).toHaveLength(15);
  expect(idsIn([first, rest])).toEqual(new Set(ids));
  expect(segments.map(({ Count = 0 }) => Count).reduce((sum, count) => sum + count)).toBe(25);
  expect(idsIn(segments)).toEqual(new Set(ids));

  const batch = await dynamodb.send(
    new BatchGetItemCommand({ RequestItems: { orders: { Keys: [{ id: { S: 'order-1' } }] } } }),
  );
  expect(batch.Responses).toEqual({ orders: [{ id: { S: 'order-1' } }] });
  const query = await dynamodb.send(
    new QueryCommand({
      TableName: 'orders',
      KeyConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':id': { S: 'order-2' } },
    }),
  );
  expect(query.Count).toBe(1);
});

test('takes a table by its ARN as well as by its name', async () => {
  const account = await rehearsedAccount();
  await recoverableTable(account, 'orders');
  const TableName = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';
  await account.dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: 'a' } } }));
  const { Count } = await account.dynamodb.send(new ScanCommand({ TableName, Select: 'COUNT' }));
  expect(Count).toBe(1);
});

test('refuses a write whose condition fails, and shows the item that failed it on request', async () => {
  const account = await rehearsedAccount();
  await recoverableTable(account, 'locks');
  await account.dynamodb.send(
    new PutItemCommand({ TableName: 'locks', Item: { id: { S: 'a' }, owner: { S: 'first' } } }),
  );
  const again = new PutItemCommand({
    TableName: 'locks',
    Item: { id: { S: 'a' }, owner: { S: 'second' } },
    ConditionExpression: 'attribute_not_exists(id)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  const error = await account.dynamodb.send(again).then(
    () => undefined,
    (refusal: ConditionalCheckFailedException) => refusal,
  );
  expect(error?.name).toBe('ConditionalCheckFailedException');
  expect(error?.Item).toEqual({ id: { S: 'a' }, owner: { S: 'first' } });
});

test('refuses items of a table that is not there', async () => {
  const { dynamodb } = await rehearsedAccount();
  const call = dynamodb.send(new ScanCommand({ TableName: 'nowhere' }));
  expect(await refusalOf(call)).toMatchObject({ name: 'ResourceNotFoundException' });
});

test('refuses more than 25 writes in a batch', async () => {
  const account = await rehearsedAccount();
  await recoverableTable(account, 'orders');
  const items = Array.from({ length: 26 }, (_, index) => ({ id: { S: String(index) } }));
  expect(await refusalOf(putAll(account, 'orders', items))).toMatchObject({ name: 'ValidationException' });
});

test('refuses an operation that it does not have, by name', async () => {
  const { dynamodb } = await rehearsedAccount();
  const call = dynamodb.send(
    new TransactWriteItemsCommand({ TransactItems: [{ Delete: { TableName: 'orders', Key: {} } }] }),
  );
  const { name, message } = await refusalOf(call);
  expect(name).toBe('UnknownOperationException');
  expect(message).toContain('DynamoDB.TransactWriteItems');
});

test('tells that no table has time to live', async () => {
  const account = await rehearsedAccount();
  await recoverableTable(account, 'orders');
  const { TimeToLiveDescription } = await account.dynamodb.send(
    new DescribeTimeToLiveCommand({ TableName: 'orders' }),
  );
  expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'DISABLED' });
});

test('counts every call, and the writes of each table that took effect', async () => {
  const account = await rehearsedAccount();
  const { aws, dynamodb } = account;
  await recoverableTable(account, 'orders');
  await recoverableTable(account, 'untouched');
  await dynamodb.send(
    new BatchWriteItemCommand({
      RequestItems: { orders: ['a', 'b'].map((id) => ({ PutRequest: { Item: { id: { S: id } } } })) },
    }),
  );
  await dynamodb.send(
    new UpdateItemCommand({
      TableName: 'orders',
      Key: { id: { S: 'a' } },
      UpdateExpression: 'SET x = :x',
      ExpressionAttributeValues: { ':x': { N: '1' } },
    }),
  );
  await dynamodb.send(new DeleteItemCommand({ TableName: 'orders', Key: { id: { S: 'b' } } }));
  await refusalOf(
    dynamodb.send(
      new DeleteItemCommand({
        TableName: 'orders',
        Key: { id: { S: 'a' } },
        ConditionExpression: 'attribute_not_exists(id)',
      }),
    ),
  );
  expect(aws.callLog.allWrites()).toEqual({ orders: 4 });
  expect(aws.callLog.allCalls()).toEqual({
    'DynamoDB.BatchWriteItem': 1,
    'DynamoDB.CreateTable': 2,
    'DynamoDB.DeleteItem': 2,
    'DynamoDB.UpdateContinuousBackups': 2,
    'DynamoDB.UpdateItem': 1,
  });
  aws.callLog.clear();
  expect(aws.callLog.allCalls()).toEqual({});
  expect(aws.callLog.writes('orders')).toBe(0);
});
