import { describe, expect, it } from 'vitest';
import type { Json, State } from '../../../src/dsl/asl/machine.ts';
import { VirtualClock } from '../../../src/dsl/simulator/clock.ts';
import { simulate, startSimulation } from '../../../src/dsl/simulator/simulate.ts';
import { distributing, endless, eventsOf, invoking, machineOf } from './machines.ts';

describe('limits', () => {
  it('times the machine out at its TimeoutSeconds, with the error in the event only', async () => {
    const machine = machineOf({ A: { Type: 'Wait', Seconds: 60, End: true } }, { TimeoutSeconds: 30 });
    const result = await simulate(machine, {});
    expect(result).toMatchObject({ status: 'TIMED_OUT', virtualMilliseconds: 30_000 });
    expect(result).not.toHaveProperty('error');
    expect(result.history.at(-1)).toMatchObject({
      type: 'ExecutionTimedOut',
      executionTimedOutEventDetails: { error: 'States.Timeout' },
    });
  });

  it('leaves no timer behind that would hold up whoever shares the clock', async () => {
    const clock = new VirtualClock(0);
    await simulate(machineOf({ A: { Type: 'Succeed' } }, { TimeoutSeconds: 3600 }), {}, { clock });
    await expect(clock.runUntil(new Promise(() => {}))).rejects.toThrow('no timer or task');
    expect(clock.now()).toBe(0);
  });

  it('aborts at once when it is stopped, and only once', async () => {
    const clock = new VirtualClock(0);
    const running = startSimulation(
      machineOf({ A: { Type: 'Wait', Seconds: 60, End: true } }),
      {},
      { clock },
    );
    clock.schedule(7_000, () => {
      running.stop();
      running.stop('again');
    });
    const result = await clock.runUntil(running.result);
    expect(result).toMatchObject({ status: 'ABORTED', stopDate: 7_000 });
    expect(eventsOf(result)).toEqual([
      '1 ExecutionStarted after 0',
      '2 WaitStateEntered after 0',
      '3 ExecutionAborted after 0',
    ]);
  });

  it('can be stopped before it does anything', async () => {
    const running = startSimulation(machineOf({ A: { Type: 'Pass', End: true } }), {});
    running.stop();
    expect(eventsOf(await running.result)).toEqual([
      '1 ExecutionStarted after 0',
      '2 ExecutionAborted after 0',
    ]);
  });

  it('can be stopped by whoever hears its events', async () => {
    const clock = new VirtualClock(0);
    const machine = machineOf({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', End: true } });
    const running = startSimulation(
      machine,
      {},
      {
        clock,
        onEvent: ({ type }) => {
          if (type === 'PassStateExited') running.stop('Seen');
        },
      },
    );
    await expect(clock.runUntil(running.result)).resolves.toMatchObject({ status: 'ABORTED', error: 'Seen' });
  });

  it('fails an output over 256 KiB, and no Catch of the state sees it', async () => {
    const machine = machineOf({
      A: {
        ...invoking('f'),
        Output: '{% $states.result.Payload & $states.result.Payload %}',
        Catch: [
          { ErrorEquals: ['States.DataLimitExceeded'], Next: 'A' },
          { ErrorEquals: ['States.ALL'], Next: 'A' },
        ],
        End: true,
      },
    });
    const result = await simulate(machine, {}, { functions: { f: () => 'x'.repeat(131_100) } });
    expect(result).toMatchObject({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
      cause:
        "The state/task 'A' returned a result with a size exceeding the maximum number of bytes service limit.",
    });
  });

  it('counts bytes of UTF-8, not characters', async () => {
    const machine = machineOf({ A: { ...invoking('f'), End: true } });
    const of = (text: string) => simulate(machine, {}, { functions: { f: () => text } });
    expect((await of('x'.repeat(200_000))).status).toBe('SUCCEEDED');
    expect((await of('é'.repeat(200_000))).error).toBe('States.DataLimitExceeded');
  });

  it('ends a loop at 25,000 events', async () => {
    const result = await simulate(endless, {});
    expect(result).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'The execution reached the maximum number of history events (25000).',
    });
    expect(result.history).toHaveLength(25_000);
    expect(result.history.at(-1)?.type).toBe('ExecutionFailed');
  });

  it('refuses an input over 256 KiB', async () => {
    await expect(simulate(machineOf({ A: { Type: 'Succeed' } }), 'x'.repeat(262_144))).rejects.toThrow(
      'the input is larger',
    );
  });

  it('ends a Standard execution after a year', async () => {
    const year = 365 * 86_400;
    const waiting = (Seconds: number, rest = {}) =>
      simulate(machineOf({ A: { Type: 'Wait', Seconds, End: true } }, rest), {});
    expect(await waiting(year - 1)).toMatchObject({ status: 'SUCCEEDED' });
    for (const rest of [{}, { TimeoutSeconds: year + 10 }])
      expect(await waiting(year + 1, rest)).toMatchObject({
        status: 'TIMED_OUT',
        virtualMilliseconds: year * 1000,
      });
  });

  it('counts the year from the first start, and the TimeoutSeconds from the redrive', async () => {
    const year = 365 * 86_400_000;
    const clock = new VirtualClock(0);
    const half = { Type: 'Wait', Seconds: 200 * 86_400 } as const;
    const machine = machineOf({
      A: { ...half, Next: 'B' },
      B: { ...invoking('f'), Next: 'C' },
      C: { ...half, End: true },
    });
    let broken = true;
    const f = () => {
      if (broken) throw new Error('broken');
      return {};
    };
    const running = startSimulation(machine, {}, { clock, functions: { f } });
    expect((await clock.runUntil(running.result)).status).toBe('FAILED');
    broken = false;
    expect(await clock.runUntil(running.redrive().result)).toMatchObject({
      status: 'TIMED_OUT',
      stopDate: year,
      redriveStatus: 'REDRIVABLE',
    });
  });

  it('refuses a definition over 1 MiB', async () => {
    const of = (characters: number) =>
      machineOf({ A: { Type: 'Pass', End: true } }, { Comment: 'x'.repeat(characters) });
    const room = 1024 * 1024 - JSON.stringify(of(0)).length;
    expect((await simulate(of(room), {})).status).toBe('SUCCEEDED');
    await expect(simulate(of(room + 1), {})).rejects.toThrow(
      'the definition has 1048577 bytes, more than 1048576 at / (definition-too-large: move a part into a child machine)',
    );
  });
});

