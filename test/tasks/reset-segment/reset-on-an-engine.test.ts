import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  type DescribeTableCommandOutput,
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareTablesHandler } from '../../../src/tasks/compare-tables/handler.ts';
import type { Environment } from '../../../src/tasks/handler.ts';
import type { Item } from '../../../src/tasks/item/item.ts';
import { resetSegmentHandler } from '../../../src/tasks/reset-segment/handler.ts';
import { verifySegmentHandler } from '../../../src/tasks/verify-segment/handler.ts';
import { MemoryDynamodb } from './memory-dynamodb.ts';
import { REQUEST, invocation } from './reset-world.ts';

const SEGMENTS = 4;
const ITEMS = 6_000;
let server: Server;
let client: DynamoDBClient;

beforeAll(async () => {
  // dynalite ships no types.
  const dynalite = createRequire(import.meta.url)('dynalite') as (options: {
    createTableMs: number;
  }) => Server;
  server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  // An engine knows no restores: what DescribeTable says of one is added here.
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const table = (result.output as DescribeTableCommandOutput).Table;
      if (table?.TableName === 'rewind-orders')
        table.RestoreSummary = {
          SourceTableArn: table.TableArn?.replace('rewind-orders', 'orders'),
          RestoreDateTime: new Date(0),
          RestoreInProgress: false,
        };
      return result;
    },
    { step: 'initialize' },
  );
  for (const table of ['orders', 'rewind-orders', 'ledger'])
    await client.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: table === 'ledger' ? 'S' : 'N' },
        ],
      }),
    );
  await client.send(
    new PutItemCommand({
      TableName: 'ledger',
      Item: {
        pk: { S: 'incident#inc-1' },
        sk: { S: 'incident' },
        state: { S: 'writing' },
        freeze: { S: 'standing' },
      },
    }),
  );
  await client.send(
    new PutItemCommand({
      TableName: 'ledger',
      Item: {
        pk: { S: 'lock' },
        sk: { S: 'lock' },
        incidentId: { S: 'inc-1' },
        executionArn: { S: REQUEST.run },
      },
    }),
  );
  await Promise.all([fill('rewind-orders', restored()), fill('orders', live())]);
}, 60_000);

afterAll(() => {
  client.destroy();
  server.close();
});

function item(index: number, value: string): Item {
  return {
    pk: { S: `customer-${index % 997}` },
    sk: { N: `${index}.50` },
    amount: { N: '12345678901234567890123456789012345678' },
    tags: { SS: index % 2 === 0 ? ['a', 'b'] : ['b', 'a'] },
    blob: { B: Uint8Array.from([index & 255, 0, 255]) },
    nested: { M: { list: { L: [{ NULL: true }, { BOOL: false }, { NS: ['1', '2.0'] }] } } },
    value: { S: value.padEnd(280, '.') },
  };
}

const restored = () => Array.from({ length: ITEMS }, (_, index) => item(index, 'good'));

/** Of the restored items, one in a hundred is gone and one changed; as many are extra. */
const live = () => [
  ...restored().flatMap((each, index) =>
    index % 100 === 1 ? [] : [index % 100 === 2 ? item(index, 'bad') : each],
  ),
  ...Array.from({ length: ITEMS / 100 }, (_, index) => item(ITEMS + index, 'extra')),
];

async function fill(table: string, items: Item[]): Promise<void> {
  for (let start = 0; start < items.length; start += 25)
    await client.send(
      new BatchWriteItemCommand({
        RequestItems: { [table]: items.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } })) },
      }),
    );
}

const environment = (): Environment => ({
  ...invocation(new MemoryDynamodb()),
  dynamodb: client,
  clock: { now: () => Date.now(), sleep: () => Promise.resolve() },
  deadline: Date.now() + 15 * 60_000,
});

async function reset(mode: 'plan' | 'apply') {
  const sum = { restored: 0, live: 0, puts: 0, deletes: 0, unchanged: 0 };
  for (let segment = 0; segment < SEGMENTS; segment += 1) {
    const { done, counts } = await resetSegmentHandler(
      { ...REQUEST, mode, segment, segments: SEGMENTS },
      environment(),
    );
    expect(done).toBe(true);
    for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += counts[name];
  }
  return sum;
}

async function verified() {
  for (const table of ['orders', 'rewind-orders'])
    for (let segment = 0; segment < SEGMENTS; segment += 1)
      await verifySegmentHandler({ ...REQUEST, table, segment, segments: SEGMENTS }, environment());
  return compareTablesHandler({ ...REQUEST, segments: SEGMENTS }, environment());
}

describe('a reset through the real client, on an engine', () => {
  it('plans, applies and proves thousands of items, writing only the differences', async () => {
    const differences = { puts: ITEMS / 50, deletes: ITEMS / 100, unchanged: ITEMS - ITEMS / 50 };
    await expect(reset('plan')).resolves.toEqual({ restored: ITEMS, live: ITEMS, ...differences });
    await expect(reset('apply')).resolves.toMatchObject({ restored: ITEMS, ...differences });
    await expect(verified()).resolves.toMatchObject({ items: ITEMS, expired: 0 });
  });
});
