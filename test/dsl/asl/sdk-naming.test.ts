import { GetItem$, PutItem$, RestoreTableToPointInTime$ } from '@aws-sdk/client-dynamodb';
import { GetFunction$ } from '@aws-sdk/client-lambda';
import { DescribeExecution$, StartExecution$ } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import {
  stepFunctionsErrorName,
  stepFunctionsName,
  toSdkNames,
  toStepFunctionsNames,
  toStepFunctionsPath,
} from '../../../src/dsl/asl/sdk-naming.ts';

describe('names in Step Functions', () => {
  it.each([
    ['TableName', 'TableName'],
    ['SSESpecificationOverride', 'SseSpecificationOverride'],
    ['KMSMasterKeyId', 'KmsMasterKeyId'],
    ['SSEType', 'SseType'],
    ['stateMachineArn', 'StateMachineArn'],
    ['S3BucketSource', 'S3BucketSource'],
    ['UUID', 'Uuid'],
    ['EventSourceARN', 'EventSourceArn'],
  ])('writes %s as %s', (name, expected) => {
    expect(stepFunctionsName(name)).toBe(expected);
  });

  it('ends every error name in Exception', () => {
    expect(stepFunctionsErrorName('DynamoDb', 'ResourceNotFoundException')).toBe(
      'DynamoDb.ResourceNotFoundException',
    );
    expect(stepFunctionsErrorName('DynamoDb', 'InternalServerError')).toBe(
      'DynamoDb.InternalServerErrorException',
    );
    expect(stepFunctionsErrorName('Sfn', 'ExecutionDoesNotExist')).toBe('Sfn.ExecutionDoesNotExistException');
  });

  it('renames the members of a request, and leaves expressions in their place', () => {
    const request = {
      TargetTableName: 't',
      RestoreDateTime: '{% $at %}',
      SSESpecificationOverride: { KMSMasterKeyId: 'k' },
      ProvisionedThroughputOverride: '{% $throughput %}',
      GlobalSecondaryIndexOverride: [],
    };
    expect(toStepFunctionsNames(RestoreTableToPointInTime$, 'input', request)).toEqual({
      TargetTableName: 't',
      RestoreDateTime: '{% $at %}',
      SseSpecificationOverride: { KmsMasterKeyId: 'k' },
      ProvisionedThroughputOverride: '{% $throughput %}',
      GlobalSecondaryIndexOverride: [],
    });
  });

  it('comes back to the same request', () => {
    const request = {
      TargetTableName: 't',
      RestoreDateTime: new Date('2026-01-01T00:00:00Z'),
      SSESpecificationOverride: { SSEType: 'KMS' },
    };
    const named = toStepFunctionsNames(RestoreTableToPointInTime$, 'input', request);
    expect(named).toMatchObject({ RestoreDateTime: '2026-01-01T00:00:00Z' });
    expect(toSdkNames(RestoreTableToPointInTime$, 'input', named)).toEqual(request);
  });

  it('leaves map keys and attribute values alone, binary apart', () => {
    const Item = { KMSKeyARN: { M: { SSEType: { B: 'aGk=' } } }, l: { L: [{ BS: ['aGk='] }] } };
    const request = toSdkNames(PutItem$, 'input', {
      TableName: 't',
      Item,
      ExpressionAttributeNames: { '#SSEType': 'x' },
    });
    const bytes = Buffer.from('hi');
    expect(request).toEqual({
      TableName: 't',
      Item: { KMSKeyARN: { M: { SSEType: { B: bytes } } }, l: { L: [{ BS: [bytes] }] } },
      ExpressionAttributeNames: { '#SSEType': 'x' },
    });
    expect(toStepFunctionsNames(GetItem$, 'output', { Item: (request as { Item: object }).Item })).toEqual({
      Item,
    });
  });

  it('renames members that begin in lower case, and writes dates as text', () => {
    const response = {
      executionArn: 'a',
      status: 'RUNNING',
      startDate: new Date('2026-01-01T00:00:00.250Z'),
    };
    expect(toStepFunctionsNames(DescribeExecution$, 'output', response)).toEqual({
      ExecutionArn: 'a',
      Status: 'RUNNING',
      StartDate: '2026-01-01T00:00:00.250Z',
    });
  });

  it('sends an object as JSON text where the service takes text', () => {
    const request = { StateMachineArn: 'm', Input: { a: 1 } };
    expect(toSdkNames(StartExecution$, 'input', request)).toEqual({ stateMachineArn: 'm', input: '{"a":1}' });
  });

  it('renames paths', () => {
    const path = ['TableDescription', 'SSEDescription', 'KMSMasterKeyArn'];
    expect(toStepFunctionsPath(RestoreTableToPointInTime$, 'output', path)).toEqual([
      'TableDescription',
      'SseDescription',
      'KmsMasterKeyArn',
    ]);
    expect(toStepFunctionsPath(GetItem$, 'output', ['Item', 'SSEType', 'S'])).toEqual([
      'Item',
      'SSEType',
      'S',
    ]);
    expect(toStepFunctionsPath(GetFunction$, 'output', ['Tags', 'SSEType'])).toEqual(['Tags', 'SSEType']);
  });

  it.each([
    ['SSESpecificationOverride', `write 'SseSpecificationOverride'`],
    ['Nonsense', 'use one of TargetTableName'],
  ])('refuses %s in a request as Step Functions would', (member, remedy) => {
    expect(() => toSdkNames(RestoreTableToPointInTime$, 'input', { [member]: {} })).toThrow(remedy);
  });

  it('refuses a time that is none', () => {
    const request = { TargetTableName: 't', RestoreDateTime: 'yesterday' };
    expect(() => toSdkNames(RestoreTableToPointInTime$, 'input', request)).toThrow(
      'RestoreDateTime: needs a time',
    );
  });
});
