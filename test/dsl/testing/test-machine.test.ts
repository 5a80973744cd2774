import { describe, expect, it } from 'vitest';
import type { State, StateMachine } from '../../../src/dsl/asl/machine.ts';
import { StateFailure } from '../../../src/dsl/simulator/state-failure.ts';
import { testMachine } from '../../../src/dsl/testing/test-machine.ts';
import { distributing, invoking, machineOf } from '../simulator/machines.ts';

const pass = (rest: Partial<Extract<State, { Type: 'Pass' }>> = { End: true }): State => ({
  Type: 'Pass',
  ...rest,
});

describe("a run's path", () => {
  it('names the states in order, and where those of a Parallel and a Map are', async () => {
    const machine = machineOf({
      Both: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'Left', States: { Left: pass() } },
          {
            StartAt: 'Each',
            States: {
              Each: {
                Type: 'Map',
                Items: ['a', 'b'],
                ItemProcessor: { StartAt: 'Pack', States: { Pack: pass() } },
                End: true,
              },
            },
          },
        ],
        Next: 'Done',
      },
      Done: { Type: 'Succeed' },
    });
    const { path, finalState } = await testMachine(machine).run({});
    expect(path).toEqual([
      'Both',
      'Both[0] > Left',
      'Both[1] > Each',
      'Both[1] > Each[0] > Pack',
      'Both[1] > Each[1] > Pack',
      'Done',
    ]);
    expect(finalState).toBe('Done');
  });

  it('has the children of a distributed Map, counted anew when it is tried again', async () => {
    let failed = false;
    const machine = distributing(
      { Pack: { ...invoking('Pack'), End: true } },
      {
        Items: [{ n: 1 }, { n: 2 }],
        MaxConcurrency: 1,
        Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1, IntervalSeconds: 5 }],
      },
    );
    const Pack = (item: unknown) => {
      if ((item as { n: number }).n === 2 && !failed) {
        failed = true;
        throw new Error('torn');
      }
      return item;
    };
    const run = await testMachine(machine, { functions: { Pack } }).run({});
    expect(run.path).toEqual(
      ['Each', ...Array.from({ length: 2 }, () => ['Each[0] > Pack', 'Each[1] > Pack'])].flat(),
    );
    expect(run.calls.map(({ state, arguments: given }) => [state, given])).toEqual([
      ['Each[0] > Pack', { n: 1 }],
      ['Each[1] > Pack', { n: 2 }],
      ['Each[0] > Pack', { n: 1 }],
      ['Each[1] > Pack', { n: 2 }],
    ]);
  });

  it('tells the children of a distributed Map apart that is in iterations of its own', async () => {
    const inner = distributing({ Pack: pass() }, { Items: '{% $states.input %}' });
    const machine = machineOf({
      Outer: {
        Type: 'Map',
        Items: [['a', 'b'], ['c']],
        ItemProcessor: { StartAt: 'Each', States: inner.States },
        End: true,
      },
    });
    const { path } = await testMachine(machine).run({});
    expect(path.toSorted()).toEqual([
      'Outer',
      'Outer[0] > Each',
      'Outer[0] > Each[0] > Pack',
      'Outer[0] > Each[1] > Pack',
      'Outer[1] > Each',
      'Outer[1] > Each[0] > Pack',
    ]);
  });

  it('leaves out what the machine does when it starts itself again', async () => {
    const machine = machineOf({
      Enough: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.depth > 0 %}', Next: 'Again' }],
        Default: 'Done',
      },
      Again: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution.sync:2',
        Arguments: {
          StateMachineArn: '${Deep}',
          Input: { depth: '{% $states.input.depth - 1 %}' },
        },
        End: true,
      },
      Done: { Type: 'Succeed' },
    });
    const deep = testMachine({ name: 'Deep', machine }, { machines: { Deep: machine } });
    expect((await deep.run({ depth: 1 })).path).toEqual(['Enough', 'Again']);
  });

  it('leaves out what another machine does', async () => {
    const parent = machineOf({
      Start: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution.sync:2',
        Arguments: { StateMachineArn: '${Child}', Input: { order: 'o-7' } },
        End: true,
      },
    });
    const machines = { Child: machineOf({ Within: pass() }) };
    const { path, calls } = await testMachine({ name: 'Parent', machine: parent }, { machines }).run({});
    expect(path).toEqual(['Start']);
    expect(calls).toMatchObject([{ called: 'Child', arguments: { order: 'o-7' }, attempt: 0 }]);
  });
});

