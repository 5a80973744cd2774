import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import { simulate } from '../../../src/dsl/index.ts';
import { httpServer, type HeardRequest, type HttpAnswer } from '../../support/http-server.ts';
import { machineOf } from './machines.ts';

let server: Awaited<ReturnType<typeof httpServer>> | undefined;
afterEach(() => server?.close());

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

const run = async (resource: string, Arguments: Json, answer: (request: HeardRequest) => HttpAnswer) => {
  server = await httpServer(answer);
  const config = { endpoint: server.url, region: 'us-east-1', credentials, maxAttempts: 1 };
  const machine = machineOf({
    Ask: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Arguments, End: true },
  });
  const clients = { dynamodb: new DynamoDBClient(config), lambda: new LambdaClient(config) };
  return simulate(machine, {}, { clients });
};

describe('a client of an endpoint', () => {
  it('sends an SDK call there, in the names of the API, and spells the answer as Step Functions does', async () => {
    const result = await run('aws-sdk:dynamodb:describeTable', { TableName: 'orders' }, () => ({
      headers: { 'content-type': 'application/x-amz-json-1.0' },
      body: '{"Table":{"TableName":"orders","SSEDescription":{"SSEType":"KMS"},"CreationDateTime":1767225600}}',
    }));
    expect(result.output).toEqual({
      Table: {
        TableName: 'orders',
        SseDescription: { SseType: 'KMS' },
        CreationDateTime: '2026-01-01T00:00:00Z',
      },
    });
    expect(server?.heard[0]).toMatchObject({
      headers: { 'x-amz-target': 'DynamoDB_20120810.DescribeTable' },
      body: '{"TableName":"orders"}',
    });
  });

  it('sends an optimised call there', async () => {
    const Arguments = { TableName: 'orders', Key: { id: { S: '1' } } };
    const result = await run('dynamodb:getItem', Arguments, () => ({
      headers: { 'content-type': 'application/x-amz-json-1.0' },
      body: '{"Item":{"id":{"S":"1"}}}',
    }));
    expect(result.output).toEqual({ Item: { id: { S: '1' } } });
  });

  it('fails a call by the error of the service', async () => {
    const result = await run('aws-sdk:dynamodb:describeTable', { TableName: 'orders' }, () => ({
      status: 400,
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'id-1' },
      body: '{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"no orders"}',
    }));
    expect(result).toMatchObject({
      error: 'DynamoDb.ResourceNotFoundException',
      cause: 'no orders (Service: DynamoDb, Status Code: 400, Request ID: id-1) (SDK Attempt Count: 1)',
    });
  });

  it('invokes a function by the SDK, whose payload is text then', async () => {
    const Arguments = { FunctionName: 'charge', Payload: { order: 'o-7' } };
    const result = await run('aws-sdk:lambda:invoke', Arguments, () => ({
      headers: { 'x-amz-executed-version': '$LATEST' },
      body: '{"receipt":"r-1"}',
    }));
    expect(result.output).toMatchObject({ StatusCode: 200, Payload: '{"receipt":"r-1"}' });
    expect(server?.heard[0]).toMatchObject({
      path: '/2015-03-31/functions/charge/invocations',
      body: '{"order":"o-7"}',
    });
  });
});
