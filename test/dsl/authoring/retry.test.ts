import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { DefinitionError } from '../../../src/dsl/ast/definition-error.ts';
import type { CallNode } from '../../../src/dsl/ast/step-node.ts';
import { dynamodbItems } from '../../../src/dsl/authoring/integrations/dynamodb-items.ts';
import { events } from '../../../src/dsl/authoring/integrations/events.ts';
import { integration } from '../../../src/dsl/authoring/integrations/integration.ts';
import { sns } from '../../../src/dsl/authoring/integrations/sns.ts';
import { sqs } from '../../../src/dsl/authoring/integrations/sqs.ts';
import { type RetryPolicy, retriesOf } from '../../../src/dsl/authoring/retry.ts';
import { awsSdk } from '../../../src/dsl/authoring/sdk.ts';
import { task } from '../../../src/dsl/authoring/task.ts';
import { workflow } from '../../../src/dsl/authoring/workflow.ts';
import { context } from '../../../src/dsl/expression/context.ts';
import { dynamodb, lambda } from '../../support/aws-services.ts';

const UPDATE = { TableName: 't', Key: {}, UpdateExpression: context.Execution.Name };
const empty = z.object({});
const doIt = task('DoIt', { input: empty, output: empty, errors: [], timeout: '1 minute' });
const child = workflow('Child', { input: empty, output: empty, timeout: '1 minute' }).returns(() => ({}));
const waiting = (node: CallNode, waitsFor: CallNode['waitsFor']): CallNode => ({ ...node, waitsFor });
const errorsOf = (node: CallNode) => retriesOf(node, undefined).flatMap(({ errors }) => errors);

