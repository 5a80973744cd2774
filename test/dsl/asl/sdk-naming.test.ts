import { GetItem$, PutItem$, RestoreTableToPointInTime$ } from '@aws-sdk/client-dynamodb';
import { GetFunction$, Invoke$, UpdateFunctionCode$ } from '@aws-sdk/client-lambda';
import { DescribeExecution$, StartExecution$ } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { toSdkNames, toStepFunctionsNames } from '../../../src/dsl/asl/sdk-conversion.ts';
import {
  respelledMembers,
  spelledPath,
  stepFunctionsErrorName,
  stepFunctionsMember,
  stepFunctionsServiceName,
} from '../../../src/dsl/asl/sdk-naming.ts';
import { schemaOf } from '../../../src/dsl/asl/sdk-schema.ts';

describe('names in Step Functions', () => {
  // The names of the setters of the AWS SDK for Java 2; those marked are in executions recorded on AWS, or in
  // machines that run there.
  it.each([
    ['TableName', 'TableName'], // recorded: aws-sdk:dynamodb:putItem
    ['SSESpecificationOverride', 'SseSpecificationOverride'], // runs: restoreTableToPointInTime
    ['KMSMasterKeyId', 'KmsMasterKeyId'], // runs: restoreTableToPointInTime
    ['SSEType', 'SseType'], // runs: restoreTableToPointInTime
    ['stateMachineArn', 'StateMachineArn'], // recorded: aws-sdk:sfn:startExecution
    ['ChecksumCRC32', 'ChecksumCRC32'], // recorded: aws-sdk:s3:putObject
    ['ETag', 'ETag'], // recorded: aws-sdk:s3:getObject
    ['RoleARN', 'RoleARN'], // runs: aws-sdk:cloudformation:createStack
    ['TemplateURL', 'TemplateURL'], // runs: aws-sdk:cloudformation:createStack
    ['StreamARN', 'StreamARN'], // runs: aws-sdk:kinesis:getRecords
    ['S3BucketSource', 'S3BucketSource'],
    ['UUID', 'Uuid'],
    ['SSEKMSKeyId', 'SsekmsKeyId'],
    ['MD5OfMessageBody', 'Md5OfMessageBody'],
    ['EventSourceARN', 'EventSourceARN'],
    ['equals', 'EqualsValue'], // the guide's own example
    ['Default', 'DefaultValue'],
  ])('writes the member %s as %s', (name, expected) => {
    expect(stepFunctionsMember(name)).toBe(expected);
  });

  // Rows of the guide's table "Supported AWS SDK service integrations", by the service's id in the SDK.
  it.each([
    ['DynamoDB', 'DynamoDb'],
    ['SFN', 'Sfn'],
    ['S3', 'S3'],
    ['CloudWatch Logs', 'CloudWatchLogs'],
    ['SESv2', 'SesV2'],
    ['WAFV2', 'Wafv2'],
    ['CloudHSM V2', 'CloudHsmV2'],
    ['IoTAnalytics', 'IoTAnalytics'],
    ['IoT Events', 'IotEvents'],
    ['Elastic Load Balancing v2', 'ElasticLoadBalancingV2'],
    ['MTurk', 'MTurk'],
    ['FSx', 'FSx'],
    ['codeartifact', 'Codeartifact'],
    ['Database Migration Service', 'DatabaseMigration'],
    ['B2BI', 'B2Bi'],
    ['SageMaker A2I Runtime', 'SageMakerA2IRuntime'],
    ['Kinesis Video WebRTC Storage', 'KinesisVideoWebRtcStorage'],
    ['Resource Explorer 2', 'ResourceExplorer2'],
    ['Config Service', 'Config'],
  ])('calls the service %s %s', (serviceId, expected) => {
    expect(stepFunctionsServiceName(serviceId)).toBe(expected);
  });

  it.each([
    ['DynamoDb', 'ResourceNotFoundException', 'DynamoDb.ResourceNotFoundException'],
    ['DynamoDb', 'InternalServerError', 'DynamoDb.InternalServerErrorException'],
    ['Sfn', 'ExecutionDoesNotExist', 'Sfn.ExecutionDoesNotExistException'],
    ['S3', 'NoSuchKey', 'S3.NoSuchKeyException'],
    ['Lambda', 'EC2ThrottledException', 'Lambda.Ec2ThrottledException'],
    ['Rds', 'DBInstanceNotFoundFault', 'Rds.DbInstanceNotFoundException'],
  ])('ends every error name of %s in Exception: %s', (prefix, name, expected) => {
    expect(stepFunctionsErrorName(prefix, name)).toBe(expected);
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

  it('writes bytes as text in UTF-8 and reads them back, and other JSON as its text', () => {
    const answer = { StatusCode: 200, Payload: new TextEncoder().encode('{"a":1}') };
    expect(toStepFunctionsNames(Invoke$, 'output', answer)).toEqual({ StatusCode: 200, Payload: '{"a":1}' });
    expect(toSdkNames(Invoke$, 'input', { FunctionName: 'f', Payload: 'é' })).toEqual({
      FunctionName: 'f',
      Payload: Buffer.from('é'),
    });
    expect(toSdkNames(Invoke$, 'input', { FunctionName: 'f', Payload: { a: 1 } })).toEqual({
      FunctionName: 'f',
      Payload: Buffer.from('{"a":1}'),
    });
  });

  it('writes sets as lists, and leaves out what is undefined', () => {
    const response = { Tags: { a: 'x' }, Configuration: { Layers: new Set(), Role: undefined } };
    expect(toStepFunctionsNames(GetFunction$, 'output', response)).toEqual({
      Tags: { a: 'x' },
      Configuration: { Layers: [] },
    });
  });

  it('writes whole seconds without a fraction', () => {
    const response = { startDate: new Date('2026-01-01T00:00:00.000Z') };
    expect(toStepFunctionsNames(DescribeExecution$, 'output', response)).toEqual({
      StartDate: '2026-01-01T00:00:00Z',
    });
  });

  it('keeps an acronym inside a name', () => {
    const request = { FunctionName: 'f', SourceKMSKeyArn: 'k', S3ObjectVersion: 'v' };
    expect(toStepFunctionsNames(UpdateFunctionCode$, 'input', request)).toEqual(request);
  });

  const restore = schemaOf(RestoreTableToPointInTime$, 'output');

  it('renames paths, and says what they lead to', () => {
    const { path, schema, orElse } = spelledPath(restore, [
      'TableDescription',
      'SSEDescription',
      'KMSMasterKeyArn',
    ]);
    expect(path).toEqual(['TableDescription', 'SseDescription', 'KmsMasterKeyArn']);
    expect([schema.kind, orElse]).toEqual(['text', undefined]);
    expect(spelledPath(schemaOf(GetFunction$, 'output'), ['Tags', 'SSEType']).path).toEqual([
      'Tags',
      'SSEType',
    ]);
  });

  it('gives both spellings of an attribute value’s type, however deep, and leaves attribute names alone', () => {
    const item = schemaOf(GetItem$, 'output');
    expect(spelledPath(item, ['Item', 'SSEType', 'S'])).toMatchObject({
      path: ['Item', 'SSEType', 'S'],
      orElse: undefined,
    });
    expect(spelledPath(item, ['Item', 'BOOL', 'M', 'NULL', 'BOOL'])).toMatchObject({
      path: ['Item', 'BOOL', 'M', 'NULL', 'BOOL'],
      orElse: ['Item', 'BOOL', 'M', 'NULL', 'Bool'],
    });
  });

  it('knows which members the two sides spell apart', () => {
    expect(respelledMembers(restore)).toContain('SSEDescription is SseDescription');
    expect(respelledMembers(restore)).toContain('KMSMasterKeyArn is KmsMasterKeyArn');
    expect(respelledMembers(schemaOf(GetItem$, 'output'))).toEqual([]);
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
