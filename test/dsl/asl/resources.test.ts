import { describe, expect, it } from 'vitest';
import { checkMachine } from '../../../src/dsl/asl/check-machine.ts';

const found = (Resource: string) =>
  checkMachine({
    StartAt: 'Call',
    States: {
      Call: {
        Type: 'Task',
        Resource,
        Parameters: Resource.endsWith('.waitForTaskToken') ? { 'Token.$': '$$.Task.Token' } : {},
        TimeoutSeconds: 60,
        End: true,
      },
    },
  })
    .map(({ code }) => code)
    // What a call must be given is another matter.
    .filter((code) => !code.endsWith('-argument'));

describe('a Resource', () => {
  it.each([
    'arn:aws:lambda:us-east-1:123456789012:function:name:alias',
    'arn:aws-cn:states:::lambda:invoke',
    'arn:aws:states:us-east-1:123456789012:activity:name',
    'arn:aws:states:::lambda:invoke.waitForTaskToken',
    'arn:aws:states:::states:startExecution.sync',
    'arn:aws:states:::states:startExecution.sync:2',
    'arn:aws:states:::ecs:runTask.sync',
    'arn:aws:states:::ecs:runTask.waitForTaskToken',
    'arn:aws:states:::emr-serverless:startJobRun.sync',
    'arn:aws:states:::aws-sdk:sfn:startExecution.waitForTaskToken',
    'arn:aws:states:::aws-sdk:cloudwatchlogs:putRetentionPolicy',
    'arn:${AWS::Partition}:states:::dynamodb:getItem',
    '${FunctionArn}',
  ])('can be called: %s', (resource) => {
    expect(found(resource)).toEqual([]);
  });

  it.each([
    ['lambda:invoke', 'bad-resource'],
    ['arn:aws:s3:::bucket', 'bad-resource'],
    ['arn:aws:states:::lambda', 'bad-resource'],
    ['arn:aws:states:::s4:getObject', 'unknown-integration'],
    ['arn:aws:states:::dynamodb:scan', 'unknown-integration'],
    ['arn:aws:states:::aws-sdk:dynamodb:GetItem', 'unknown-integration'],
    ['arn:aws:states:::aws-sdk:DynamoDB:getItem', 'unknown-integration'],
    ['arn:aws:states:::dynamodb:getItem.waitForTaskToken', 'unsupported-pattern'],
    ['arn:aws:states:::sqs:sendMessage.sync', 'unsupported-pattern'],
    ['arn:aws:states:::glue:startJobRun.sync:2', 'unsupported-pattern'],
    ['arn:aws:states:::lambda:invoke.wait', 'unsupported-pattern'],
  ])('cannot be called: %s', (resource, code) => {
    expect(found(resource)).toEqual([code]);
  });
});
