import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeMapRunCommand,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  RedriveExecutionCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StateMachine } from '../../../src/dsl/asl/machine.ts';
import { calling, echo, type ServedEndpoint, servedEndpoint } from '../../support/served-endpoint.ts';

let served: ServedEndpoint;
let activityArn: string;
beforeEach(async () => {
  served = await servedEndpoint();
  activityArn = await served.activity('Pack');
});
afterEach(() => served.close());

const take = () => served.client.send(new GetActivityTaskCommand({ activityArn }));
const fail = async () =>
  served.client.send(new SendTaskFailureCommand({ taskToken: (await take()).taskToken, error: 'NoBox' }));
const succeed = async () =>
  served.client.send(new SendTaskSuccessCommand({ taskToken: (await take()).taskToken, output: '"packed"' }));
const redrive = (executionArn: string, clientToken?: string) =>
  served.client.send(new RedriveExecutionCommand({ executionArn, clientToken }));

it('goes on with a failed execution where it failed, and its history goes on, too', async () => {
  const arn = await served.start(await served.create('M', calling(activityArn)), { a: 1 });
  await fail();
  expect(await served.ended(arn)).toMatchObject({ status: 'FAILED', redriveStatus: 'REDRIVABLE' });
  const before = await served.events(arn);
  const { redriveDate } = await redrive(arn);
  await succeed();
  expect(await served.ended(arn)).toMatchObject({
    status: 'SUCCEEDED',
    input: '{"a":1}',
    output: '"packed"',
    redriveCount: 1,
    redriveDate,
    redriveStatus: 'NOT_REDRIVABLE',
  });
  const { events = [] } = await served.client.send(new GetExecutionHistoryCommand({ executionArn: arn }));
  expect(events.map(({ type }) => type).slice(0, before.length + 1)).toEqual([
    ...before,
    'ExecutionRedriven',
  ]);
  expect(events.map(({ id }) => id)).toEqual(events.map((_event, index) => index + 1));
  const redriven = new ListExecutionsCommand({
    stateMachineArn: (await served.ended(arn)).stateMachineArn,
    redriveFilter: 'REDRIVEN',
  });
  expect((await served.client.send(redriven)).executions).toHaveLength(1);
});

it('redrives once for a client token, and refuses what cannot be redriven', async () => {
  const arn = await served.start(await served.create('M', calling(activityArn)));
  await expect(redrive(arn)).rejects.toMatchObject({
    name: 'ExecutionNotRedrivable',
    message: 'Execution is RUNNING and cannot be redriven',
  });
  await fail();
  await served.ended(arn);
  const first = await redrive(arn, 'once');
  expect((await redrive(arn, 'once')).redriveDate).toEqual(first.redriveDate);
  await fail();
  expect(await served.ended(arn)).toMatchObject({ status: 'FAILED', redriveCount: 1 });
  const second = await redrive(arn, 'twice');
  await fail();
  await served.ended(arn);
  // A token that has redriven it before the last redrive does not redrive it, either.
  expect((await redrive(arn, 'once')).redriveDate).toEqual(first.redriveDate);
  expect((await redrive(arn, 'twice')).redriveDate).toEqual(second.redriveDate);
  await redrive(arn);
  await succeed();
  expect(await served.ended(arn)).toMatchObject({ status: 'SUCCEEDED', redriveCount: 3 });
  const done = await served.start(await served.create('Echo', echo));
  await served.ended(done);
  await expect(redrive(done)).rejects.toMatchObject({ name: 'ExecutionNotRedrivable' });
});

it('redrives a Map Run with its failed children', async () => {
  const machine: StateMachine = {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          ...calling(activityArn),
        },
        MaxConcurrency: 1,
        End: true,
      },
    },
  };
  const arn = await served.start(await served.create('M', machine), [1, 2]);
  await succeed();
  await fail();
  expect(await served.ended(arn)).toMatchObject({ status: 'FAILED' });
  const { mapRuns: [run] = [] } = await served.client.send(new ListMapRunsCommand({ executionArn: arn }));
  const described = () => served.client.send(new DescribeMapRunCommand({ mapRunArn: run?.mapRunArn }));
  expect(await described()).toMatchObject({ status: 'FAILED', executionCounts: { succeeded: 1, failed: 1 } });
  const failed = new ListExecutionsCommand({ mapRunArn: run?.mapRunArn, statusFilter: 'FAILED' });
  const { executions: [child] = [] } = await served.client.send(failed);
  await expect(redrive(child?.executionArn ?? '')).rejects.toMatchObject({ name: 'ExecutionNotRedrivable' });
  await redrive(arn);
  await succeed();
  expect(await served.ended(arn)).toMatchObject({ status: 'SUCCEEDED', output: '["packed","packed"]' });
  expect(await described()).toMatchObject({
    status: 'SUCCEEDED',
    executionCounts: { succeeded: 2, failed: 0, total: 2 },
    redriveCount: 1,
    redriveDate: expect.any(Date),
  });
  expect((await served.client.send(new ListMapRunsCommand({ executionArn: arn }))).mapRuns).toHaveLength(1);
  expect(await served.ended(child?.executionArn ?? '')).toMatchObject({
    status: 'SUCCEEDED',
    redriveCount: 1,
  });
  expect(await served.events(child?.executionArn ?? '')).toContain('ExecutionRedriven');
});

it('cannot redrive what had nobody to perform a call, and says so', async () => {
  const lambda = calling('arn:aws:states:::lambda:invoke', { Parameters: { FunctionName: 'Pack' } });
  const arn = await served.start(await served.create('M', lambda));
  const reason = expect.stringContaining('there was nobody to perform a call');
  expect(await served.ended(arn)).toMatchObject({
    status: 'FAILED',
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: reason,
  });
  await expect(redrive(arn)).rejects.toMatchObject({ name: 'ExecutionNotRedrivable', message: reason });
});

it('cannot redrive across a restart, and says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-redrive-'));
  const open = async () => {
    await served.close();
    served = await servedEndpoint({ folder });
  };
  await open();
  const machine: StateMachine = { StartAt: 'No', States: { No: { Type: 'Fail', Error: 'No' } } };
  const arn = await served.start(await served.create('M', machine));
  await served.ended(arn);
  await redrive(arn);
  expect(await served.ended(arn)).toMatchObject({ status: 'FAILED', redriveCount: 1 });
  await open();
  const reason = expect.stringContaining('the endpoint has been restarted since');
  expect(await served.ended(arn)).toMatchObject({
    status: 'FAILED',
    redriveCount: 1,
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: reason,
  });
  expect(await served.events(arn)).toContain('ExecutionRedriven');
  await expect(redrive(arn)).rejects.toMatchObject({ name: 'ExecutionNotRedrivable', message: reason });
  rmSync(folder, { recursive: true });
});