describe('256 KiB', () => {
  const input = '{% $states.context.Execution.Input %}';
  const doubled = '{% $states.input & $states.input %}';
  const passing = (Output: Json, name = 'P') => ({
    StartAt: name,
    States: { [name]: { Type: 'Pass' as const, Output, End: true as const } },
  });
  const caught = (Output: string) => ({
    ...invoking('fails'),
    Arguments: { FunctionName: 'fails' },
    Catch: [{ ErrorEquals: ['States.ALL'], Output, Next: 'B' }],
    Next: 'B',
  });
  const after = { B: { Type: 'Pass', Output: 'fits', End: true } } as const;
  const direct = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:000000000000:function:twice' } as const;

  /** The machine's input, and how many of its characters and how many others the boundary holds. */
  it.each<[string, number, State]>([
    ['an output', 2, { Type: 'Pass', Output: doubled, Next: 'B' }],
    [
      "a Choice's output",
      2,
      { Type: 'Choice', Choices: [{ Condition: '{% true %}', Output: doubled, Next: 'B' }] },
    ],
    ["a Catcher's output", 2, caught(doubled)],
    ["a task's arguments", 2, { ...direct, Arguments: doubled, Output: 1, Next: 'B' }],
    ["a task's result", 2, { ...direct, Arguments: input, Output: 1, Next: 'B' }],
    ["a branch's input", 2, { Type: 'Parallel', Arguments: doubled, Branches: [passing(1)], Next: 'B' }],
    [
      'the results of branches together',
      7,
      { Type: 'Parallel', Branches: [passing(input), passing(input, 'Q')], Next: 'B' },
    ],
    ["an iteration's input", 2, { Type: 'Map', Items: [doubled], ItemProcessor: passing(1), Next: 'B' }],
    [
      'the results of iterations together',
      7,
      { Type: 'Map', Items: [1, 2], ItemProcessor: passing(input), Next: 'B' },
    ],
  ])('is the most of %s', async (_, marks, A) => {
    const functions = {
      twice: (text: Json) => (typeof text === 'string' && text.length < 200_000 ? text.repeat(2) : 1),
      fails: () => {
        throw new Error('no');
      },
    };
    const most = (262_144 - marks) / 2;
    const run = (characters: number) =>
      simulate(machineOf({ A, ...after }), 'x'.repeat(characters), { functions });
    expect(await run(Math.floor(most))).toMatchObject({ output: 'fits' });
    expect(await run(Math.floor(most) + 1)).toMatchObject({
      error: 'States.DataLimitExceeded',
      cause: expect.stringMatching(
        /^The state\/task '.*' returned a result with a size exceeding the maximum number of bytes service limit\.$/,
      ),
    });
  });

  it('is the most of a child execution, of whichever kind', async () => {
    const child = (Items: Json) =>
      simulate(
        distributing({ In: { Type: 'Pass', Output: 1, End: true } }, { Items: Items as string[] }),
        'x'.repeat(131_071),
      );
    expect((await child([doubled])).status).toBe('SUCCEEDED');
    expect((await child([`{% $states.input & $states.input & 'x' %}`])).children).toMatchObject([
      { error: 'States.DataLimitExceeded' },
    ]);
  });
});

describe('an execution that a machine starts', () => {
  it.each([
    ['x'.repeat(80), undefined],
    ['naïve-name_1.2', undefined],
    ['x'.repeat(81), 'StepFunctions.InvalidNameException'],
    ['', 'StepFunctions.InvalidNameException'],
    ['a b', 'StepFunctions.InvalidNameException'],
    ['a/b', 'StepFunctions.InvalidNameException'],
    ['a[b', 'StepFunctions.InvalidNameException'],
    ['a\\b', 'StepFunctions.InvalidNameException'],
    ['a\u0085b', 'StepFunctions.InvalidNameException'],
  ])('may be named %j, or fails with %s', async (Name, error) => {
    const machine = machineOf({
      A: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution',
        Arguments: { StateMachineArn: 'Child', Name },
        End: true,
      },
    });
    const machines = { Child: machineOf({ A: { Type: 'Succeed' } }) };
    expect((await simulate(machine, {}, { machines })).error).toBe(error);
  });
});
