import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/dsl/asl/machine.ts';
import type { ResourceCall, ResourceFake } from '../../../src/dsl/simulator/resource-fake.ts';
import { simulate } from '../../../src/dsl/simulator/simulate.ts';
import { StateFailure } from '../../../src/dsl/simulator/state-failure.ts';
import { eventsOf, machineOf } from './machines.ts';

const glue = 'arn:aws:states:::glue:startJobRun.sync';
/** What each call must have; a job's name for others. */
const required: { readonly [resource: string]: JsonObject } = {
  'lambda:invoke': { FunctionName: 'f' },
  'aws-sdk:dynamodb:describeTable': { TableName: 't' },
  'dynamodb:getItem': { TableName: 't', Key: {} },
  'sns:publish': { Message: 'm' },
  'sqs:sendMessage': { QueueUrl: 'q', MessageBody: 'm' },
  'states:startExecution': { StateMachineArn: 'M' },
};
const calling = (Resource: string, rest: object = {}) => {
  const Arguments = required[Resource.replace('arn:aws:states:::', '').replace(/\..*/, '')];
  return machineOf({
    Run: { Type: 'Task', Resource, Arguments: Arguments ?? { JobName: 'j' }, End: true, ...rest },
  });
};
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

  it.each([
    ['arn:aws:states:::lambda:invoke', { StatusCode: 200, Payload: 'mine' }],
    ['arn:aws:states:::aws-sdk:dynamodb:describeTable', { Table: { TableName: 'mine' } }],
  ])('comes before what the simulator knows itself: %s', async (arn, mine) => {
    expect((await run(() => mine, arn)).output).toEqual(mine);
  });

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

describe('a function that stands in for a state’s calls', () => {
  it('comes before one for the Resource, and leaves other states to that', async () => {
    const publish = 'arn:aws:states:::sns:publish';
    const one = {
      Type: 'Task' as const,
      Resource: publish,
      Arguments: { Message: 'm' },
      Assign: { a: '{% $states.result.MessageId %}' },
    };
    const machine = machineOf({
      One: { ...one, Next: 'Two' },
      Two: { ...one, Output: '{% $a & $states.result.MessageId %}', End: true },
    });
    const options = {
      tasks: { One: () => ({ MessageId: 'by state' }) },
      resources: { [publish]: () => ({ MessageId: ', by resource' }) },
    };
    expect((await simulate(machine, {}, options)).output).toBe('by state, by resource');
  });
});

describe('what a function gives in the place of an API', () => {
  const describeTable = 'arn:aws:states:::aws-sdk:dynamodb:describeTable';
  const start = 'arn:aws:states:::states:startExecution';
  const startJob = 'arn:aws:states:::glue:startJobRun';

  it.each<[resource: string, given: unknown, why: string]>([
    [start, { ExecutionArn: 'a' }, 'StartDate is missing; add it'],
    [start, { executionArn: 'a', StartDate: 1 }, 'there is no executionArn; write ExecutionArn'],
    [start, undefined, 'it must be an object, got null'],
    [describeTable, { Table: { TableStatus: 'READY' } }, 'Table.TableStatus must be one of ACTIVE, ARCHIVED'],
    [
      describeTable,
      { Table: { SSEDescription: {} } },
      'there is no Table.SSEDescription; write SseDescription',
    ],
    [
      describeTable,
      { Table: { KeySchema: [{ AttributeName: 1 }] } },
      'Table.KeySchema[0].AttributeName must be a string',
    ],
    [
      'arn:aws:states:::dynamodb:getItem',
      { Item: { n: { N: 'many' } } },
      'Item.n.N must be a string of digits, got "many"',
    ],
    ['arn:aws:states:::sqs:sendMessage', { Id: 'm' }, 'there is no Id; use one of MD5OfMessageBody,'],
  ])('is refused when it never does: %s %j', async (arn, given, why) => {
    const running = run(() => given, arn);
    await expect(running).rejects.toThrow(
      `the fake of '${arn}' answers state 'Run' with what that call never gives: `,
    );
    await expect(running).rejects.toThrow(why);
  });

  it('is refused when it is no JSON', async () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    await expect(run(() => circle, startJob)).rejects.toThrow(
      `the fake of '${startJob}' answers state 'Run' with what is no JSON: `,
    );
  });

  it('is named with all that is wrong with it at once', async () => {
    await expect(run(() => ({ StartDate: [] }), start)).rejects.toThrow(
      'ExecutionArn is missing; add it; StartDate must be a string, got []',
    );
  });

  it('may lack and have what it wants when only what is known is looked at, or nothing', async () => {
    const given = (result: object, fieldValidationMode: 'PRESENT' | 'NONE') =>
      simulate(calling(start), {}, { resources: { [start]: () => result }, fieldValidationMode });
    expect((await given({ newer: 1 }, 'PRESENT')).status).toBe('SUCCEEDED');
    await expect(given({ ExecutionArn: 1 }, 'PRESENT')).rejects.toThrow(
      'ExecutionArn must be a string, got 1',
    );
    expect((await given({ ExecutionArn: 1 }, 'NONE')).status).toBe('SUCCEEDED');
  });

  it('is not looked at where no client tells what it is, unless that was asked for', async () => {
    expect((await run(() => 'anything', startJob)).output).toBe('anything');
    const options = { resources: { [startJob]: () => ({}) }, fieldValidationMode: 'STRICT' } as const;
    await expect(simulate(calling(startJob), {}, options)).rejects.toThrow(
      "it cannot be checked as STRICT: the model of the service 'glue' is in its SDK client",
    );
  });

  it('is looked at when a task with a token succeeds only as far as the answer goes', async () => {
    const waiting = `${start}.waitForTaskToken`;
    const fake: ResourceFake = (_, { token = '', tokens }) => {
      tokens.sendTaskSuccess(token, 'done');
      return {};
    };
    expect((await run(fake, waiting)).output).toBe('done');
  });
});

describe('a resource that nothing stands in for', () => {
  it.each([
    [glue, `state 'Run': the integration '${glue}' is not simulated; pass a function that stands in for it`],
    ['arn:aws:states:::sns:publish.sync', "sns:publish has no '.sync'"],
    ['arn:aws:states:::toString:valueOf', "there is no optimised integration of 'toString'"],
    [
      'arn:aws:states:::sns:publish',
      "calls sns:publish, and nothing stands in for it; pass a function in options.resources['arn:aws:states:::sns:publish'], or a client in options.clients['sns']",
    ],
    ['nonsense', 'a Task cannot call "nonsense"'],
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
