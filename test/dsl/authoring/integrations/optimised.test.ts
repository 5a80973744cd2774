import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Json } from '../../../../src/dsl/asl/machine.ts';
import type { Call } from '../../../../src/dsl/authoring/call.ts';
import { dynamodbItems } from '../../../../src/dsl/authoring/integrations/dynamodb-items.ts';
import { events } from '../../../../src/dsl/authoring/integrations/events.ts';
import { integration } from '../../../../src/dsl/authoring/integrations/integration.ts';
import { sns } from '../../../../src/dsl/authoring/integrations/sns.ts';
import { sqs } from '../../../../src/dsl/authoring/integrations/sqs.ts';
import { concat } from '../../../../src/dsl/expression/text.ts';
import { begin, run, statesOf } from '../../../support/compiled-workflow.ts';

const topic = 'arn:aws:sns:eu-west-1:123456789012:news';
const queue = 'https://sqs.eu-west-1.amazonaws.com/123456789012/orders';
const table = 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders';

const permissionsOf = (call: Call<unknown>) => call.node.permissions;

describe('an optimised integration', () => {
  const subject = begin()
    .run('published', ({ input }) => sns.publish({ TopicArn: topic, Message: { n: input.n } }))
    .run('sent', ({ published }) =>
      sqs.sendMessage({ QueueUrl: queue, MessageBody: { after: published.MessageId } }),
    )
    .run('told', ({ sent }) =>
      events.putEvents({
        Entries: [{ Source: 'shop', DetailType: 'Ordered', Detail: { message: sent.MD5OfMessageBody } }],
      }),
    )
    .run('written', ({ told }) =>
      dynamodbItems.updateItem({
        TableName: table,
        Key: { id: { S: 'o1' } },
        UpdateExpression: 'SET #e = :e',
        ExpressionAttributeNames: { '#e': 'event' },
        ExpressionAttributeValues: { ':e': { N: concat(told.FailedEntryCount) } },
        ReturnValues: 'ALL_NEW',
      }),
    )
    .returns(({ written }) => ({ value: written.Attributes.open?.BOOL }));

  it('becomes its resource, with the request as it is written', () => {
    const { Published, Sent, Told, Written } = statesOf(subject);
    expect(Published).toMatchObject({
      Resource: 'arn:aws:states:::sns:publish',
      Arguments: { TopicArn: topic, Message: { n: '{% $input.n %}' } },
      TimeoutSeconds: 60,
      Assign: { published: '{% {"MessageId": $states.result.MessageId} %}' },
    });
    expect(Sent).toMatchObject({
      Resource: 'arn:aws:states:::sqs:sendMessage',
      Arguments: { QueueUrl: queue, MessageBody: { after: '{% $published.MessageId %}' } },
    });
    expect(Told).toMatchObject({
      Resource: 'arn:aws:states:::events:putEvents',
      Arguments: {
        Entries: [
          { Source: 'shop', DetailType: 'Ordered', Detail: { message: '{% $sent.MD5OfMessageBody %}' } },
        ],
      },
    });
    expect(Written).toMatchObject({ Resource: 'arn:aws:states:::dynamodb:updateItem' });
  });

  it('runs', async () => {
    const seen: Json[] = [];
    const answering = (result: Json) => (given: Json) => {
      seen.push(given);
      return result;
    };
    const { output } = await run(
      subject,
      { n: 1, list: [] },
      {
        resources: {
          'arn:aws:states:::sns:publish': answering({ MessageId: 'm1' }),
          'arn:aws:states:::sqs:sendMessage': answering({ MessageId: 'm2', MD5OfMessageBody: 'd2' }),
          'arn:aws:states:::events:putEvents': answering({ FailedEntryCount: 0, Entries: [] }),
          'arn:aws:states:::dynamodb:updateItem': answering({ Attributes: { open: { BOOL: true } } }),
        },
      },
    );
    expect(output).toEqual({ value: true });
    expect(seen).toMatchObject([
      { Message: { n: 1 } },
      { MessageBody: { after: 'm1' } },
      { Entries: [{ Detail: { message: 'd2' } }] },
      { Key: { id: { S: 'o1' } }, ExpressionAttributeValues: { ':e': { N: '0' } } },
    ]);
  });

  it('waits for a task token when a callback says so', () => {
    const answer = z.object({ ok: z.boolean() });
    const options = { answer, giveUpAfter: '1 hour' } as const;
    const asked = begin()
      .callback('mailed', (_scope, token) => sns.publish({ TopicArn: topic, Message: { token } }), options)
      .callback(
        'queued',
        (_scope, token) => sqs.sendMessage({ QueueUrl: queue, MessageBody: { token } }),
        options,
      )
      .callback(
        'told',
        (_scope, token) =>
          events.putEvents({ Entries: [{ Source: 's', DetailType: 'd', Detail: { token } }] }),
        options,
      )
      .returns(({ told }) => ({ value: told.ok }));
    const { Mailed, Queued, Told } = statesOf(asked);
    expect(Mailed).toMatchObject({
      Resource: 'arn:aws:states:::sns:publish.waitForTaskToken',
      Arguments: { TopicArn: topic, Message: { token: '{% $states.context.Task.Token %}' } },
      TimeoutSeconds: 3600,
    });
    expect(Queued).toMatchObject({ Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken' });
    expect(Told).toMatchObject({ Resource: 'arn:aws:states:::events:putEvents.waitForTaskToken' });
  });

  it('refuses a task token where the integration takes none', () => {
    const asked = begin()
      .callback(
        'kept',
        (_scope, token) => dynamodbItems.putItem({ TableName: 't', Item: { token: { S: token } } }),
        { answer: z.object({}), giveUpAfter: '1 hour' },
      )
      .returns(() => ({ value: 1 }));
    expect(() => statesOf(asked)).toThrow(
      'Kept: dynamodb:putItem cannot wait for a task token; call the service through awsSdk()',
    );
  });
});

describe('what an optimised integration needs', () => {
  it('is its action on what the request names by ARN', () => {
    expect(permissionsOf(sns.publish({ TopicArn: topic, Message: 'm' }))).toEqual([
      { actions: ['sns:Publish'], resources: [topic] },
    ]);
    expect(permissionsOf(dynamodbItems.deleteItem({ TableName: table, Key: {} }))).toEqual([
      { actions: ['dynamodb:DeleteItem'], resources: [table] },
    ]);
    expect(permissionsOf(sqs.sendMessage({ QueueUrl: queue, MessageBody: 'm' }))).toEqual([
      { actions: ['sqs:SendMessage'], resources: ['arn:aws:sqs:eu-west-1:123456789012:orders'] },
    ]);
  });

  it('is its action on everything when the request leaves it open', () => {
    const open = [
      sns.publish({ PhoneNumber: '+41', Message: 'm' }),
      dynamodbItems.getItem({ TableName: 'orders', Key: {} }),
      sqs.sendMessage({ QueueUrl: '${QueueUrl}', MessageBody: 'm' }),
      events.putEvents({ Entries: [] }),
    ];
    expect(open.map((call) => permissionsOf(call)?.[0]?.resources)).toEqual([['*'], ['*'], ['*'], ['*']]);
  });

  it('is its action on what the author says', () => {
    const resources = ['arn:aws:events:eu-west-1:123456789012:event-bus/shop'];
    expect(permissionsOf(events.putEvents({ Entries: [] }, { resources }))).toEqual([
      { actions: ['events:PutEvents'], resources },
    ]);
  });
});

describe('any other integration', () => {
  const job = (resource: string) =>
    integration(resource, {
      arguments: { JobName: 'reset' },
      result: z.object({ JobRunState: z.string() }),
      timeout: '2 hours',
      permissions: [{ actions: ['glue:StartJobRun'], resources: ['*'] }],
    });

  it('becomes its resource, waits as long as it is told, and gives its result a type', () => {
    const subject = begin()
      .run('ran', () => job('glue:startJobRun.sync'))
      .returns(({ ran }) => ({ value: ran.JobRunState }));
    expect(statesOf(subject)).toMatchObject({
      Ran: {
        Type: 'Task',
        Resource: 'arn:aws:states:::glue:startJobRun.sync',
        Arguments: { JobName: 'reset' },
        TimeoutSeconds: 7200,
      },
      Return: { Output: { value: '{% $ran.JobRunState %}' } },
    });
    expect(job('glue:startJobRun.sync').node.permissions).toEqual([
      { actions: ['glue:StartJobRun'], resources: ['*'] },
    ]);
  });

  it.each([
    ['arn:aws:states:::glue:startJobRun', "leave 'arn:aws:states:::' out"],
    ['aws-sdk:glue:startJobRun', 'an SDK integration is called through awsSdk()'],
    ['sqs:sendMessage.waitForTaskToken', "leave '.waitForTaskToken' out; a callback step adds it"],
    ['glue', "write for example 'glue:startJobRun.sync'"],
    ['glue:startJobRun.sync:3', "write for example 'glue:startJobRun.sync'"],
  ])('refuses %s', (resource, remedy) => {
    expect(() => job(resource)).toThrow(remedy);
  });
});
