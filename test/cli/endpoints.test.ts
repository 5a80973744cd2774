import { Command } from 'commander';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import {
  type EndpointOptions,
  endpointOption,
  endpointsOf,
  lambdaEndpointOption,
} from '../../src/cli/endpoints.ts';
import { simulateCommand } from '../../src/cli/simulate-command.ts';
import type { StateMachine } from '../../src/dsl/index.ts';
import { parseTaskResource } from '../../src/dsl/simulator/task-resource.ts';
import { httpServer, type HeardRequest, type HttpAnswer } from '../support/http-server.ts';
import { rewindCommand } from '../support/rewind-command.ts';

const { file, remove } = rewindCommand('simulate');
let server: Awaited<ReturnType<typeof httpServer>> | undefined;
afterEach(async () => {
  vi.restoreAllMocks();
  await server?.close();
});
afterAll(remove);

const optionsOf = (...args: string[]): EndpointOptions =>
  new Command()
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .addOption(lambdaEndpointOption())
    .addOption(endpointOption())
    .parse(args, { from: 'user' })
    .opts();

const machine: StateMachine = {
  QueryLanguage: 'JSONata',
  StartAt: 'Read',
  States: {
    Read: {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:dynamodb:describeTable',
      Arguments: { TableName: 'orders' },
      Output: '{% $states.result.Table.TableStatus %}',
      Next: 'Charge',
    },
    Charge: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'charge', Payload: { status: '{% $states.input %}' } },
      Output: '{% $states.result.Payload %}',
      Next: 'Tell',
    },
    Tell: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sns:publish',
      Arguments: { Message: 'm' },
      Output: '{% $states.input %}',
      End: true,
    },
  },
};

const answer = ({ path, headers, body }: HeardRequest): HttpAnswer =>
  headers['x-amz-target'] === undefined
    ? { body: JSON.stringify({ path, got: JSON.parse(body) as unknown }) }
    : {
        headers: { 'content-type': 'application/x-amz-json-1.0' },
        body: '{"Table":{"TableStatus":"ACTIVE"}}',
      };

describe('rewind simulate with endpoints', () => {
  it('makes there what calls the mock file does not mention', async () => {
    server = await httpServer(answer);
    const printed = vi.spyOn(console, 'log').mockReturnValue();
    const mocks = {
      StateMachines: { Order: { TestCases: { Told: { Tell: 'Published' } } } },
      MockedResponses: { Published: { '0': { Return: { MessageId: 'm-1' } } } },
    };
    const definition = [
      '--definition',
      file('order.asl.json', machine),
      '--mocks',
      file('mocks.json', mocks),
    ];
    const endpoints = ['--lambda-endpoint', server.url, '--endpoint', `dynamodb=${server.url}`];
    await simulateCommand().parseAsync([...definition, ...endpoints, '--json'], { from: 'user' });
    expect(JSON.parse(String(printed.mock.calls[0]?.[0]))).toMatchObject({
      status: 'SUCCEEDED',
      output: { path: '/2015-03-31/functions/charge/invocations', got: { status: 'ACTIVE' } },
    });
  });
});

it('rewind simulate does not go on as if a service had refused, where nobody answers', async () => {
  server = await httpServer(answer);
  const { url } = server;
  await server.close();
  server = undefined;
  const Read = {
    ...machine.States.Read,
    Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }],
    Next: 'Done',
  };
  const caught = { ...machine, States: { Read, Done: { Type: 'Succeed' } } };
  const args = ['--definition', file('caught.asl.json', caught), '--endpoint', `dynamodb=${url}`];
  await expect(simulateCommand().parseAsync(args, { from: 'user' })).rejects.toThrow(
    `nobody answers at ${url}: ECONNREFUSED; start dynamodb there, or give another --endpoint`,
  );
});

describe('endpoints', () => {
  const served = (resource: string, ...args: string[]) =>
    endpointsOf(optionsOf(...args)).isServed(parseTaskResource(resource, 'Ask'));

  it.each([
    ['arn:aws:states:::lambda:invoke', true, false],
    ['arn:aws:lambda:us-east-1:1:function:charge', true, false],
    ['arn:aws:states:::aws-sdk:lambda:getFunction', false, false],
    ['arn:aws:states:::aws-sdk:dynamodb:describeTable', false, true],
    ['arn:aws:states:::dynamodb:getItem', false, true],
    ['arn:aws:states:::sns:publish', false, false],
    ['arn:aws:states:::toString:valueOf', false, false],
  ])('serve %s: functions %s, services %s', (resource, byFunctions, byServices) => {
    expect(served(resource, '--lambda-endpoint', 'http://localhost:1')).toBe(byFunctions);
    expect(served(resource, '--endpoint', 'dynamodb=http://localhost:1')).toBe(byServices);
    expect(served(resource)).toBe(false);
  });

  it('may be given for several services', () => {
    const { endpoint } = optionsOf('--endpoint', 'dynamodb=http://a:1', '--endpoint', 'sfn=http://b:2');
    expect(endpoint).toEqual({ dynamodb: 'http://a:1', sfn: 'http://b:2' });
    expect(Object.keys(endpointsOf({ endpoint: endpoint ?? {} }).clients ?? {})).toEqual(['dynamodb', 'sfn']);
  });

  it('need the SDK client of their service', () => {
    expect(() => endpointsOf(optionsOf('--endpoint', 'glue=http://localhost:1'))).toThrow(
      /^--endpoint glue=http:\/\/localhost:1: .*npm install --save-dev @aws-sdk\/client-glue@/,
    );
  });

  it.each([
    [['--lambda-endpoint', 'localhost:9000'], 'Give a URL, such as http://localhost:4566.'],
    [['--endpoint', 'dynamodb'], 'Write it as service=url, such as dynamodb=http://localhost:8000.'],
    [['--endpoint', 'dynamodb=localhost'], 'Give a URL'],
    [['--endpoint', 'sfn=http://a', '--endpoint', 'sfn=http://b'], 'sfn has an endpoint already.'],
  ])('refuse %j', (args, why) => {
    expect(() => optionsOf(...args)).toThrow(why);
  });
});
