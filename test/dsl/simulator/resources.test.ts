import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import type { ResourceCall, ResourceFake } from '../../../src/dsl/simulator/resource-fake.ts';
import { simulate } from '../../../src/dsl/simulator/simulate.ts';
import { StateFailure } from '../../../src/dsl/simulator/state-failure.ts';
import { eventsOf, machineOf } from './machines.ts';

const glue = 'arn:aws:states:::glue:startJobRun.sync';
const calling = (Resource: string, rest: object = {}) =>
  machineOf({ Run: { Type: 'Task', Resource, Arguments: { JobName: 'j' }, End: true, ...rest } });
const run = (fake: ResourceFake, Resource = glue, rest: object = {}) =>
  simulate(calling(Resource, rest), {}, { resources: { [Resource]: fake } });

describe('a function that stands in for a resource', () => {
  it('gets the arguments and gives the result', async () => {
    const seen: [Json, ResourceCall][] = [];
    const result = await run((args, call) => {
      seen.push([args, call]);
      return { JobRunState: 'SUCCEEDED', skipped: undefined };
    });
    expect(result.output).toEqual({ JobRunState: 'SUCCEEDED' });
    expect(seen).toMatchObject([[{ JobName: 'j' }, { stateName: 'Run', resource: glue }]]);
    expect(result.history[2]?.taskScheduledEventDetails).toMatchObject({
      resource: 'startJobRun.sync',
      resourceType: 'glue',
    });
  });

  it('takes the virtual time it sleeps, up to the timeout', async () => {
    const slow: ResourceFake = async (_, { clock }) => clock.sleep(50_000);
    expect((await run(slow)).virtualMilliseconds).toBe(50_000);
    expect((await run(slow, glue, { TimeoutSeconds: 7 })).error).toBe('States.Timeout');
  });

  it('submits a job before it ends', async () => {
    const told = await run(async (_, { submitted, clock }) => {
      submitted({ JobRunId: '1' });
      await clock.sleep(1000);
      return 'done';
    });
    expect(eventsOf(told).slice(3, 6)).toEqual([
      '4 TaskStarted after 3',
      '5 TaskSubmitted after 4',
      '6 TaskSucceeded after 5',
    ]);
    expect(told.history[4]?.taskSubmittedEventDetails?.output).toBe('{"JobRunId":"1"}');
    const untold = await run(() => 'done');
    expect(untold.history[4]?.taskSubmittedEventDetails?.output).toBe('"done"');
  });

  it('fails with the name and message of what it throws, or with a StateFailure as it is', async () => {
    const busy = () => {
      throw Object.assign(new Error('later'), { name: 'Glue.ConcurrentRunsExceededException' });
    };
    expect(await run(busy)).toMatchObject({ error: 'Glue.ConcurrentRunsExceededException', cause: 'later' });
    const exact = () => {
      throw new StateFailure('States.TaskFailed', '{}');
    };
    expect(await run(exact)).toMatchObject({ error: 'States.TaskFailed', cause: '{}' });
  });

  it('fails to submit what is to be waited for, unless a job that was submitted fails', async () => {
    const failing = (error: string, submits = false): ResourceFake => {
      return (_, { submitted }) => {
        if (submits) submitted({ JobRunId: '1' });
        throw new StateFailure(error, 'why');
      };
    };
    const fifth = async (fake: ResourceFake, Resource?: string) => (await run(fake, Resource)).history[4];
    const refused = await fifth(failing('Glue.EntityNotFoundException'));
    expect(refused?.type).toBe('TaskSubmitFailed');
    expect(refused?.taskSubmitFailedEventDetails).toEqual({
      resource: 'startJobRun.sync',
      resourceType: 'glue',
      error: 'Glue.EntityNotFoundException',
      cause: 'why',
    });
    const callback = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';
    expect((await fifth(failing('SQS.AmazonSQSException'), callback))?.type).toBe('TaskSubmitFailed');
    expect((await fifth(failing('States.TaskFailed')))?.type).toBe('TaskFailed');
    expect((await fifth(failing('SQS.AmazonSQSException'), callback.split('.')[0]))?.type).toBe('TaskFailed');
    expect((await run(failing('States.TaskFailed', true))).history[5]?.type).toBe('TaskFailed');
  });

  it.each(['arn:aws:states:::lambda:invoke', 'arn:aws:states:::aws-sdk:dynamodb:describeTable'])(
    'comes before what the simulator knows itself: %s',
    async (arn) => {
      expect((await run(() => 'mine', arn)).output).toBe('mine');
    },
  );

  it('leaves its own arguments to the definition', async () => {
    const machine = calling(glue, { Next: 'Again', End: undefined });
    const Again = { ...machine.States['Run'], Next: undefined, End: true } as never;
    const seen: string[] = [];
    const fake: ResourceFake = (args) => {
      seen.push((args as { JobName: string }).JobName);
      (args as { JobName: string }).JobName = 'changed';
    };
    await simulate({ ...machine, States: { ...machine.States, Again } }, {}, { resources: { [glue]: fake } });
    expect(seen).toEqual(['j', 'j']);
  });
});

describe('a resource that nothing stands in for', () => {
  it.each([
    [glue, `state 'Run': the integration '${glue}' is not simulated; pass a function that stands in for it`],
    ['arn:aws:states:::sns:publish.sync', 'is not simulated'],
    ['arn:aws:states:::toString:valueOf', 'is not simulated'],
    [
      'arn:aws:states:::sns:publish',
      "calls sns:publish, and nothing stands in for it; pass a function in options.resources['arn:aws:states:::sns:publish'], or a client in options.clients['sns']",
    ],
    ['nonsense', "Resource 'nonsense' is not simulated"],
  ])('refuses %s', async (Resource, why) => {
    await expect(simulate(calling(Resource), {})).rejects.toThrow(why);
  });
});

describe('Credentials', () => {
  it('are recorded with the task', async () => {
    const result = await run(() => 1, glue, { Credentials: { RoleArn: "{% 'arn:' & 'role' %}" } });
    expect(result.history[2]?.taskScheduledEventDetails?.taskCredentials).toEqual({ roleArn: 'arn:role' });
  });
});
