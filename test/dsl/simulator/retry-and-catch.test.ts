import { describe, expect, it } from 'vitest';
import type { Retrier } from '../../../src/dsl/asl/machine.ts';
import { simulate } from '../../../src/dsl/simulator/simulate.ts';
import { eventsOf, invoking, machineOf } from './machines.ts';

const failingWith = (...names: string[]) => {
  const calls: number[] = [];
  const f = (_payload: unknown, { clock }: { clock: { now(): number } }) => {
    calls.push(clock.now());
    const name = names.shift();
    if (name !== undefined) throw Object.assign(new Error('it failed'), { name });
    return 'done';
  };
  const waits = () => calls.slice(1).map((at, index) => (at - (calls[index] as number)) / 1000);
  return { functions: { f }, waits };
};

const retrying = (...Retry: Retrier[]) => machineOf({ Try: { ...invoking('f'), Retry, End: true } });

describe('Retry', () => {
  it('waits one second, doubling, three times by default', async () => {
    const { functions, waits } = failingWith('A', 'A', 'A', 'A', 'A');
    expect((await simulate(retrying({ ErrorEquals: ['A'] }), {}, { functions })).error).toBe('A');
    expect(waits()).toEqual([1, 2, 4]);
  });

  it('obeys interval, backoff, longest delay and number of attempts', async () => {
    const { functions, waits } = failingWith('A', 'A', 'A', 'A');
    const retrier = {
      ErrorEquals: ['A'],
      IntervalSeconds: 2,
      BackoffRate: 3,
      MaxDelaySeconds: 10,
      MaxAttempts: 4,
    };
    expect((await simulate(retrying(retrier), {}, { functions })).status).toBe('SUCCEEDED');
    expect(waits()).toEqual([2, 6, 10, 10]);
  });

  it('counts the attempts of each retrier apart', async () => {
    const { functions, waits } = failingWith('A', 'B', 'A', 'B', 'A');
    const machine = retrying(
      { ErrorEquals: ['A'], IntervalSeconds: 1, MaxAttempts: 2 },
      { ErrorEquals: ['B'], IntervalSeconds: 10, MaxAttempts: 2 },
    );
    expect((await simulate(machine, {}, { functions })).error).toBe('A');
    expect(waits()).toEqual([1, 10, 2, 20]);
  });

  it('never retries with MaxAttempts 0, even if a later retrier would', async () => {
    const { functions, waits } = failingWith('A', 'A');
    const machine = retrying({ ErrorEquals: ['A'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] });
    expect((await simulate(machine, {}, { functions })).error).toBe('A');
    expect(waits()).toEqual([]);
  });

  it('draws full jitter from the seed', async () => {
    const jittered = async (seed: number) => {
      const { functions, waits } = failingWith('A', 'A', 'A');
      await simulate(
        retrying({ ErrorEquals: ['A'], IntervalSeconds: 100, JitterStrategy: 'FULL' }),
        {},
        { functions, seed },
      );
      return waits();
    };
    const first = await jittered(7);
    expect(first).toEqual(await jittered(7));
    expect(first).not.toEqual(await jittered(8));
    expect(first.every((wait, index) => wait >= 0 && wait < 100 * 2 ** index)).toBe(true);
  });

  it('shows the attempt in the context, and records each one', async () => {
    const { functions } = failingWith('A');
    const machine = machineOf({
      Try: {
        ...invoking('f'),
        Retry: [{ ErrorEquals: ['States.ALL'] }],
        Output: '{% $states.context.State.RetryCount %}',
        End: true,
      },
    });
    const result = await simulate(machine, {}, { functions });
    expect(result.output).toBe(1);
    expect(eventsOf(result).slice(2, 9)).toEqual([
      '3 TaskScheduled after 2',
      '4 TaskStarted after 3',
      '5 TaskFailed after 4',
      '6 TaskScheduled after 5',
      '7 TaskStarted after 6',
      '8 TaskSucceeded after 7',
      '9 TaskStateExited after 8',
    ]);
  });
});

