import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sns } from '../../../src/dsl/authoring/integrations/sns.ts';
import { task } from '../../../src/dsl/authoring/task.ts';
import { workflow } from '../../../src/dsl/authoring/workflow.ts';
import { compile } from '../../../src/dsl/compiler/compile.ts';
import { dynamodb } from '../../support/aws-services.ts';
import { child } from '../../support/child-workflow.ts';
import { begin, number } from '../../support/compiled-workflow.ts';

const one = number('One');
const ask = task('Ask', {
  input: z.object({ token: z.string() }),
  output: z.object({}),
  errors: [],
  timeout: '1 minute',
});
const answered = { answer: z.strictObject({ n: z.number() }), giveUpAfter: '1 hour' } as const;

/** A workflow that tries what its steps say, and has a clause for this error. */
const around = {
  table: (error: string) =>
    begin()
      .try('work', {
        do: (body) => body.run('described', () => dynamodb.describeTable({ TableName: 't' })),
        catch: { [error]: (way) => way },
      })
      .returns(() => ({ value: 1 })),
  task: (error: string) =>
    begin()
      .try('work', {
        do: (body) => body.run('first', () => one({ n: 1 })),
        catch: { [error]: (way) => way },
      })
      .returns(() => ({ value: 1 })),
  callback: (error: string) =>
    begin()
      .try('work', {
        do: (body) => body.callback('asked', (_scope, token) => ask({ token }), answered),
        catch: { [error]: (way) => way },
      })
      .returns(() => ({ value: 1 })),
  message: (error: string) =>
    begin()
      .try('work', {
        do: (body) => body.run('told', () => sns.publish({ TopicArn: 't', Message: 'm' })),
        catch: { [error]: (way) => way },
      })
      .returns(() => ({ value: 1 })),
  child: (error: string) =>
    begin()
      .try('work', {
        do: (body) => body.run('inner', () => child({ n: 1 })),
        catch: { [error]: (way) => way },
      })
      .returns(() => ({ value: 1 })),
};

describe('a clause of a try', () => {
  it.each([
    ['table', 'DynamoDb.ResourceNotFoundException'],
    ['table', 'DynamoDb.SdkClientException'],
    ['table', 'States.Timeout'],
    ['task', 'Busy'],
    ['task', 'Lambda.ServiceException'],
    ['task', 'Sandbox.Timedout'],
    ['callback', 'Whatever'],
    ['callback', 'Some.Whatever'],
    ['message', 'SNS.NotFoundException'],
    ['child', 'Broken'],
    ['child', 'InvalidInput'],
    ['child', 'DynamoDb.ResourceNotFoundException'],
  ] as const)('round a %s may be for %s', (what, error) => {
    expect(() => compile(around[what](error))).not.toThrow();
  });

  it.each([
    [
      'table',
      'DynamoDb.NopeException',
      "work: dynamodb:describeTable never fails with 'DynamoDb.NopeException'; an error that its model lacks comes",
    ],
    ['table', 'DynamoDB.ResourceNotFoundException', "write 'DynamoDb.ResourceNotFoundException'"],
    [
      'table',
      'Lambda.ServiceException',
      "nothing that is tried fails with 'Lambda.ServiceException'; leave the",
    ],
    [
      'table',
      'Busy',
      "nothing that is tried declares the error 'Busy'; it can fail with no error of its own",
    ],
    ['task', 'DynamoDb.LimitExceededException', "nothing that is tried fails with 'DynamoDb.LimitExc"],
    ['message', 'Sns.NotFoundException', "nothing that is tried fails with 'Sns.NotFoundException'"],
    [
      'child',
      'Brokn',
      "nothing that is tried declares the error 'Brokn'; it can fail with Broken, InvalidInput",
    ],
  ] as const)('refuses, round a %s, %s, which it cannot fail with', (what, error, complaint) => {
    expect(() => compile(around[what](error))).toThrow(complaint);
  });

  it('may be for whatever somebody answers within a child', () => {
    const open = workflow('Open', { input: z.object({}), output: z.object({}), timeout: '1 hour' })
      .callback('asked', (_scope, token) => ask({ token }), answered)
      .returns(() => ({}));
    const subject = begin()
      .try('work', { do: (body) => body.run('inner', () => open({})), catch: { Whatever: (way) => way } })
      .returns(() => ({ value: 1 }));
    expect(() => compile(subject)).not.toThrow();
  });
});