describe('the retries of a call', () => {
  it('are, for a task, those of Lambda’s passing faults', () => {
    const [only, ...more] = retriesOf(doIt({}).node, undefined);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ intervalSeconds: 2, maxAttempts: 6, backoffRate: 2, maxDelaySeconds: 60 });
    expect(only?.errors).toContain('Lambda.TooManyRequestsException');
    expect(only?.errors).toContain('Lambda.ServiceException');
    expect(only?.errors).toContain('States.Timeout');
    expect(only?.errors).not.toContain('States.TaskFailed');
  });

  it('are, for a task that is only started, Lambda’s own faults', () => {
    expect(errorsOf(waiting(doIt({}).node, 'start'))).toEqual([
      'Lambda.ClientExecutionTimeoutException',
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.TooManyRequestsException',
    ]);
  });

  it('are, for an SDK call, the throttling and server faults that its service’s model has', () => {
    expect(errorsOf(dynamodb.listTables({}).node)).toEqual([
      'DynamoDb.InternalServerErrorException',
      'DynamoDb.ProvisionedThroughputExceededException',
      'DynamoDb.RequestLimitExceededException',
      'DynamoDb.ThrottlingException',
      'DynamoDb.TransactionInProgressException',
      'DynamoDb.SdkClientException',
      'States.Timeout',
    ]);
    expect(errorsOf(lambda.listFunctions({}).node)).toContain('Lambda.TooManyRequestsException');
  });

  it.each([
    ['a count', dynamodb.updateItem({ TableName: 't', Key: {}, UpdateExpression: 'ADD n :one' }).node],
    ['a backup', dynamodb.createBackup({ TableName: 't', BackupName: 'b' }).node],
    ['a transaction without a token', dynamodb.transactWriteItems({ TransactItems: [] }).node],
    ['an update that only the execution knows', dynamodb.updateItem(UPDATE).node],
  ])('are, for %s, which adds something each time, those that say that nothing was done', (_what, node) => {
    expect(errorsOf(node)).toEqual([
      'DynamoDb.ProvisionedThroughputExceededException',
      'DynamoDb.RequestLimitExceededException',
      'DynamoDb.ThrottlingException',
      'DynamoDb.TransactionInProgressException',
    ]);
  });

  it('are all of them for a write that says the same twice', () => {
    const token = { TransactItems: [], ClientRequestToken: 't' };
    for (const { node } of [
      dynamodb.putItem({ TableName: 't', Item: {} }),
      dynamodb.updateItem({ TableName: 't', Key: {}, UpdateExpression: 'SET n = :n' }),
      dynamodb.restoreTableToPointInTime({ TargetTableName: 't' }),
      dynamodb.transactWriteItems(token),
    ])
      expect(errorsOf(node)).toContain('States.Timeout');
  });

  it.each<[string, CallNode, readonly string[]]>([
    ['a task', doIt({}).node, ['Lambda.TooManyRequestsException']],
    [
      'an SDK call',
      lambda.invoke({ FunctionName: 'f' }).node,
      ['Lambda.Ec2ThrottledException', 'Lambda.TooManyRequestsException'],
    ],
    [
      'a child',
      child({}).node,
      ['StepFunctions.ExecutionLimitExceededException', 'StepFunctions.ThrottlingException'],
    ],
    [
      'a message',
      sqs.sendMessage({ QueueUrl: 'q', MessageBody: 'm' }).node,
      ['SQS.RequestThrottledException', 'SQS.KmsThrottledException'],
    ],
  ])('cover %s that hands out a task token only where it was refused', (_what, node, expected) => {
    expect(errorsOf(waiting(node, 'token'))).toEqual(expected);
  });

  it('cover a child execution only where none was started', () => {
    expect(retriesOf(child({}).node, undefined)).toMatchObject([
      { errors: ['StepFunctions.ExecutionLimitExceededException', 'StepFunctions.ThrottlingException'] },
    ]);
    expect(errorsOf(waiting(child({}).node, 'start'))).toEqual(errorsOf(child({}).node));
  });

  it('are, for an optimised integration, throttling under its own prefix', () => {
    const nodes = [
      sns.publish({ TopicArn: 't', Message: 'm' }).node,
      events.putEvents({ Entries: [] }).node,
      dynamodbItems.getItem({ TableName: 't', Key: {} }).node,
    ];
    expect(nodes.map((node) => errorsOf(node)[0])).toEqual([
      'SNS.ThrottledException',
      'EventBridge.ThrottlingException',
      'DynamoDB.ProvisionedThroughputExceededException',
    ]);
  });

  it('are none for an integration that the language does not know', () => {
    const job = integration('glue:startJobRun.sync', {
      arguments: { JobName: 'j' },
      result: empty,
      timeout: '1 hour',
      permissions: [],
    });
    expect(retriesOf(job.node, undefined)).toEqual([]);
  });

  it('refuse a service whose client is not installed, naming the package', () => {
    const translate = awsSdk<{ none: never }>('translate') as unknown as {
      importTerminology: (request: object) => { node: CallNode };
    };
    const { node } = translate.importTerminology({});
    expect(() => retriesOf(node, undefined, 'Flow › step')).toThrow(
      /^Flow › step: .*none with a model is installed; run: npm install --save-dev @aws-sdk\/client-translate@/,
    );
  });

  it("begin with the author's own", () => {
    const own = {
      errors: ['Busy'],
      interval: '5 seconds',
      maxAttempts: 3,
      backoffRate: 1,
      maxDelay: '2 minutes',
    } as const;
    const retries = retriesOf(doIt({}).node, [own, { errors: ['Slow'] }]);
    expect(retries.map(({ errors }) => errors[0])).toEqual([
      'Busy',
      'Slow',
      'Lambda.ClientExecutionTimeoutException',
    ]);
    expect(retries[0]).toEqual({
      errors: ['Busy'],
      intervalSeconds: 5,
      maxAttempts: 3,
      backoffRate: 1,
      maxDelaySeconds: 120,
    });
  });

  it("are only the author's own when those have States.ALL, which nothing may follow", () => {
    const retries = retriesOf(doIt({}).node, [{ errors: ['Busy'] }, { errors: ['States.ALL'] }]);
    expect(retries.map(({ errors }) => errors)).toEqual([['Busy'], ['States.ALL']]);
  });

  it("are none when the author says 'none'", () => {
    expect(retriesOf(doIt({}).node, 'none')).toEqual([]);
  });

  it('let the delay grow to twice an interval that is longer than the default', () => {
    const [first] = retriesOf(doIt({}).node, [{ errors: ['Busy'], interval: '5 minutes' }]);
    expect(first).toMatchObject({ intervalSeconds: 300, maxDelaySeconds: 600 });
  });

  it.each<[string, readonly RetryPolicy[], string]>([
    ['no errors', [{ errors: [] }], 'a retry names no error'],
    [
      'States.ALL beside others',
      [{ errors: ['Busy', 'States.ALL'] }],
      'a retry names States.ALL beside other errors, got Busy, States.ALL',
    ],
    [
      'anything behind States.ALL',
      [{ errors: ['States.ALL'] }, { errors: ['Busy'] }],
      'no retry may follow the one for States.ALL',
    ],
    [
      'half an attempt',
      [{ errors: ['Busy'], maxAttempts: 1.5 }],
      'maxAttempts must be a whole number from 0 to 99999999, got 1.5',
    ],
    ['fewer attempts than none', [{ errors: ['Busy'], maxAttempts: -1 }], 'got -1'],
    ['too many attempts', [{ errors: ['Busy'], maxAttempts: 100_000_000 }], 'got 100000000'],
    [
      'delays that shrink',
      [{ errors: ['Busy'], backoffRate: 0.5 }],
      'backoffRate must be 1 or more, got 0.5',
    ],
    ['delays that are no number', [{ errors: ['Busy'], backoffRate: Number.NaN }], 'got NaN'],
    [
      'a longest delay that is not longer than the first',
      [{ errors: ['Busy'], interval: '1 minute', maxDelay: '60 seconds' }],
      "maxDelay ('60 seconds') is not longer than the interval ('1 minute')",
    ],
    [
      'a longest delay over a year',
      [{ errors: ['Busy'], maxDelay: '366 days' }],
      "maxDelay ('366 days') must be shorter than 366 days",
    ],
    [
      'half a second',
      [{ errors: ['Busy'], interval: '0.5 seconds' }],
      'a duration must be a positive whole number',
    ],
  ])('refuse %s', (_what, given, complaint) => {
    expect(() => retriesOf(doIt({}).node, given, 'Flow › step')).toThrow(DefinitionError);
    expect(() => retriesOf(doIt({}).node, given, 'Flow › step')).toThrow(complaint);
  });
});
