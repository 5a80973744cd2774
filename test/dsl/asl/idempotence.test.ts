import { describe, expect, it } from 'vitest';
import { sdkModel } from '../../../src/dsl/asl/sdk-model.ts';
import { mayHaveLanded } from '../../../src/dsl/asl/check/idempotence.ts';
import { checkMachine } from '../../../src/dsl/asl/check-machine.ts';

/** Whether a blind retry of the call is warned of. */
const warns = (call: string, Parameters: object = {}, error = 'States.ALL') =>
  checkMachine({
    StartAt: 'Call',
    States: {
      Call: {
        Type: 'Task',
        Resource: `arn:aws:states:::${call}`,
        Parameters,
        TimeoutSeconds: 60,
        Retry: [{ ErrorEquals: [error] }],
        ResultPath: null,
        End: true,
      },
    },
  }).some(({ code }) => code === 'blind-retry');

describe('a blind retry', () => {
  it.each([
    ['sns:publish', {}],
    ['sqs:sendMessage', { MessageBody: 'm' }],
    ['events:putEvents', {}],
    ['states:startExecution', { StateMachineArn: 'x' }],
    ['states:startExecution.sync:2', { 'Input.$': '$' }],
    ['aws-sdk:dynamodb:updateItem', { TableName: 'T', UpdateExpression: 'ADD n :one' }],
    ['dynamodb:updateItem', { TableName: 'T', UpdateExpression: 'SET n = n+:one' }],
    ['dynamodb:updateItem', { 'UpdateExpression.$': '$.update' }],
    ['aws-sdk:dynamodb:createBackup', { TableName: 'T', BackupName: 'b' }],
    ['aws-sdk:dynamodb:transactWriteItems', { TransactItems: [] }],
    ['aws-sdk:glue:startJobRun', { JobName: 'j' }],
    ['batch:submitJob', { JobName: 'j' }],
    ['aws-sdk:rds:createDBSnapshot', { DBInstanceIdentifier: 'i' }],
    ['aws-sdk:rdsdata:executeStatement', { Sql: 's' }],
    ['aws-sdk:kinesis:putRecord', {}],
    ['lambda:invoke', {}],
    ['http:invoke', {}],
  ])('is warned of: %s %j', (call, request) => {
    expect(warns(call, request)).toBe(true);
  });

  it.each([
    ['aws-sdk:dynamodb:getItem', {}],
    ['dynamodb:putItem', {}],
    ['aws-sdk:dynamodb:deleteTable', {}],
    ['aws-sdk:dynamodb:updateItem', { UpdateExpression: 'SET n = :n' }],
    ['aws-sdk:dynamodb:updateItem', { UpdateExpression: 'ADD n :one', ConditionExpression: 'v = :v' }],
    ['aws-sdk:dynamodb:createTable', { TableName: 'T' }],
    ['aws-sdk:dynamodb:restoreTableToPointInTime', { TargetTableName: 'T' }],
    ['aws-sdk:dynamodb:transactWriteItems', { TransactItems: [], ClientRequestToken: 't' }],
    ['aws-sdk:rds:createDBSnapshot', { DBSnapshotIdentifier: 's' }],
    ['aws-sdk:rds:copyDBSnapshot', { TargetDBSnapshotIdentifier: 's' }],
    ['aws-sdk:transcribe:startTranscriptionJob', { TranscriptionJobName: 'j' }],
    ['aws-sdk:ec2:startInstances', { InstanceIds: ['i'] }],
    ['aws-sdk:ec2:createTags', { Tags: [] }],
    ['aws-sdk:sfn:sendTaskSuccess', {}],
    ['aws-sdk:lambda:addPermission', { FunctionName: 'f', StatementId: 's' }],
    ['aws-sdk:rdsdata:executeStatement', { Sql: 's', ClientToken: 't' }],
    ['states:startExecution.sync:2', { 'Name.$': '$.name' }],
    ['sqs:sendMessage', { MessageDeduplicationId: 'm' }],
    ['ecs:runTask.sync', { ClientToken: 't' }],
  ])('is harmless: %s %j', (call, request) => {
    expect(warns(call, request)).toBe(false);
  });

  it('of a timeout is warned of only where the call is known to add something', () => {
    expect(warns('sns:publish', {}, 'States.Timeout')).toBe(true);
    expect(warns('lambda:invoke', {}, 'States.Timeout')).toBe(false);
    expect(warns('sns:publish', {}, 'SNS.ThrottledException')).toBe(false);
    expect(warns('aws-sdk:sns:publish', {}, 'Sns.SdkClientException')).toBe(true);
    expect(warns('aws-sdk:dynamodb:createBackup', {}, 'DynamoDb.InternalServerErrorException')).toBe(true);
    expect(warns('aws-sdk:dynamodb:createBackup', {}, 'DynamoDb.LimitExceededException')).toBe(false);
  });

  it.each(['dynamodb', 'lambda'])(
    'counts every fault of %s as one that may have had its effect',
    (service) => {
      const errors = sdkModel(service)?.errors ?? [];
      const of = (kind: string) => errors.filter((one) => one.kind === kind).map(({ name }) => name);
      expect(of('fault').length).toBeGreaterThan(0);
      expect(of('fault').filter((name) => !mayHaveLanded(name))).toEqual([]);
      expect(of('throttling').filter(mayHaveLanded)).toEqual([]);
    },
  );
});
