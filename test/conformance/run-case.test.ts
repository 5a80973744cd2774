import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/dsl/asl/machine.ts';
import type { CorpusCase, TaskReply } from '../../conformance/corpus-case.ts';
import { runCase } from '../../conformance/run-case.ts';

const lambda = 'arn:aws:lambda:us-east-1:111111111111:function:greet';

const given = (rest: Partial<CorpusCase>): CorpusCase => ({
  id: 'own',
  machineType: 'STANDARD',
  definition: { StartAt: 'Greet', States: { Greet: { Type: 'Task', Resource: lambda, End: true } } },
  input: { name: 'Ada' },
  stateMachineArn: 'arn:aws:states:us-east-1:111111111111:stateMachine:m',
  executionArn: 'arn:aws:states:us-east-1:111111111111:execution:m:e',
  recordedDate: '2026-01-01',
  taskReplies: [],
  ...rest,
});

/** A machine that waits for an answer with its task token. */
const asking: CorpusCase['definition'] = {
  StartAt: 'Greet',
  States: {
    Greet: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { QueueUrl: 'q', MessageBody: 'm' },
      End: true,
    },
  },
};

const reply = { stateName: 'Greet', attempt: 0, kind: 'lambda' } as const;

const runFound = (content: unknown) => runCase({ area: 'own', place: 'own[3]', content }, 0);

const run = (rest: Partial<CorpusCase>) => runFound(given(rest));

describe('a recorded execution', () => {
  it('runs against its recorded replies, under its recorded names', async () => {
    const result = await run({ taskReplies: [{ ...reply, outcome: { succeed: 'hello' } }] });
    expect(result).toMatchObject({ id: 'own', status: 'SUCCEEDED', output: 'hello' });
    expect(result.events?.at(-1)).toMatchObject({ id: 7, type: 'ExecutionSucceeded' });
  });

  it('gives each attempt its own reply', async () => {
    const definition = {
      StartAt: 'Greet',
      States: {
        Greet: { Type: 'Task', Resource: lambda, End: true, Retry: [{ ErrorEquals: ['Busy'] }] },
      },
    } as const;
    const taskReplies = [
      { ...reply, attempt: 1, outcome: { succeed: 'hello' } },
      { ...reply, outcome: { fail: { error: 'Busy' } } },
    ];
    expect((await run({ definition, taskReplies })).output).toBe('hello');
  });

  it('answers a task token when the reply was recorded behind it', async () => {
    const outcome = { succeed: 'answered' };
    const result = await run({
      definition: asking,
      taskReplies: [{ ...reply, submitted: { id: 1 }, outcome }],
    });
    expect(result.output).toBe('answered');
    expect(result.events?.[4]).toMatchObject({
      type: 'TaskSubmitted',
      taskSubmittedEventDetails: { output: '{"id":1}' },
    });
  });

  it('answers a task token before its request was recorded as taken on', async () => {
    const early = await run({
      definition: asking,
      taskReplies: [{ ...reply, outcome: { succeed: 'answered' } }],
    });
    expect(early).toMatchObject({ status: 'SUCCEEDED', output: 'answered' });
    expect(early.events?.[4]).toMatchObject({ type: 'TaskSucceeded' });
  });

  it('ends the execution of a call that never ends', async () => {
    const { status } = await run({ taskReplies: [{ ...reply, outcome: { pending: true } }] });
    expect(status).toBe('TIMED_OUT');
  });

  it('lets a call time out that was recorded without an end', async () => {
    const definition = {
      StartAt: 'Greet',
      States: { Greet: { Type: 'Task', Resource: lambda, TimeoutSeconds: 5, End: true } },
    } as const;
    const result = await run({ definition, taskReplies: [{ ...reply, outcome: { timeout: {} } }] });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('runs functions by their source where no reply is recorded', async () => {
    const lambdas = { greet: 'def handler(event, context):\n    raise Exception("no")\n' };
    const { error, cause } = await run({ fixtures: { lambdas } });
    expect(error).toBe('Exception');
    expect(JSON.parse(cause ?? '')).toMatchObject({
      errorMessage: 'no',
      stackTrace: ['  File "/var/task/handler.py", line 2, in handler\n    raise Exception("no")\n'],
    });
  });

  it('that cannot be run is told with its reason', async () => {
    expect(await run({})).toEqual({
      id: 'own',
      status: 'NOT_RUN',
      error: 'Conformance.NotRun',
      cause: "nothing is recorded for attempt 0 of state 'Greet'",
    });
    for (const content of [null, 'text', {}, { id: 'own', definition: { StartAt: 'Greet' } }])
      expect(await runFound(content)).toMatchObject({ status: 'NOT_RUN' });
    expect(await runFound({})).toMatchObject({ id: 'own[3]' });
  });

  it('needs nothing but a definition', async () => {
    const definition = { StartAt: 'Only', States: { Only: { Type: 'Pass', End: true } } };
    const whole = await runFound({ id: 'own', definition, further: true });
    expect(whole).toMatchObject({ status: 'SUCCEEDED', output: {} });
    const text = {
      definition: JSON.stringify(definition),
      input: 'text',
      fixtures: null,
      placeholders: null,
    };
    expect(await runFound(text)).toMatchObject({ id: 'own[3]', status: 'SUCCEEDED', output: 'text' });
  });

  it('comes to the same whatever is said to be expected', async () => {
    const taskReplies = [{ ...reply, outcome: { succeed: 'hello' } }];
    const told = { expected: { status: 'FAILED' }, recordedEvents: [{ type: 'ExecutionAborted' }] };
    expect(await runFound({ ...given({ taskReplies }), ...told })).toEqual(await run({ taskReplies }));
  });

  it('finds replies whose states were not recorded by what they were asked', async () => {
    const task = { Type: 'Task', Resource: lambda, End: true } as const;
    const branch = (name: string, Parameters: JsonObject) => ({
      StartAt: name,
      States: { [name]: { ...task, Parameters } },
    });
    const definition = {
      StartAt: 'Both',
      States: {
        Both: {
          Type: 'Parallel',
          Branches: [branch('Ada', { to: 'Ada' }), branch('Bob', { to: 'Bob', id: 'r-1' })],
          End: true,
        },
      },
    } as const;
    const unplaced = { stateName: null, attempt: null, kind: 'lambda' } as const;
    const taskReplies: readonly TaskReply[] = [
      { ...unplaced, parameters: { to: 'Bob', id: '<uuid:1>' }, outcome: { succeed: 2 } },
      { ...unplaced, parameters: { to: 'Ada' }, outcome: { succeed: 1 } },
    ];
    expect((await run({ definition, taskReplies })).output).toEqual([1, 2]);
  });

  it('is listed as it was recorded', async () => {
    const taskReplies = [{ ...reply, outcome: { succeed: 1 } }];
    const reversed = await run({ taskReplies, snapshotKey: 'history_reverseOrder[True]' });
    expect(reversed.events?.[0]).toMatchObject({ type: 'ExecutionSucceeded' });
    const renamed = await run({ taskReplies, placeholders: { greeter: lambda } });
    expect(renamed.events?.[2]).toMatchObject({
      lambdaFunctionScheduledEventDetails: { resource: 'greeter' },
    });
  });
});
