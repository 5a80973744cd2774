import { DynamoDBClient, GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENT_SETTINGS } from '../../src/tasks/client-settings.ts';
import { wireAnswer } from '../../src/tasks/wire/wire-answer.ts';
import { httpServer } from '../support/http-server.ts';
import { dynamodbClient } from '../../src/tasks/aws-clients.ts';

it('makes a client of DynamoDB that copies no request for a log', () => {
  const steps = dynamodbClient().middlewareStack.identify().join('\n');
  expect(steps).toContain('retryMiddleware');
  expect(steps).not.toContain('logger');
});

describe('an answer that stops in the middle', () => {
  let server: Awaited<ReturnType<typeof httpServer>>;
  beforeAll(async () => {
    server = await httpServer(() => ({ headers: { 'content-length': '1000' }, body: '{"Items":[' }));
  });
  afterAll(() => server.close());

  const { requestHandler } = CLIENT_SETTINGS;
  /** As every client is made, but for how long it waits. */
  const impatient = () =>
    new DynamoDBClient({
      ...CLIENT_SETTINGS,
      maxAttempts: 1,
      requestHandler: { ...requestHandler, socketTimeout: requestHandler.socketTimeout / 500 },
      endpoint: server.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    });

  it.each([
    ['read by the SDK', () => impatient().send(new GetItemCommand({ TableName: 'orders', Key: {} }))],
    ['taken as it is', () => wireAnswer(impatient(), new ScanCommand({ TableName: 'orders' }))],
  ])('is given up where it is %s', async (_, call) => {
    await expect(call()).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
