import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateStateMachineAliasCommand,
  DeleteStateMachineCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineForExecutionCommand,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  ListActivitiesCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  ListTagsForResourceCommand,
  SendTaskSuccessCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  calling,
  echo,
  executionArn,
  machineArn,
  type ServedEndpoint,
  servedEndpoint,
} from '../../support/served-endpoint.ts';

let folder: string;
let served: ServedEndpoint;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rewind-restart-'));
  served = await servedEndpoint({ folder });
});
afterEach(async () => {
  await served.close();
  rmSync(folder, { recursive: true });
});

const restart = async (options: object = {}) => {
  await served.close();
  served = await servedEndpoint({ folder, ...options });
};
const log = () => join(folder, 'executions.jsonl');
const namesOf = async (machine: string) => {
  const listed = new ListExecutionsCommand({ stateMachineArn: machineArn(machine) });
  return (await served.client.send(listed)).executions?.map(({ name }) => name);
};

it('takes up definitions, versions, aliases, tags and activities', async () => {
  const stateMachineArn = await served.create('M', echo, {
    publish: true,
    tags: [{ key: 'team', value: 'parcels' }],
  });
  const routingConfiguration = [{ stateMachineVersionArn: `${stateMachineArn}:1`, weight: 100 }];
  await served.client.send(new CreateStateMachineAliasCommand({ name: 'live', routingConfiguration }));
  await served.activity('Pack');
  await served.create('Gone', echo);
  await served.client.send(new DeleteStateMachineCommand({ stateMachineArn: machineArn('Gone') }));
  await restart();
  const { client } = served;
  expect(
    await client.send(
      new DescribeStateMachineAliasCommand({ stateMachineAliasArn: `${stateMachineArn}:live` }),
    ),
  ).toMatchObject({ routingConfiguration });
  expect(await served.ended(await served.start(`${stateMachineArn}:live`))).toMatchObject({
    status: 'SUCCEEDED',
    stateMachineVersionArn: `${stateMachineArn}:1`,
  });
  const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn: stateMachineArn }));
  expect(tags).toEqual([{ key: 'team', value: 'parcels' }]);
  expect((await client.send(new ListActivitiesCommand({}))).activities).toHaveLength(1);
  await expect(served.start(machineArn('Gone'))).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
});

it('takes up ended executions with their histories, even those of a machine that is gone', async () => {
  const map = {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map' as const,
        ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...echo },
        End: true as const,
      },
    },
  };
  const arn = await served.start(await served.create('M', map as never), [1, 2], 'mapped');
  const before = await served.ended(arn);
  const history = new GetExecutionHistoryCommand({ executionArn: arn });
  const { events } = await served.client.send(history);
  const runs = new ListMapRunsCommand({ executionArn: arn });
  const { mapRuns } = await served.client.send(runs);
  await served.client.send(new DeleteStateMachineCommand({ stateMachineArn: machineArn('M') }));
  await restart();
  expect(await served.ended(arn)).toEqual({ ...before, $metadata: expect.anything() });
  expect((await served.client.send(history)).events).toEqual(events);
  expect((await served.client.send(runs)).mapRuns).toEqual(mapRuns);
  expect(
    await served.client.send(new DescribeStateMachineForExecutionCommand({ executionArn: arn })),
  ).toMatchObject({ definition: JSON.stringify(map) });
  const children = new ListExecutionsCommand({ mapRunArn: mapRuns?.[0]?.mapRunArn });
  expect((await served.client.send(children)).executions).toHaveLength(2);
});

it('says of executions under way that they were cut short, with what had happened until then', async () => {
  const activityArn = await served.activity('Pack');
  const arn = await served.start(await served.create('M', calling(activityArn)), { a: 1 }, 'open');
  const { taskToken } = await served.client.send(new GetActivityTaskCommand({ activityArn }));
  await restart();
  expect(await served.ended(arn)).toMatchObject({
    status: 'ABORTED',
    input: '{"a":1}',
    error: 'Endpoint.Stopped',
    cause: expect.stringContaining('The endpoint was stopped'),
  });
  expect(await served.events(arn)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'ActivityScheduled',
    'ActivityStarted',
    'ExecutionAborted',
  ]);
  await expect(
    served.client.send(new SendTaskSuccessCommand({ taskToken, output: '1' })),
  ).rejects.toMatchObject({ name: 'TaskTimedOut' });
});

it('survives a crash: what was cut short in the file is told as cut short', async () => {
  const stateMachineArn = await served.create('M', echo);
  await served.ended(await served.start(stateMachineArn, {}, 'whole'));
  await served.ended(await served.start(stateMachineArn, { a: 1 }, 'torn'));
  await served.close();
  const text = readFileSync(log(), 'utf8');
  // In the midst of the last body.
  truncateSync(log(), text.length - 20);
  served = await servedEndpoint({ folder });
  expect(await namesOf('M')).toEqual(['torn', 'whole']);
  expect(await served.ended(executionArn('M', 'whole'))).toMatchObject({ status: 'SUCCEEDED' });
  const torn = executionArn('M', 'torn');
  expect(await served.ended(torn)).toMatchObject({
    status: 'ABORTED',
    input: '{"a":1}',
    error: 'Endpoint.Stopped',
  });
  expect(await served.events(torn)).toEqual(['ExecutionStarted', 'ExecutionAborted']);
  await restart();
  expect(await served.ended(torn)).toMatchObject({ status: 'ABORTED' });
});

it('passes over half a line that a crash has left, and goes on behind what is whole', async () => {
  const stateMachineArn = await served.create('M', echo);
  await served.ended(await served.start(stateMachineArn, {}, 'one'));
  await served.close();
  appendFileSync(log(), '{"kind":"start');
  served = await servedEndpoint({ folder });
  await served.ended(await served.start(stateMachineArn, {}, 'two'));
  await restart();
  expect(await namesOf('M')).toEqual(['two', 'one']);
  expect(await served.events(executionArn('M', 'two'))).toHaveLength(4);
});

it('knows as many ended executions as it is to keep, the newest', async () => {
  await restart({ keep: 2 });
  const stateMachineArn = await served.create('M', echo);
  for (const name of ['one', 'two', 'three'])
    await served.ended(await served.start(stateMachineArn, {}, name));
  expect(await namesOf('M')).toEqual(['three', 'two']);
  await expect(served.ended(executionArn('M', 'one'))).rejects.toMatchObject({
    name: 'ExecutionDoesNotExist',
  });
  await restart({ keep: 1 });
  expect(await namesOf('M')).toEqual(['three']);
});

it('says why nothing can be kept where no folder can be', async () => {
  const file = join(folder, 'executions.jsonl');
  await expect(servedEndpoint({ folder: file })).rejects.toThrow(
    `${file}: nothing can be kept there (EEXIST: file already exists`,
  );
});

it('has its folder for itself, as long as its process is there', async () => {
  // The parent of this process is alive, and not this one.
  writeFileSync(join(folder, 'lock'), String(process.ppid));
  await expect(servedEndpoint({ folder })).rejects.toThrow(
    `${folder}: it is in use by the endpoint in process ${process.ppid}`,
  );
  writeFileSync(join(folder, 'lock'), '999999999');
  await restart();
  expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(String(process.pid));
});
