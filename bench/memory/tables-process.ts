import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LIVE, RESTORED } from '../tables/names.ts';
import { LargeItems, type Shape } from './large-items.ts';

// Serves two tables of any size that are made as they are read, and a ledger; writes to the tables go nowhere.
// The parent sends the shape as argument and is sent the port.

interface Asked {
  readonly TableName: string;
  readonly Key: Row;
  readonly Item: Row;
  readonly ExclusiveStartKey?: { readonly pk: { readonly S: string } };
  readonly RequestItems: Readonly<Record<string, { readonly Keys: readonly { pk: { S: string } }[] }>>;
  readonly ExpressionAttributeValues: { readonly ':sk': { readonly S: string } };
}

type Row = Readonly<Record<'pk' | 'sk', { readonly S: string }>>;

const shape = JSON.parse(process.argv[2] ?? '') as Shape;
const tables = new Map([LIVE, RESTORED].map((name) => [name, new LargeItems(shape, name)]));
const ledger = new Map<string, Row>();
const keyOf = ({ pk, sk }: Row) => `${pk.S}/${sk.S}`;

const arn = (table: string) => `arn:aws:dynamodb:us-east-1:123456789012:table/${table}`;

const ANSWERS: Readonly<Record<string, (asked: Asked) => string>> = {
  Scan: ({ TableName, ExclusiveStartKey }) => tables.get(TableName)?.page(ExclusiveStartKey?.pk.S) ?? '{}',
  BatchGetItem: ({ RequestItems }) => {
    const answers = Object.entries(RequestItems).map(
      ([name, { Keys }]) => `"${name}":[${tables.get(name)?.found(Keys.map(({ pk }) => pk.S)) ?? ''}]`,
    );
    return `{"Responses":{${answers.join()}}}`;
  },
  BatchWriteItem: () => '{}',
  DescribeTable: ({ TableName }) =>
    JSON.stringify({
      Table: {
        TableName,
        TableArn: arn(TableName),
        TableStatus: 'ACTIVE',
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        RestoreSummary: { SourceTableArn: arn(LIVE), RestoreDateTime: 0, RestoreInProgress: false },
      },
    }),
  PutItem: ({ Item }) => {
    ledger.set(keyOf(Item), Item);
    return '{}';
  },
  GetItem: ({ Key }) => JSON.stringify({ Item: ledger.get(keyOf(Key)) }),
  Query: ({ ExpressionAttributeValues }) => {
    const start = ExpressionAttributeValues[':sk'].S;
    return JSON.stringify({
      Items: [...ledger.values()].filter(({ sk }) => sk.S.startsWith(start)).slice(0, 1),
    });
  },
  DeleteItem: ({ Key }) => {
    ledger.delete(keyOf(Key));
    return '{}';
  },
};

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const server = createServer((request, response) => {
  const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
  void textOf(request).then((body) => {
    const answer = ANSWERS[operation];
    response.writeHead(answer === undefined ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(answer?.(JSON.parse(body) as Asked) ?? '{}');
  });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
