import { describe, expect, it } from 'vitest';
import type { Json, TaskState } from '../../../src/dsl/asl/machine.ts';
import { VirtualClock } from '../../../src/dsl/simulator/clock.ts';
import type { Invocation } from '../../../src/dsl/simulator/invocation.ts';
import { simulate, startSimulation } from '../../../src/dsl/simulator/simulate.ts';
import { eventsOf, machineOf } from './machines.ts';

const Resource = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';
const asking = (rest: Partial<TaskState> = {}) =>
  machineOf({
    Ask: {
      Type: 'Task',
      Resource,
      Arguments: { QueueUrl: 'q', MessageBody: { token: '{% $states.context.Task.Token %}' } },
      End: true,
      ...rest,
    },
  });

/** Starts the machine; its queue keeps the token of the last message. */
const started = (rest: Partial<TaskState> = {}) => {
  const clock = new VirtualClock(0);
  const sent: string[] = [];
  const queue = (args: Json) => {
    sent.push((args as { MessageBody: { token: string } }).MessageBody.token);
    return { MessageId: 'm' };
  };
  const running = startSimulation(asking(rest), {}, { clock, resources: { [Resource]: queue } });
  const at = (seconds: number, answer: (token: string) => void) =>
    clock.schedule(seconds * 1000, () => answer(sent.at(-1) as string));
  return { clock, at, sent, tokens: running.tokens, ended: () => clock.runUntil(running.result) };
};

describe('.waitForTaskToken', () => {
  it('ends with the output of SendTaskSuccess, and records what was submitted', async () => {
    const { at, tokens, ended } = started();
    at(60, (token) => tokens.sendTaskSuccess(token, { yes: true }));
    const result = await ended();
    expect(result).toMatchObject({ output: { yes: true }, virtualMilliseconds: 60_000 });
    expect(eventsOf(result).slice(2, 6)).toEqual([
      '3 TaskScheduled after 2',
      '4 TaskStarted after 3',
      '5 TaskSubmitted after 4',
      '6 TaskSucceeded after 5',
    ]);
    expect(result.history[4]?.taskSubmittedEventDetails).toMatchObject({
      resource: 'sendMessage.waitForTaskToken',
      resourceType: 'sqs',
      output: '{"MessageId":"m"}',
    });
  });

  it('fails with the error and cause of SendTaskFailure, or with neither', async () => {
    const named = started();
    named.at(1, (token) => named.tokens.sendTaskFailure(token, { error: 'No', cause: 'because' }));
    expect(await named.ended()).toMatchObject({ status: 'FAILED', error: 'No', cause: 'because' });
    const bare = started();
    bare.at(1, (token) => bare.tokens.sendTaskFailure(token));
    const result = await bare.ended();
    expect(result.status).toBe('FAILED');
    expect(result).not.toHaveProperty('error');
    expect(result.history[5]).toMatchObject({
      type: 'TaskFailed',
      taskFailedEventDetails: { resource: 'sendMessage.waitForTaskToken', resourceType: 'sqs' },
    });
  });

  it('times out while nobody answers', async () => {
    const result = await started({ TimeoutSeconds: '{% 2 * 5 %}' }).ended();
    expect(result).toMatchObject({ error: 'States.Timeout', virtualMilliseconds: 10_000 });
    expect(result.history[2]?.taskScheduledEventDetails).toMatchObject({ timeoutInSeconds: 10 });
    expect(result.history[5]).toMatchObject({
      type: 'TaskTimedOut',
      taskTimedOutEventDetails: { error: 'States.Timeout', resource: 'sendMessage.waitForTaskToken' },
    });
  });

  it('lives from heartbeat to heartbeat', async () => {
    const { at, tokens, ended } = started({ HeartbeatSeconds: '{% 5 %}', TimeoutSeconds: 600 });
    at(4, (token) => tokens.sendTaskHeartbeat(token));
    at(8, (token) => tokens.sendTaskHeartbeat(token));
    expect(await ended()).toMatchObject({ error: 'States.Timeout', virtualMilliseconds: 13_000 });
  });

  it.each(['States.HeartbeatTimeout', 'States.Timeout', 'States.ALL'])(
    'lets a Catch name a missed heartbeat %s',
    async (name) => {
      const Catch = [{ ErrorEquals: [name], Output: '{% $states.errorOutput.Error %}', Next: 'Caught' }];
      const machine = asking({ HeartbeatSeconds: 5, Catch });
      const result = await simulate(
        { ...machine, States: { ...machine.States, Caught: { Type: 'Succeed' } } },
        {},
        { resources: { [Resource]: () => ({}) } },
      );
      expect(result.output).toBe('States.Timeout');
    },
  );

  it('does not call a timeout a missed heartbeat', async () => {
    const Retry = [{ ErrorEquals: ['States.HeartbeatTimeout'] }];
    const HeartbeatSeconds = '{% 60 %}';
    const result = await started({ TimeoutSeconds: 5, HeartbeatSeconds, Retry }).ended();
    expect(result.virtualMilliseconds).toBe(5_000);
  });

  it('gives every attempt a token of its own', async () => {
    const { at, sent, tokens, ended } = started({ Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 9 }] });
    at(1, (token) => tokens.sendTaskFailure(token, { error: 'Busy' }));
    at(20, (token) => tokens.sendTaskSuccess(token, 'done'));
    expect((await ended()).output).toBe('done');
    expect(new Set(sent).size).toBe(2);
  });

  it('shows which tasks wait', async () => {
    const { at, tokens, ended } = started();
    at(1, (token) => {
      expect(tokens.waiting).toMatchObject([{ token, stateName: 'Ask' }]);
      tokens.sendTaskSuccess(token, null);
      expect(tokens.waiting).toEqual([]);
    });
    await ended();
  });

  it('refuses a second answer and an unknown token, as the API does', async () => {
    const { at, tokens, ended } = started({ TimeoutSeconds: 5 });
    at(7, () => {});
    at(1, (token) => {
      expect(() => tokens.sendTaskSuccess('made up', 1)).toThrow("Invalid Token: 'Invalid token'");
      tokens.sendTaskSuccess(token, 1);
      expect(() => tokens.sendTaskFailure(token)).toThrow('Provided task does not exist anymore');
      expect(() => tokens.sendTaskHeartbeat(token)).toThrow(
        expect.objectContaining({ name: 'TaskTimedOut' }),
      );
    });
    expect((await ended()).output).toBe(1);
  });

  it('refuses an answer that comes after the timeout', async () => {
    const { clock, sent, tokens, ended } = started({ TimeoutSeconds: 5 });
    await ended();
    expect(clock.now()).toBe(5_000);
    expect(() => tokens.sendTaskSuccess(sent[0] as string, 1)).toThrow(
      'Provided task does not exist anymore',
    );
  });

  it('refuses to wait for ever, naming the state that waits', async () => {
    await expect(started().ended()).rejects.toThrow(
      "state 'Ask' of arn:aws:states:us-east-1:000000000000:execution:StateMachine:",
    );
    await expect(simulate(asking(), {}, { resources: { [Resource]: () => ({}) } })).rejects.toThrow(
      'waits for an answer to its task token, and nothing will answer it; call tokens.sendTaskSuccess',
    );
  });
});

