import {
  DeleteActivityCommand,
  DescribeActivityCommand,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  ListActivitiesCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { virtualTime } from '../../../src/dsl/endpoint/running/time.ts';
import { calling, type ServedEndpoint, servedEndpoint } from '../../support/served-endpoint.ts';

let served: ServedEndpoint;
let activityArn: string;
beforeAll(async () => {
  served = await servedEndpoint();
  activityArn = await served.activity('Pack');
  await served.create('Packing', calling(activityArn, { TimeoutSeconds: 3600, HeartbeatSeconds: 60 }));
});
afterAll(() => served.close());

const take = (workerName?: string) =>
  served.client.send(new GetActivityTaskCommand({ activityArn, workerName }));
const packing = (input: unknown) =>
  served.start('arn:aws:states:us-east-1:123456789012:stateMachine:Packing', input);

describe('an activity', () => {
  it('is done by a worker that asks for the task, though virtual time would have run out', async () => {
    const arn = await packing({ parcel: 1 });
    const { taskToken, input } = await take('Ada');
    expect(JSON.parse(input ?? '')).toEqual({ parcel: 1 });
    await served.client.send(new SendTaskHeartbeatCommand({ taskToken }));
    await served.client.send(new SendTaskSuccessCommand({ taskToken, output: '{"packed":true}' }));
    expect(await served.ended(arn)).toMatchObject({ status: 'SUCCEEDED', output: '{"packed":true}' });
    const { events = [] } = await served.client.send(new GetExecutionHistoryCommand({ executionArn: arn }));
    const started = events.find(({ type }) => type === 'ActivityStarted');
    expect(started?.activityStartedEventDetails).toEqual({ workerName: 'Ada' });
  });

  it('is done by a worker that has asked before there was a task', async () => {
    const asked = take();
    const arn = await packing({ parcel: 2 });
    const { taskToken, input } = await asked;
    expect(JSON.parse(input ?? '')).toEqual({ parcel: 2 });
    await served.client.send(new SendTaskFailureCommand({ taskToken, error: 'TooBig', cause: 'no box' }));
    expect(await served.ended(arn)).toMatchObject({ status: 'FAILED', error: 'TooBig', cause: 'no box' });
  });

  it('is not given to a worker that has gone', async () => {
    const gone = new AbortController();
    const asked = served.client.send(new GetActivityTaskCommand({ activityArn }), {
      abortSignal: gone.signal,
    });
    gone.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    const arn = await packing({ parcel: 3 });
    const { taskToken } = await take();
    await served.client.send(new SendTaskSuccessCommand({ taskToken, output: '3' }));
    expect(await served.ended(arn)).toMatchObject({ output: '3' });
  });

  it('is described and listed until it is deleted, and is needed by its tasks', async () => {
    const arn = await served.activity('Ship');
    expect(await served.activity('Ship')).toBe(arn);
    expect(await served.client.send(new DescribeActivityCommand({ activityArn: arn }))).toMatchObject({
      name: 'Ship',
      encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    });
    const { activities = [] } = await served.client.send(new ListActivitiesCommand({}));
    expect(activities.map(({ name }) => name)).toEqual(['Pack', 'Ship']);
    await served.client.send(new DeleteActivityCommand({ activityArn: arn }));
    await expect(served.client.send(new DescribeActivityCommand({ activityArn: arn }))).rejects.toMatchObject(
      { name: 'ActivityDoesNotExist' },
    );
    const started = await served.start(await served.create('Shipping', calling(arn)));
    expect(await served.ended(started)).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: expect.stringContaining('does not exist'),
    });
  });

  it('times out in virtual time once nobody has come for it', async () => {
    const hasty = await servedEndpoint({ time: virtualTime(1) });
    const pack = await hasty.activity('Pack');
    const arn = await hasty.start(await hasty.create('Packing', calling(pack, { TimeoutSeconds: 3600 })));
    const { startDate = new Date(), stopDate = new Date(), ...rest } = await hasty.ended(arn);
    expect(rest).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(stopDate.getTime() - startDate.getTime()).toBe(3_600_000);
    await hasty.close();
  });
});

describe('a task token', () => {
  it('is answered by whoever has it, once', async () => {
    // The token goes to another machine, which does the activity with it.
    const inner = await served.create('Inner', calling(activityArn));
    const outer = calling('arn:aws:states:::states:startExecution.waitForTaskToken', {
      Parameters: { StateMachineArn: inner, Input: { 'token.$': '$$.Task.Token' } },
    });
    const arn = await served.start(await served.create('Outer', outer));
    const { input = '' } = await take();
    const { token: taskToken } = JSON.parse(input) as { token: string };
    const answer = new SendTaskSuccessCommand({ taskToken, output: '"yes"' });
    await served.client.send(answer);
    expect(await served.ended(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"yes"' });
    await expect(served.client.send(answer)).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  it('is refused when it is none, and an output when it is no JSON', async () => {
    await expect(
      served.client.send(new SendTaskHeartbeatCommand({ taskToken: 'none' })),
    ).rejects.toMatchObject({ name: 'InvalidToken' });
    await expect(
      served.client.send(new SendTaskSuccessCommand({ taskToken: 'none', output: '{' })),
    ).rejects.toMatchObject({ name: 'InvalidOutput' });
  });
});
