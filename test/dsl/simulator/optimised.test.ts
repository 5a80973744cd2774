import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import * as models from '../../../src/dsl/asl/sdk-model.ts';
import { simulate } from '../../../src/dsl/simulator/simulate.ts';
import { machineOf } from './machines.ts';

const calling = (resource: string, Arguments: Json, rest: object = {}) =>
  machineOf({
    Ask: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Arguments, End: true, ...rest },
  });

describe('dynamodb:getItem and its like', () => {
  const dynamodb = () => {
    const client = new DynamoDBClient({ region: 'us-east-1' });
    return { mock: mockClient(client), clients: { dynamodb: client } };
  };

  it('go through the client of the service', async () => {
    const { mock, clients } = dynamodb();
    const Item = { id: { S: 'a' }, on: { BOOL: true } };
    mock.on(GetItemCommand).resolves({ $metadata: {}, Item });
    const machine = calling('dynamodb:getItem', {
      TableName: 't',
      Key: { id: { S: '{% $states.input %}' } },
    });
    const result = await simulate(machine, 'a', { clients });
    expect(result.output).toEqual({ Item });
    expect(mock.commandCalls(GetItemCommand)[0]?.args[0].input).toEqual({
      TableName: 't',
      Key: { id: { S: 'a' } },
    });
    expect(result.history[4]?.taskSucceededEventDetails).toMatchObject({
      resource: 'getItem',
      resourceType: 'dynamodb',
    });
  });

  it('fail under the names of the optimised integration', async () => {
    const { mock, clients } = dynamodb();
    const $metadata = { httpStatusCode: 400, requestId: 'R' };
    mock
      .on(PutItemCommand)
      .rejectsOnce(
        new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata }),
      );
    const machine = calling('dynamodb:putItem', { TableName: 't', Item: {} });
    expect(await simulate(machine, {}, { clients })).toMatchObject({
      error: 'DynamoDB.ConditionalCheckFailedException',
      cause:
        'The conditional request failed (Service: AmazonDynamoDBv2; Status Code: 400; ' +
        'Error Code: ConditionalCheckFailedException; Request ID: R; Proxy: null)',
    });
    mock.on(PutItemCommand).rejects(Object.assign(new Error('bad'), { name: 'ValidationException' }));
    expect((await simulate(machine, {}, { clients })).error).toBe('DynamoDB.AmazonDynamoDBException');
  });
});

describe('messages and events', () => {
  class Command {
    readonly input: unknown;
    constructor(input: unknown) {
      this.input = input;
    }
  }
  afterEach(() => {
    vi.restoreAllMocks();
  });

  /** A client whose package need not be installed; `sent` are the requests. */
  const client = (reply: object) => {
    vi.spyOn(models, 'sdkModel').mockReturnValue({
      prefix: 'Any',
      operation: () => [],
      command: () => Command as never,
      errors: [],
      connect: () => ({ send: async () => undefined }),
      enumeration: () => undefined,
      generalError: 'Any.AnyException',
    });
    const sent: unknown[] = [];
    const send = async (command: never) => {
      sent.push((command as Command).input);
      return reply;
    };
    return { send, sent };
  };

  it.each([
    ['sns:publish', 'sns', 'Message', 'TopicArn'],
    ['sqs:sendMessage', 'sqs', 'MessageBody', 'QueueUrl'],
  ])('%s makes JSON text of a message that is none', async (...[resource, service, member, target]) => {
    const { send, sent } = client({ MessageId: 'm', $metadata: {} });
    const run = (message: Json) =>
      simulate(
        calling(resource, { [target]: 't', [member]: message }),
        {},
        { clients: { [service]: { send } } },
      );
    expect((await run({ a: '{% 1 %}' })).output).toEqual({ MessageId: 'm' });
    await run('plain');
    expect(sent).toEqual([
      { [target]: 't', [member]: '{"a":1}' },
      { [target]: 't', [member]: 'plain' },
    ]);
  });

  it('events:putEvents tells where its events come from', async () => {
    const { send, sent } = client({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });
    const Entries = [{ Source: 's', Detail: { a: 1 }, Resources: ['r'] }];
    const result = await simulate(
      calling('events:putEvents', { Entries }),
      {},
      { clients: { eventbridge: { send } } },
    );
    expect(result.output).toEqual({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });
    expect(sent).toEqual([
      {
        Entries: [
          {
            Source: 's',
            Detail: '{"a":1}',
            Resources: [
              'r',
              result.executionArn,
              'arn:aws:states:us-east-1:000000000000:stateMachine:StateMachine',
            ],
          },
        ],
      },
    ]);
  });

  it.each<[Json, Json]>([
    ['{% null %}', {}],
    [{ Entries: '{% null %}' }, { Entries: null }],
    [{ Entries: '{% "x" %}' }, { Entries: 'x' }],
    [
      { Entries: ['{% null %}', { Resources: '{% 1 %}' }] },
      { Entries: [{ Resources: expect.any(Array) as never }, { Resources: expect.any(Array) as never }] },
    ],
  ])('events:putEvents leaves it to the service to refuse %j', async (Arguments, request) => {
    const { send, sent } = client({ FailedEntryCount: 0, Entries: [] });
    await simulate(calling('events:putEvents', Arguments), {}, { clients: { eventbridge: { send } } });
    expect(sent).toEqual([request]);
  });

  it('events:putEvents fails when an entry does', async () => {
    const answer = { FailedEntryCount: 1, Entries: [{ ErrorCode: 'MalformedDetail', ErrorMessage: 'no' }] };
    const { send } = client(answer);
    const machine = calling('events:putEvents', { Entries: [{}] });
    const result = await simulate(machine, {}, { clients: { eventbridge: { send } } });
    expect(result.error).toBe('EventBridge.FailedEntry');
    expect(JSON.parse(result.cause as string)).toEqual(answer);
  });
});
