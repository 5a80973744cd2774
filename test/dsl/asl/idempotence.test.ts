import { describe, expect, it } from 'vitest';
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
    ['aws-sdk:dynamodb:updateItem', { UpdateExpression: 'ADD n :one' }],
    ['aws-sdk:dynamodb:updateItem', { UpdateExpression: 'SET n = n + :one' }],
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
  });
});
