import {
  DescribeMapRunCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  TestStateCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, expect, it } from 'vitest';
import type { StateMachine } from '../../../src/dsl/asl/machine.ts';
import { realTime } from '../../../src/dsl/endpoint/running/time.ts';
import { httpServer } from '../../support/http-server.ts';
import { installedClient } from '../../support/installed-client.ts';
import {
  calling,
  echo,
  machineArn,
  type ServedEndpoint,
  servedEndpoint,
  waiting,
} from '../../support/served-endpoint.ts';

const closed: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closed.splice(0)) await close();
});

async function served(...options: Parameters<typeof servedEndpoint>): Promise<ServedEndpoint> {
  const endpoint = await servedEndpoint(...options);
  closed.push(endpoint.close);
  return endpoint;
}

/** A Lambda endpoint with one function that fails when it is told to. */
async function lambda() {
  const server = await httpServer(({ body }) =>
    body.includes('fail')
      ? {
          headers: { 'x-amz-function-error': 'Unhandled' },
          body: '{"errorType":"TooBig","errorMessage":"no box"}',
        }
      : { body: `{"got":${body}}` },
  );
  closed.push(server.close);
  return server;
}

const invoking = calling('arn:aws:states:::lambda:invoke', {
  Parameters: { FunctionName: 'arn:aws:lambda:us-east-1:123456789012:function:Pack', 'Payload.$': '$' },
  OutputPath: '$.Payload',
});

it('invokes Lambda functions where it is told to, and fails as they do', async () => {
  const { url, heard } = await lambda();
  const endpoint = await served({ lambdaEndpoint: url });
  const arn = await endpoint.create('M', invoking);
  expect(await endpoint.ended(await endpoint.start(arn, { a: 1 }))).toMatchObject({
    output: '{"got":{"a":1}}',
  });
  expect(await endpoint.ended(await endpoint.start(arn, { fail: true }))).toMatchObject({
    status: 'FAILED',
    error: 'TooBig',
    cause: '{"errorType":"TooBig","errorMessage":"no box"}',
  });
  expect(heard.map(({ path }) => path)).toEqual(
    Array.from({ length: 2 }, () => '/2015-03-31/functions/Pack/invocations'),
  );
});

it('says so when nobody answers for Lambda', async () => {
  const endpoint = await served({ lambdaEndpoint: 'http://127.0.0.1:1' });
  const arn = await endpoint.start(await endpoint.create('M', invoking));
  expect(await endpoint.ended(arn)).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: expect.stringContaining('nobody answers at http://127.0.0.1:1/'),
  });
});

it('sends other calls through the clients of its endpoints', async () => {
  const sent: unknown[] = [];
  const dynamodb = {
    send: async (command: { readonly input: unknown }) => {
      sent.push(command.input);
      return { Item: { id: { S: 'p-1' } } };
    },
  };
  const endpoint = await served({ clients: { dynamodb } });
  const machine = calling('arn:aws:states:::dynamodb:getItem', {
    Parameters: { TableName: 'Parcels', Key: { id: { S: 'p-1' } } },
  });
  const arn = await endpoint.start(await endpoint.create('M', machine));
  expect(await endpoint.ended(arn)).toMatchObject({ output: '{"Item":{"id":{"S":"p-1"}}}' });
  expect(sent).toEqual([{ TableName: 'Parcels', Key: { id: { S: 'p-1' } } }]);
});

it('has distributed Maps read and write through the client of S3', async () => {
  const commands = ['GetObject', 'ListObjectsV2', 'PutObject'];
  installedClient(
    'client-s3',
    `exports.S3Client = class { config = { serviceId: 'S3' }; };
     exports.S3Error$ = [-3, 'com.amazonaws.s3', 'S3Error', 0, [], []];
     ${commands.map((name) => `exports.${name}Command = class ${name}Command { constructor(input) { this.input = input; } };`).join('')}`,
  );
  const written: { [key: string]: string } = {};
  const s3 = {
    send: async ({ input }: { readonly input: { readonly Key?: string; readonly Body?: string } }) => {
      const { Key = '', Body } = input;
      if (Body !== undefined) written[Key] = Body;
      return Body === undefined ? { Body: { transformToByteArray: async () => Buffer.from('[1,2]') } } : {};
    },
  };
  const endpoint = await served({ clients: { s3 } });
  const machine: StateMachine = {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemReader: {
          Resource: 'arn:aws:states:::s3:getObject',
          ReaderConfig: { InputType: 'JSON' },
          Parameters: { Bucket: 'given', Key: 'items.json' },
        },
        ResultWriter: {
          Resource: 'arn:aws:states:::s3:putObject',
          Parameters: { Bucket: 'made', Prefix: 'results' },
        },
        ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...echo },
        End: true,
      },
    },
  };
  const arn = await endpoint.start(await endpoint.create('M', machine));
  expect(await endpoint.ended(arn)).toMatchObject({ status: 'SUCCEEDED' });
  const { mapRuns: [run] = [] } = await endpoint.client.send(new ListMapRunsCommand({ executionArn: arn }));
  expect(await endpoint.client.send(new DescribeMapRunCommand({ mapRunArn: run?.mapRunArn }))).toMatchObject({
    itemCounts: { succeeded: 2, total: 2, resultsWritten: 2 },
  });
  expect(Object.keys(written).some((key) => key.endsWith('/SUCCEEDED_0.json'))).toBe(true);
});