describe('a simulated function with a token', () => {
  const invoking = machineOf({
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
      End: true,
    },
  });
  const asked = (answer: (token: string, invocation: Invocation) => unknown) =>
    simulate(
      invoking,
      {},
      {
        functions: { ask: (payload, invocation) => answer((payload as { token: string }).token, invocation) },
      },
    );

  it('may answer before it returns', async () => {
    const result = await asked((token, { tokens }) => tokens.sendTaskSuccess(token, 1));
    expect(result.output).toBe(1);
    expect(result.history.map(({ type }) => type)).toContain('TaskSubmitted');
  });

  it('may answer long after it has returned', async () => {
    const result = await asked((token, { clock, tokens }) => {
      void clock.sleep(3_600_000).then(() => tokens.sendTaskSuccess(token, 'late'));
    });
    expect(result).toMatchObject({ output: 'late', virtualMilliseconds: 3_600_000 });
  });

  it('lets the execution go on at the answer, though it works on itself', async () => {
    const result = await asked(async (token, { clock, tokens }) => {
      tokens.sendTaskSuccess(token, 'early');
      await clock.sleep(60_000);
    });
    expect(result).toMatchObject({ output: 'early', virtualMilliseconds: 0 });
  });

  it('fails the task when it fails', async () => {
    const result = await asked(() => {
      throw Object.assign(new Error('cannot ask'), { name: 'Mute' });
    });
    expect(result.error).toBe('Mute');
  });
});

describe('a machine that answers a token', () => {
  const parent = machineOf({
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.waitForTaskToken',
      Arguments: { StateMachineArn: '${Child}', Input: { token: '{% $states.context.Task.Token %}' } },
      TimeoutSeconds: 60,
      End: true,
    },
  });
  const answering = (action: string, Arguments: Json) =>
    machineOf({
      Answer: { Type: 'Task', Resource: `arn:aws:states:::aws-sdk:sfn:${action}`, Arguments, End: true },
    });

  it('ends the task of its parent by aws-sdk:sfn:sendTaskSuccess', async () => {
    const Child = answering('sendTaskSuccess', {
      TaskToken: '{% $states.input.token %}',
      Output: '{% $string({"a": 1}) %}',
    });
    const result = await simulate(parent, {}, { machines: { Child } });
    expect(result.output).toEqual({ a: 1 });
    expect(result.children).toMatchObject([{ status: 'SUCCEEDED', output: {} }]);
  });

  it('fails it by aws-sdk:sfn:sendTaskFailure', async () => {
    const Child = answering('sendTaskFailure', {
      TaskToken: '{% $states.input.token %}',
      Error: 'No',
      Cause: 'why',
    });
    expect(await simulate(parent, {}, { machines: { Child } })).toMatchObject({ error: 'No', cause: 'why' });
  });

  it('fails on a token that nobody knows', async () => {
    const machine = answering('sendTaskHeartbeat', { TaskToken: 'made up' });
    expect(await simulate(machine, {})).toMatchObject({
      error: 'Sfn.InvalidTokenException',
      cause: expect.stringContaining("Invalid Token: 'Invalid token' (Service: Sfn, Status Code: 400"),
    });
  });
});
