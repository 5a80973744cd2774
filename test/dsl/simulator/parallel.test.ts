import { describe, expect, it } from 'vitest';
import type { Branch, ParallelState, State } from '../../../src/dsl/asl/machine.ts';
import type { Clock } from '../../../src/dsl/simulator/clock.ts';
import { simulate } from '../../../src/dsl/simulator/simulate.ts';
import { eventsOf, invoking, machineOf } from './machines.ts';

const sleeping =
  (seconds: number) =>
  async (_: unknown, { clock }: { clock: Clock }) => {
    await clock.sleep(seconds * 1000);
    return seconds;
  };

const failing = () => {
  throw Object.assign(new Error('no'), { name: 'Broken' });
};

describe('Parallel', () => {
  it('runs its branches at the same time and gives their outputs in order', async () => {
    const branch = (seconds: number) => ({
      StartAt: `W${seconds}`,
      States: {
        [`W${seconds}`]: { Type: 'Wait' as const, Seconds: seconds, Output: seconds, End: true as const },
      },
    });
    const machine = machineOf({ Both: { Type: 'Parallel', Branches: [branch(30), branch(20)], End: true } });
    const result = await simulate(machine, {});
    expect(result).toMatchObject({ output: [30, 20], virtualMilliseconds: 30_000 });
    expect(eventsOf(result)).toEqual([
      '1 ExecutionStarted after 0',
      '2 ParallelStateEntered after 0',
      '3 ParallelStateStarted after 2',
      '4 WaitStateEntered after 3',
      '5 WaitStateEntered after 3',
      '6 WaitStateExited after 5',
      '7 WaitStateExited after 4',
      '8 ParallelStateSucceeded after 7',
      '9 ParallelStateExited after 7',
      '10 ExecutionSucceeded after 9',
    ]);
  });

  it('stops the siblings of a branch that fails, and catches its error', async () => {
    const signals: AbortSignal[] = [];
    const slow = async (_: unknown, { clock, signal }: { clock: Clock; signal: AbortSignal }) => {
      signals.push(signal);
      await clock.sleep(60_000);
    };
    const machine = machineOf({
      Both: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'Slow', States: { Slow: { ...invoking('slow'), End: true } } },
          {
            StartAt: 'Pause',
            States: {
              Pause: { Type: 'Wait', Seconds: 5, Next: 'Fail' },
              Fail: { ...invoking('failing'), End: true },
            },
          },
        ],
        Catch: [{ ErrorEquals: ['Broken'], Next: 'Caught' }],
        End: true,
      },
      Caught: { Type: 'Pass', Output: 'caught', End: true },
    });
    const result = await simulate(machine, {}, { functions: { slow, failing } });
    expect(result).toMatchObject({ output: 'caught', virtualMilliseconds: 5_000 });
    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
    expect(eventsOf(result).slice(10, 16)).toEqual([
      '11 TaskStarted after 10',
      '12 TaskFailed after 11',
      '13 TaskStateAborted after 12',
      '14 TaskStateAborted after 7',
      '15 ParallelStateFailed after 12',
      '16 ParallelStateExited after 15',
    ]);
  });

  describe('whose definition is at fault', () => {
    const pathsOf = (branch: Branch, rest: Partial<ParallelState> = {}) =>
      machineOf(
        { Both: { Type: 'Parallel', Branches: [branch], End: true, ...rest } },
        { QueryLanguage: 'JSONPath' },
      );
    const order: State = { Type: 'Pass', End: true };
    const absent = { 'stock.$': '$.stock' };
    const publishing: State = {
      Type: 'Task',
      Resource: 'arn:aws:states:::sns:publish',
      Parameters: { Message: 'm', ...absent },
      End: true,
    };

    it('ends without a word of the branch', async () => {
      const machine = pathsOf(
        { StartAt: 'Tell', States: { Tell: publishing } },
        { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Both' }] },
      );
      const result = await simulate(machine, {});
      expect(result.error).toBe('States.Runtime');
      expect(eventsOf(result).slice(2)).toEqual([
        '3 ParallelStateStarted after 2',
        '4 TaskStateEntered after 3',
        '5 ExecutionFailed after 4',
      ]);
    });

    it('ends after its branches when the fault is its own', async () => {
      const machine = pathsOf({ StartAt: 'Order', States: { Order: order } }, { ResultSelector: absent });
      const result = await simulate(machine, {});
      expect(result.error).toBe('States.Runtime');
      expect(eventsOf(result).slice(4)).toEqual([
        '5 PassStateExited after 4',
        '6 ParallelStateSucceeded after 5',
        '7 ExecutionFailed after 6',
      ]);
    });
  });

  it('fails a second time when its catcher fails', async () => {
    const machine = machineOf({
      Both: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'Stop', States: { Stop: { Type: 'Fail', Error: 'NoStock' } } }],
        Catch: [{ ErrorEquals: ['NoStock'], Output: '{% $states.input.stock %}', Next: 'Rest' }],
        End: true,
      },
      Rest: { Type: 'Succeed' },
    });
    const result = await simulate(machine, {});
    expect(result.error).toBe('States.QueryEvaluationError');
    expect(eventsOf(result).slice(3)).toEqual([
      '4 FailStateEntered after 3',
      '5 ParallelStateFailed after 4',
      '6 EvaluationFailed after 4',
      '7 ParallelStateFailed after 6',
      '8 ExecutionFailed after 7',
    ]);
  });

  it('is retried as a whole', async () => {
    let calls = 0;
    const flaky = () => (++calls < 3 ? failing() : 'done');
    const machine = machineOf({
      Both: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'Try', States: { Try: { ...invoking('flaky'), Output: 1, End: true } } }],
        Retry: [{ ErrorEquals: ['Broken'] }],
        End: true,
      },
    });
    const result = await simulate(machine, {}, { functions: { flaky } });
    expect(result).toMatchObject({ output: [1], virtualMilliseconds: 3000 });
    expect(eventsOf(result).filter((event) => event.includes('ParallelStateStarted'))).toEqual([
      '3 ParallelStateStarted after 2',
      '9 ParallelStateStarted after 7',
      '15 ParallelStateStarted after 13',
    ]);
  });

  it('gives each branch variables of its own, and lets it read the outer ones', async () => {
    const branch = (name: string) => ({
      StartAt: name,
      States: {
        [name]: { Type: 'Pass' as const, Assign: { mine: name }, Next: `${name}2` },
        [`${name}2`]: { Type: 'Pass' as const, Output: '{% $outer & $mine %}', End: true as const },
      },
    });
    const machine = machineOf({
      Set: { Type: 'Pass', Assign: { outer: 'o' }, Next: 'Both' },
      Both: { Type: 'Parallel', Branches: [branch('A'), branch('B')], Next: 'After' },
      After: { Type: 'Pass', Output: ['{% $states.input %}', '{% $exists($mine) %}'], End: true },
    });
    expect((await simulate(machine, {})).output).toEqual([['oA', 'oB'], false]);
  });

  it('refuses a branch that assigns an outer variable', async () => {
    const machine = machineOf({
      Set: { Type: 'Pass', Assign: { outer: 1 }, Next: 'Both' },
      Both: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'In', States: { In: { Type: 'Pass', Assign: { outer: 2 }, End: true } } }],
        End: true,
      },
    });
    await expect(simulate(machine, {})).rejects.toThrow(
      'DUPLICATE_VARIABLE_NAME: $outer is a variable of a scope around, which an inner one cannot set',
    );
  });

  it('runs functions side by side in virtual time', async () => {
    const branch = (name: string) => ({
      StartAt: name,
      States: { [name]: { ...invoking(name), End: true as const } },
    });
    const machine = machineOf({
      Both: { Type: 'Parallel', Branches: [branch('a'), branch('b')], End: true },
    });
    const result = await simulate(machine, {}, { functions: { a: sleeping(40), b: sleeping(50) } });
    expect(result.virtualMilliseconds).toBe(50_000);
  });
});
