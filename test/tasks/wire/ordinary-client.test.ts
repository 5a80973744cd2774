import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { ItemCalls } from '../../../src/tasks/item/item-calls.ts';
import { Writer } from '../../../src/tasks/reset-segment/writer.ts';
import { itemsAnswer } from '../../../src/tasks/wire/items-answer.ts';
import { type StoredItem, wireKey } from '../../../src/tasks/wire/stored-item.ts';
import { wireAnswer } from '../../../src/tasks/wire/wire-answer.ts';
import { MemoryDynamodb } from '../reset-segment/memory-dynamodb.ts';
import { invocation } from '../reset-segment/reset-world.ts';
import { type HttpAnswer, httpServer } from '../../support/http-server.ts';

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

/** An ordinary client of a service that gives these answers in turn. */
async function clientOf(...answers: HttpAnswer[]) {
  const server = await httpServer(() => answers.shift() ?? { status: 500 });
  ({ close } = server);
  const client = new DynamoDBClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'KEY', secretAccessKey: 'secret' },
    maxAttempts: 3,
  });
  return { client, heard: server.heard };
}

const scan = () => new ScanCommand({ TableName: 'orders', Segment: 1, TotalSegments: 2 });
const refusal = (type: string): HttpAnswer => ({
  status: 400,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'no' }),
});
const PAGE = '{"Items":[{"pk":{"S":"a"},"__proto__":{"N":"1.50"}}],"Count":1}';

describe('wireAnswer', () => {
  it('gives the bytes of the answer to the request that the client would have sent', async () => {
    const { client, heard } = await clientOf({ body: PAGE });
    expect((await wireAnswer(client, scan())).toString()).toBe(PAGE);
    expect(heard).toHaveLength(1);
    expect(heard[0]?.headers).toMatchObject({
      'x-amz-target': 'DynamoDB_20120810.Scan',
      authorization: expect.stringContaining('Credential=KEY/'),
    });
    expect(JSON.parse(heard[0]?.body ?? '')).toEqual({ TableName: 'orders', Segment: 1, TotalSegments: 2 });
  });

  it('leaves errors and repetitions to the client', async () => {
    const { client, heard } = await clientOf(refusal('ThrottlingException'), { status: 503 }, { body: PAGE });
    expect((await wireAnswer(client, scan())).toString()).toBe(PAGE);
    expect(heard).toHaveLength(3);
    const refused = await clientOf(refusal('ResourceNotFoundException'));
    await expect(wireAnswer(refused.client, scan())).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('the ordinary client', () => {
  it('writes an item as it was read, and again when it was left unprocessed, whatever its attributes are named', async () => {
    const item = '{"pk":{"S":"ä"},"__proto__":{"M":{"__proto__":{"N":"1.50"}}},"b":{"B":"aGk="}}';
    const left = `{"UnprocessedItems":{"orders":[{"PutRequest":{"Item":${item}}}]}}`;
    const { client, heard } = await clientOf({ body: `{"Items":[${item}]}` }, { body: left }, { body: '{}' });
    const [read] = itemsAnswer(await wireAnswer(client, scan()), ['Items'], wireKey(['pk'])).items;
    const environment = { ...invocation(new MemoryDynamodb()), dynamodb: client };
    const writer = new Writer(new ItemCalls(environment, 'seed'), 'orders');
    await writer.put(read as StoredItem);
    await writer.flush();
    expect(heard).toHaveLength(3);
    const operations = `{"orders":[{"PutRequest":{"Item":${item}}}]}`;
    const body = `{"ReturnConsumedCapacity":"TOTAL","RequestItems":${operations}}`;
    for (const { body: sent, headers } of heard.slice(1)) {
      expect(sent).toBe(body);
      expect(headers).toMatchObject({
        'x-amz-target': 'DynamoDB_20120810.BatchWriteItem',
        'content-length': String(Buffer.byteLength(body)),
      });
    }
  });
});
