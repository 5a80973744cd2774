import {
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ResourceNotFoundException,
  RestoreTableToPointInTimeCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import { simulate } from '../../../src/dsl/simulator/simulate.ts';
import { StateFailure } from '../../../src/dsl/simulator/state-failure.ts';
import { eventsOf, machineOf } from './machines.ts';

const calling = (action: string, Arguments: Json) =>
  machineOf({ Ask: { Type: 'Task', Resource: `arn:aws:states:::aws-sdk:${action}`, Arguments, End: true } });

const dynamodb = () => {
  const client = new DynamoDBClient({ region: 'us-east-1' });
  return { client, mock: mockClient(client), clients: { dynamodb: client } };
};

describe('aws-sdk integrations', () => {
  it('translates the request to the SDK and the response back', async () => {
    const { mock, clients } = dynamodb();
    mock.on(RestoreTableToPointInTimeCommand).resolves({
      $metadata: {},
      TableDescription: {
        TableName: 't',
        CreationDateTime: new Date('2026-01-01T00:00:00Z'),
        SSEDescription: { SSEType: 'KMS', KMSMasterKeyArn: 'key' },
        RestoreSummary: { RestoreDateTime: new Date('2026-01-01T00:00:00.500Z'), RestoreInProgress: true },
      },
    });
    const machine = calling('dynamodb:restoreTableToPointInTime', {
      TargetTableName: 't',
      RestoreDateTime: '{% $states.input.at %}',
      SseSpecificationOverride: { KmsMasterKeyId: 'key', SseType: 'KMS' },
    });
    const { output } = await simulate(machine, { at: '2026-01-01T00:00:00Z' }, { clients });
    expect(mock.commandCalls(RestoreTableToPointInTimeCommand)[0]?.args[0].input).toEqual({
      TargetTableName: 't',
      RestoreDateTime: new Date('2026-01-01T00:00:00Z'),
      SSESpecificationOverride: { KMSMasterKeyId: 'key', SSEType: 'KMS' },
    });
    expect(output).toEqual({
      TableDescription: {
        TableName: 't',
        CreationDateTime: '2026-01-01T00:00:00Z',
        SseDescription: { SseType: 'KMS', KmsMasterKeyArn: 'key' },
        RestoreSummary: { RestoreDateTime: '2026-01-01T00:00:00.500Z', RestoreInProgress: true },
      },
    });
  });

  it('leaves items alone', async () => {
    const { mock, clients } = dynamodb();
    const Item = { SSEType: { M: { KMSKey: { N: '12345678901234567890123456789012345678' } } } };
    mock.on(GetItemCommand).resolves({ Item });
    const machine = calling('dynamodb:getItem', { TableName: 't', Key: { SSEType: { S: 'k' } } });
    expect((await simulate(machine, {}, { clients })).output).toEqual({ Item });
    expect(mock.commandCalls(GetItemCommand)[0]?.args[0].input.Key).toEqual({ SSEType: { S: 'k' } });
  });

  it('fails with what no service says, as a mock throws it', async () => {
    const { mock, clients } = dynamodb();
    mock.on(DescribeTableCommand).callsFake(() => {
      throw new StateFailure('DynamoDb.SdkClientException', 'the connection is lost');
    });
    const result = await simulate(calling('dynamodb:describeTable', { TableName: 't' }), {}, { clients });
    expect(result).toMatchObject({ error: 'DynamoDb.SdkClientException', cause: 'the connection is lost' });
  });

  it('fails as the integration does', async () => {
    const { mock, clients } = dynamodb();
    mock.on(DescribeTableCommand).rejects(
      new ResourceNotFoundException({
        message: 'Requested resource not found',
        $metadata: { httpStatusCode: 400, requestId: 'ABC' },
      }),
    );
    const result = await simulate(calling('dynamodb:describeTable', { TableName: 't' }), {}, { clients });
    expect(result).toMatchObject({
      error: 'DynamoDb.ResourceNotFoundException',
      cause:
        'Requested resource not found (Service: DynamoDb, Status Code: 400, Request ID: ABC) (SDK Attempt Count: 1)',
    });
    expect(eventsOf(result)[4]).toBe('5 TaskFailed after 4');
    expect(result.history[4]?.taskFailedEventDetails).toMatchObject({
      resourceType: 'aws-sdk:dynamodb',
      resource: 'describeTable',
    });
  });

  it('tells what else the service said of the request, and what AWS told at the time', async () => {
    const { mock, clients } = dynamodb();
    const $metadata = { httpStatusCode: 404, requestId: 'A', extendedRequestId: 'B', attempts: 3 };
    mock.on(DescribeTableCommand).rejects(Object.assign(new Error('none'), { $metadata }));
    const causeOf = async (asOf?: number) => {
      const options = { clients, ...(asOf === undefined ? {} : { asOf }) };
      return (await simulate(calling('dynamodb:describeTable', { TableName: 't' }), {}, options)).cause;
    };
    const told = 'none (Service: DynamoDb, Status Code: 404, Request ID: A, Extended Request ID: B)';
    expect(await causeOf()).toBe(`${told} (SDK Attempt Count: 3)`);
    expect(await causeOf(Date.UTC(2025, 0, 1))).toBe(told);
  });

  it('gives an error that the service does not model the general name of the service', async () => {
    const { mock, clients } = dynamodb();
    mock.on(DescribeTableCommand).rejects(Object.assign(new Error('bad'), { name: 'ValidationException' }));
    const result = await simulate(calling('dynamodb:describeTable', { TableName: 't' }), {}, { clients });
    expect(result.error).toBe('DynamoDb.DynamoDbException');
  });

  it('refuses a member spelled as the SDK spells it', async () => {
    const machine = calling('dynamodb:restoreTableToPointInTime', {
      TargetTableName: 't',
      SSESpecificationOverride: {},
    });
    await expect(simulate(machine, {}, dynamodb())).rejects.toThrow(
      `state 'Ask': Arguments/SSESpecificationOverride: the operation has no member 'SSESpecificationOverride'; write 'SseSpecificationOverride'`,
    );
  });

  it('refuses a reply of nothing, as an incomplete mock gives', async () => {
    await expect(
      simulate(calling('dynamodb:describeTable', { TableName: 't' }), {}, dynamodb()),
    ).rejects.toThrow(`state 'Ask': the client answered dynamodb:describeTable with nothing`);
  });

  it.each([
    ['dynamodb:describeTabel', 'dynamodb has no action'],
    ['dynamodb:DescribeTable', 'write the service in small letters and the action in camel case'],
    ['sqs:sendMessage', "state 'Ask' calls sqs:sendMessage, and the model of the service 'sqs'"],
    ['sqs:sendMessage', 'npm install --save-dev @aws-sdk/client-sqs'],
    ['dynamodb:getItem.sync', "aws-sdk:dynamodb:getItem has no '.sync'"],
    ['lambda:listFunctions', `no client is there; pass one in options.clients['lambda']`],
  ])('refuses %s', async (action, why) => {
    await expect(simulate(calling(action, {}), {}, dynamodb())).rejects.toThrow(why);
  });
});