describe('Catch', () => {
  const catching = (...ErrorEquals: string[]) =>
    machineOf({
      Try: {
        ...invoking('f'),
        TimeoutSeconds: 10,
        Assign: { never: 1 },
        Catch: [
          { ErrorEquals: ['Other'], Next: 'Wrong' },
          {
            ErrorEquals,
            Assign: { caught: '{% $states.errorOutput.Error %}' },
            Output: { was: '{% $states.input %}', error: '{% $states.errorOutput %}' },
            Next: 'Caught',
          },
        ],
        End: true,
      },
      Wrong: { Type: 'Fail', Error: 'Wrong' },
      Caught: {
        Type: 'Pass',
        Output: ['{% $caught %}', '{% $exists($never) %}', '{% $states.input %}'],
        End: true,
      },
    });
  const errorCause = JSON.stringify({ errorMessage: 'it failed', errorType: 'A', trace: [] });

  it('runs the matching catcher with its own Assign and Output only', async () => {
    const { functions } = failingWith('A');
    const { output } = await simulate(catching('A'), { n: 1 }, { functions });
    expect(output).toEqual(['A', false, { was: { n: 1 }, error: { Error: 'A', Cause: errorCause } }]);
  });

  it.each([
    ['States.ALL', 'A'],
    ['States.TaskFailed', 'A'],
  ])('catches by %s', async (name, error) => {
    const { functions } = failingWith(error);
    expect((await simulate(catching(name), {}, { functions })).status).toBe('SUCCEEDED');
  });

  it('passes the error on as input when the catcher has no Output', async () => {
    const { functions } = failingWith('A');
    const machine = machineOf({
      Try: { ...invoking('f'), Catch: [{ ErrorEquals: ['A'], Next: 'Caught' }], End: true },
      Caught: { Type: 'Pass', End: true },
    });
    expect((await simulate(machine, {}, { functions })).output).toEqual({ Error: 'A', Cause: errorCause });
  });

  it('does not catch a timeout by States.TaskFailed, but by its name and by States.ALL', async () => {
    const functions = {
      f: (_: unknown, { clock }: { clock: { sleep(ms: number): Promise<void> } }) => clock.sleep(60_000),
    };
    expect((await simulate(catching('States.TaskFailed'), {}, { functions })).error).toBe('States.Timeout');
    for (const name of ['States.Timeout', 'States.ALL']) {
      const result = await simulate(catching(name), {}, { functions });
      expect(result.status).toBe('SUCCEEDED');
      expect(eventsOf(result)[4]).toBe('5 TaskTimedOut after 4');
      expect(result.virtualMilliseconds).toBe(10_000);
    }
  });

  it('catches a field that cannot be evaluated', async () => {
    const machine = machineOf({
      Try: {
        ...invoking('f'),
        Output: '{% $states.result.nothing %}',
        Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'Caught' }],
        End: true,
      },
      Caught: { Type: 'Pass', End: true },
    });
    const result = await simulate(machine, {}, { functions: { f: () => 1 } });
    expect(result.output).toMatchObject({ Error: 'States.QueryEvaluationError' });
    expect(eventsOf(result).slice(4, 7)).toEqual([
      '5 TaskSucceeded after 4',
      '6 EvaluationFailed after 5',
      '7 TaskStateExited after 6',
    ]);
  });

  it('leaves States.Runtime to end the execution', async () => {
    const { functions } = failingWith('States.Runtime');
    expect((await simulate(catching('States.Runtime'), {}, { functions })).error).toBe('States.Runtime');
  });

  it('takes a result that is too large', async () => {
    const big = { f: () => 'x'.repeat(300_000) };
    const result = await simulate(catching('States.ALL'), {}, { functions: big });
    expect(result.output).toMatchObject([
      'States.DataLimitExceeded',
      false,
      {
        error: {
          Cause:
            "The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes service limit.",
        },
      },
    ]);
  });
});
