import {
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

const dynalite = createRequire(import.meta.url)('dynalite') as (options: object) => Server;

export const LEDGER_TABLE = 'rewind-ledger';

/**
 * A ledger table in a real engine, so that conditions mean what they say, from when it is opened until it is closed.
 * `client` is mocked: its ledger calls reach that engine; every other call is refused until a test says, on `mock`,
 * what it answers.
 */
export function ledgerTable() {
  const server = dynalite({ createTableMs: 0 });
  // A test may keep the thread busy for longer than a server keeps an idle connection.
  server.keepAliveTimeout = 0;
  const endpoint = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const engine = new DynamoDBClient({
    endpoint: async () => ({ url: new URL(endpoint()) }),
    region: 'us-east-1',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    maxAttempts: 1,
  });
  const client = new DynamoDBClient({ region: 'us-east-1' });
  const mock = mockClient(client);
  return {
    client,
    mock,
    /** The engine itself, past the mock. */
    engine,
    endpoint,

    async open(): Promise<void> {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      await engine.send(
        new CreateTableCommand({
          TableName: LEDGER_TABLE,
          AttributeDefinitions: [
            { AttributeName: 'pk', AttributeType: 'S' },
            { AttributeName: 'sk', AttributeType: 'S' },
          ],
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
          BillingMode: 'PAY_PER_REQUEST',
        }),
      );
    },

    /** Forgets what tests have mocked, and empties the table. */
    async reset(): Promise<void> {
      mock.reset();
      mock.rejects(new Error('an unexpected call of DynamoDB'));
      const ofLedger = { TableName: LEDGER_TABLE };
      mock.on(GetItemCommand, ofLedger).callsFake((input) => engine.send(new GetItemCommand(input)));
      mock.on(PutItemCommand, ofLedger).callsFake((input) => engine.send(new PutItemCommand(input)));
      mock.on(UpdateItemCommand, ofLedger).callsFake((input) => engine.send(new UpdateItemCommand(input)));
      mock.on(DeleteItemCommand, ofLedger).callsFake((input) => engine.send(new DeleteItemCommand(input)));
      mock.on(QueryCommand, ofLedger).callsFake((input) => engine.send(new QueryCommand(input)));
      for (const { pk, sk } of await this.records())
        await engine.send(
          new DeleteItemCommand({
            TableName: LEDGER_TABLE,
            Key: { pk: pk as AttributeValue, sk: sk as AttributeValue },
          }),
        );
    },

    /** Puts a record there, past the mock. */
    async put(record: Readonly<Record<string, AttributeValue>>): Promise<void> {
      await engine.send(new PutItemCommand({ TableName: LEDGER_TABLE, Item: { ...record } }));
    },

    /** Everything in the ledger. */
    async records(): Promise<Record<string, AttributeValue>[]> {
      return (await engine.send(new ScanCommand({ TableName: LEDGER_TABLE }))).Items ?? [];
    },

    /** One record; undefined when it is not there. */
    async record(pk: string, sk: string): Promise<Record<string, AttributeValue> | undefined> {
      const Key = { pk: { S: pk }, sk: { S: sk } };
      return (await engine.send(new GetItemCommand({ TableName: LEDGER_TABLE, Key }))).Item;
    },

    async close(): Promise<void> {
      engine.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

export type LedgerTable = ReturnType<typeof ledgerTable>;