it('answers the API within its machines by itself', async () => {
  const endpoint = await served();
  await endpoint.create('Inner', waiting(60), { type: 'EXPRESS' });
  const machine = calling('arn:aws:states:::aws-sdk:sfn:startSyncExecution', {
    Parameters: { StateMachineArn: machineArn('Inner'), Input: '{"a":1}' },
    OutputPath: '$.Output',
  });
  const arn = await endpoint.start(await endpoint.create('M', machine));
  expect(await endpoint.ended(arn)).toMatchObject({ status: 'SUCCEEDED', output: JSON.stringify('{"a":1}') });
  const refused = calling('arn:aws:states:::aws-sdk:sfn:describeStateMachine', {
    Parameters: { StateMachineArn: machineArn('None') },
  });
  expect(await endpoint.ended(await endpoint.start(await endpoint.create('R', refused)))).toMatchObject({
    status: 'FAILED',
    error: 'Sfn.StateMachineDoesNotExistException',
  });
});

it('runs a test case of a mock configuration, chosen by the ARN', async () => {
  const mocks = {
    StateMachines: { M: { TestCases: { Well: { Ask: 'Answer' }, Ill: { Ask: 'Refusal' } } } },
    MockedResponses: {
      Answer: { '0': { Return: { Payload: { price: 7 } } } },
      Refusal: { '0': { Throw: { Error: 'Refused', Cause: 'not today' } } },
    },
  };
  const endpoint = await served({ mocks });
  const arn = await endpoint.create('M', invoking);
  expect(await endpoint.ended(await endpoint.start(`${arn}#Well`))).toMatchObject({ output: '{"price":7}' });
  expect(await endpoint.ended(await endpoint.start(`${arn}#Ill`))).toMatchObject({ error: 'Refused' });
  await expect(endpoint.start(`${arn}#Other`)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('Well, Ill'),
  });
  expect(await endpoint.ended(await endpoint.start(arn))).toMatchObject({
    error: 'States.Runtime',
    cause: expect.stringContaining('--lambda-endpoint'),
  });
});

it('tests a state, with its call mocked or made', async () => {
  const { url } = await lambda();
  const endpoint = await served({ lambdaEndpoint: url });
  const definition = JSON.stringify(invoking.States['Ask']);
  const test = (more: object) =>
    endpoint.client.send(
      new TestStateCommand({ definition, roleArn: 'arn:aws:iam::123456789012:role/Any', ...more }),
    );
  const result = JSON.stringify({ StatusCode: 200, Payload: { price: 7 } });
  expect(await test({ mock: { result }, inspectionLevel: 'DEBUG', roleArn: undefined })).toMatchObject({
    status: 'SUCCEEDED',
    output: '{"price":7}',
    inspectionData: { input: '{}', result },
  });
  expect(await test({ input: '{"a":1}' })).toMatchObject({ status: 'SUCCEEDED', output: '{"got":{"a":1}}' });
  await expect(test({ input: '{' })).rejects.toMatchObject({ name: 'InvalidExecutionInput' });
});

it('lets time pass as on the wall, if it is to', async () => {
  const endpoint = await served({ time: realTime() });
  const stateMachineArn = await endpoint.create('M', waiting(31_536_000));
  await endpoint.start(stateMachineArn);
  expect(await endpoint.ended(await endpoint.start(await endpoint.create('Echo', echo)))).toMatchObject({
    status: 'SUCCEEDED',
  });
  const still = new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' });
  expect((await endpoint.client.send(still)).executions).toHaveLength(1);
});

it.each(['constructor', '__proto__'])(
  'takes nothing for the answer to a state named %s that no case names',
  async (name) => {
    const mocks = { StateMachines: { M: { TestCases: { Case: {} } } }, MockedResponses: {} };
    const endpoint = await served({ mocks });
    const asking = { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true };
    const definition = JSON.parse(
      `{ "StartAt": "${name}", "States": { "${name}": ${JSON.stringify(asking)} } }`,
    );
    const arn = await endpoint.create('M', definition as never);
    expect(await endpoint.ended(await endpoint.start(`${arn}#Case`))).toMatchObject({
      status: 'FAILED',
      cause: expect.stringContaining(
        `state '${name}' calls 'arn:aws:states:::sqs:sendMessage', and nothing performs it`,
      ),
    });
  },
);