it('a run has every attempt of every call, with its time', async () => {
  const machine = machineOf({
    Ask: {
      ...invoking('Ask'),
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 10, MaxAttempts: 2 }],
      Next: 'Publish',
    },
    Publish: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sns:publish',
      Arguments: { TopicArn: 't', Message: 'm' },
      End: true,
    },
  });
  let asked = 0;
  const Ask = () => {
    asked += 1;
    if (asked === 1) throw new StateFailure('Busy');
    return {};
  };
  const resources = { 'arn:aws:states:::sns:publish': () => ({ MessageId: 'm-1' }) };
  const { calls, startDate, virtualMilliseconds } = await testMachine(machine, {
    functions: { Ask },
    resources,
  }).run({
    order: 'o-7',
  });
  expect(calls).toEqual([
    {
      state: 'Ask',
      called: 'Ask',
      arguments: { order: 'o-7' },
      resource: 'arn:aws:states:::lambda:invoke',
      attempt: 0,
      at: startDate,
    },
    {
      state: 'Ask',
      called: 'Ask',
      arguments: { order: 'o-7' },
      resource: 'arn:aws:states:::lambda:invoke',
      attempt: 1,
      at: startDate + 10_000,
    },
    {
      state: 'Publish',
      called: 'sns:publish',
      arguments: { TopicArn: 't', Message: 'm' },
      resource: 'arn:aws:states:::sns:publish',
      attempt: 0,
      at: startDate + 10_000,
    },
  ]);
  expect(virtualMilliseconds).toBe(10_000);
});

it.each<[string, State, unknown]>([
  ['assigned', pass({ Assign: { b: 2 }, End: true }), { a: 1, b: 2 }],
  ['failed', { Type: 'Fail', Error: 'Broken' }, { a: 1 }],
])(
  'a run has the variables as they were at the end, when the last state %s',
  async (_what, Last, variables) => {
    const machine = machineOf({ First: pass({ Assign: { a: 1 }, Next: 'Last' }), Last });
    expect((await testMachine(machine).run({})).variables).toEqual(variables);
  },
);

it('each run begins anew, with a clock of its own', async () => {
  const machine = testMachine(machineOf({ Pause: { Type: 'Wait', Seconds: 60, End: true } }));
  const runs = [await machine.run({}), await machine.run({})];
  expect(runs.map(({ startDate, path }) => [startDate, path])).toEqual(
    Array.from({ length: 2 }, () => [Date.UTC(2026, 0, 1), ['Pause']]),
  );
});

it('what the test observes itself is heard and waited for as well', async () => {
  const heard: string[] = [];
  const observe = async ({ kind, state }: { kind: string; state: string }) => {
    await Promise.resolve();
    heard.push(`${kind} ${state}`);
  };
  await testMachine(machineOf({ Only: pass() }), { observe }).run({});
  expect(heard).toEqual(['entered Only', 'went Only']);
});

describe('a test machine refuses', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['text', '{}'],
    ['what has no states', { StartAt: 'A' }],
    ['a workflow that is not compiled', { name: 'Ship', node: {} }],
    ['what was compiled from nothing', { name: 'Ship', machine: null }],
  ])('%s', (_what, tested) => {
    expect(() => testMachine(tested as StateMachine)).toThrow(
      'testMachine takes a state machine, which has StartAt and States: a definition, or compile(workflow)',
    );
  });

  it('a definition that is not valid, when it is run', async () => {
    const machine = { StartAt: 'Both', States: { Both: { Type: 'Parallel', End: true } } };
    await expect(testMachine(machine as unknown as StateMachine).run({})).rejects.toThrow(
      "state machine 'StateMachine': SCHEMA_VALIDATION_FAILED: These fields are required: [Branches] at /States/Both",
    );
  });

  it('no input', async () => {
    await expect(testMachine(machineOf({ A: pass() })).run(undefined as unknown as null)).rejects.toThrow(
      'the input is undefined, which is no JSON; pass {} for nothing',
    );
  });
});
