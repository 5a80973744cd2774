import { describe, expect, it } from 'vitest';
import type { StateMachine } from '../../../src/dsl/asl/machine.ts';
import { VirtualClock } from '../../../src/dsl/simulator/clock.ts';
import type { HistoryEvent } from '../../../src/dsl/simulator/history-event.ts';
import {
  startSimulation,
  type ExecutionResult,
  type SimulationOptions,
} from '../../../src/dsl/simulator/simulate.ts';
import { endless, eventsOf, invoking, machineOf } from './machines.ts';

import { redriven, Worker } from './redriven.ts';

const day = 24 * 3_600_000;

/** One task between a Pass that sets a variable and a Pass that reads it. */
const twoSteps = machineOf({
  Set: { Type: 'Pass', Assign: { kept: 'v' }, Output: 'in', Next: 'Do' },
  Do: {
    ...invoking('work'),
    Output: '{% $states.context.Execution.RedriveCount %}',
    Next: 'Tell',
  },
  Tell: {
    Type: 'Pass',
    Output: ['{% $kept %}', '{% $states.input %}', '{% $states.context.Execution.RedriveTime %}'],
    End: true,
  },
});

describe('a redrive', () => {
  it('goes on from the state that failed, with its input and the variables, and does nothing twice', async () => {
    const worker = new Worker();
    const { first, second, added } = await redriven(
      twoSteps,
      {},
      {
        functions: { work: worker.work },
        mend: () => {
          worker.broken = () => false;
        },
      },
    );
    expect(first).toMatchObject({ status: 'FAILED', error: 'Broken', redriveStatus: 'REDRIVABLE' });
    expect(second).toMatchObject({
      status: 'SUCCEEDED',
      executionArn: first.executionArn,
      output: ['v', 1, '1970-01-01T00:00:00.000Z'],
      redriveCount: 1,
      redriveDate: 0,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
    expect(worker.calls).toEqual(['in', 'in']);
    expect(eventsOf(first).at(-1)).toBe('8 ExecutionFailed after 7');
    expect(added).toEqual([
      '9 ExecutionRedriven after 8',
      '10 TaskScheduled after 9',
      '11 TaskStarted after 10',
      '12 TaskSucceeded after 11',
      '13 TaskStateExited after 12',
      '14 PassStateEntered after 13',
      '15 PassStateExited after 14',
      '16 ExecutionSucceeded after 15',
    ]);
    expect(second.history[8]).toMatchObject({ executionRedrivenEventDetails: { redriveCount: 1 } });
  });

  it('leaves the result of the first attempt as it was', async () => {
    const worker = new Worker();
    const { first, second } = await redriven(twoSteps, {}, { functions: { work: worker.work } });
    expect(first.history).toHaveLength(8);
    expect(second.history.slice(0, 8)).toEqual(first.history);
    expect(second).toMatchObject({ status: 'FAILED', redriveCount: 1, redriveStatus: 'REDRIVABLE' });
  });

  it('can follow on another', async () => {
    const worker = new Worker();
    const clock = new VirtualClock(0);
    const running = startSimulation(twoSteps, {}, { clock, functions: { work: worker.work } });
    await clock.runUntil(running.result);
    const again = running.redrive();
    await clock.runUntil(again.result);
    worker.broken = () => false;
    const { output, history } = await clock.runUntil(again.redrive().result);
    expect(output).toEqual(['v', 2, '1970-01-01T00:00:00.000Z']);
    expect(history.filter(({ type }) => type === 'ExecutionRedriven')).toMatchObject([
      { executionRedrivenEventDetails: { redriveCount: 1 } },
      { executionRedrivenEventDetails: { redriveCount: 2 } },
    ]);
  });

  it('tries again as often as the Retry says', async () => {
    const worker = new Worker();
    const machine = machineOf({
      Do: {
        ...invoking('work'),
        Arguments: { FunctionName: 'work', Payload: '{% $string($states.context.State.RetryCount) %}' },
        Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 2 }],
        End: true,
      },
    });
    const { second } = await redriven(
      machine,
      {},
      {
        functions: { work: worker.work },
        mend: () => {
          worker.broken = (retries) => retries !== 2;
        },
      },
    );
    expect(second.status).toBe('SUCCEEDED');
    expect(worker.calls).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it('times out anew', async () => {
    const machine = machineOf(
      {
        A: { Type: 'Wait', Seconds: 20, Next: 'B' },
        B: { Type: 'Wait', Seconds: 20, End: true },
      },
      { TimeoutSeconds: 30 },
    );
    const { first, second, added } = await redriven(machine, {}, {});
    expect(first).toMatchObject({ status: 'TIMED_OUT', stopDate: 30_000 });
    expect(second).toMatchObject({ status: 'SUCCEEDED', stopDate: 50_000 });
    expect(added).toEqual([
      '6 ExecutionRedriven after 5',
      '7 WaitStateExited after 6',
      '8 ExecutionSucceeded after 7',
    ]);
  });

  it('does not wait again for a time that has passed', async () => {
    const machine = machineOf(
      { A: { Type: 'Wait', Timestamp: '1970-01-01T00:01:00Z', End: true } },
      { TimeoutSeconds: 30 },
    );
    const clock = new VirtualClock(0);
    const running = startSimulation(machine, {}, { clock });
    await clock.runUntil(running.result);
    await clock.runUntil(new Promise<void>((resolve) => clock.schedule(90_000, resolve)));
    expect(await clock.runUntil(running.redrive().result)).toMatchObject({
      status: 'SUCCEEDED',
      stopDate: 90_000,
    });
  });

  it('fails again in a Fail state, which it enters again', async () => {
    const { second, added } = await redriven(machineOf({ Stop: { Type: 'Fail', Error: 'Oops' } }), {}, {});
    expect(second).toMatchObject({ status: 'FAILED', error: 'Oops' });
    expect(added).toEqual([
      '4 ExecutionRedriven after 3',
      '5 FailStateEntered after 4',
      '6 ExecutionFailed after 5',
    ]);
  });

  it('can follow a stop at once, before anything has happened', async () => {
    const clock = new VirtualClock(0);
    const running = startSimulation(machineOf({ A: { Type: 'Pass', End: true } }), 1, { clock });
    running.stop();
    expect(eventsOf(await clock.runUntil(running.redrive().result))).toEqual([
      '1 ExecutionStarted after 0',
      '2 ExecutionAborted after 0',
      '3 ExecutionRedriven after 2',
      '4 PassStateEntered after 3',
      '5 PassStateExited after 4',
      '6 ExecutionSucceeded after 5',
    ]);
  });

  describe('goes on wherever it was stopped, with no state entered twice or left out', () => {
    const branch = (name: string) => ({
      StartAt: name,
      States: {
        [name]: { Type: 'Pass' as const, Assign: { own: name }, Next: `${name}2` },
        [`${name}2`]: { Type: 'Wait' as const, Seconds: 1, Output: '{% $own & $n %}', End: true as const },
      },
    });
    const machine = machineOf({
      A: { Type: 'Pass', Assign: { n: 1 }, Next: 'B' },
      B: { Type: 'Choice', Choices: [{ Condition: '{% $n = 1 %}', Next: 'C' }] },
      C: { Type: 'Parallel', Branches: [branch('P'), branch('Q')], Next: 'D' },
      D: { Type: 'Map', Items: [1, 2, 3], MaxConcurrency: 2, ItemProcessor: branch('R'), Next: 'E' },
      E: { Type: 'Wait', Seconds: 1, Output: ['{% $n %}', '{% $states.input %}'], Next: 'F' },
      F: { Type: 'Succeed' },
    });
    const visits = ({ history }: ExecutionResult) =>
      history
        .filter(({ type }) => /State(?:Entered|Exited)$/.test(type))
        .map(({ type, stateEnteredEventDetails, stateExitedEventDetails }) =>
          [type, (stateEnteredEventDetails ?? stateExitedEventDetails)?.name].join(' '),
        )
        .sort();

    it.each(Array.from({ length: 43 }, (_, event) => event + 2))('at event %i', async (last) => {
      const clock = new VirtualClock(0);
      const whole = await clock.runUntil(startSimulation(machine, {}, { clock }).result);
      const onEvent = ({ id, type }: HistoryEvent) => {
        if (id === last && type !== 'ExecutionAborted') running.stop();
      };
      const running = startSimulation(machine, {}, { clock, onEvent });
      expect(await clock.runUntil(running.result)).toMatchObject({ status: 'ABORTED' });
      const second = await clock.runUntil(running.redrive().result);
      expect(second).toMatchObject({ status: 'SUCCEEDED', output: whole.output });
      expect(visits(second)).toEqual(visits(whole));
    });
  });
});

describe('a redrive is refused', () => {
  const failing = machineOf({ Stop: { Type: 'Fail' } });
  const after = async (machine: StateMachine, milliseconds: number, options: SimulationOptions = {}) => {
    const clock = new VirtualClock();
    const running = startSimulation(machine, {}, { ...options, clock });
    await clock.runUntil(running.result);
    const until = clock.now() + milliseconds;
    await clock.runUntil(new Promise<void>((resolve) => clock.schedule(until, resolve)));
    return running;
  };

  it('while the execution runs', () => {
    const running = startSimulation(failing, {}, { name: 'M', executionName: 'e' });
    expect(() => running.redrive()).toThrow(
      'arn:aws:states:us-east-1:000000000000:execution:M:e cannot be redriven: Execution is RUNNING and cannot be redriven',
    );
  });

  it('when it succeeded', async () => {
    const running = await after(machineOf({ A: { Type: 'Succeed' } }), 0);
    expect(() => running.redrive()).toThrow('Execution is SUCCEEDED and cannot be redriven');
  });

  it('more than 14 days after its end', async () => {
    expect((await after(failing, 14 * day)).redrive()).toBeDefined();
    const late = await after(failing, 14 * day + 1);
    expect(() => late.redrive()).toThrow('Execution redrivable period exceeded');
  });

  it('more than a year after its start', async () => {
    const slow = machineOf({
      A: { Type: 'Wait', Seconds: (360 * day) / 1000, Next: 'Stop' },
      Stop: { Type: 'Fail' },
    });
    const late = await after(slow, 6 * day);
    expect(() => late.redrive()).toThrow('Execution has exceeded the max execution time');
  });

  it('when its history is full', async () => {
    const full = await after(endless, 0);
    expect((await full.result).redriveStatusReason).toBe('Execution history event limit exceeded');
    expect(() => full.redrive()).toThrow('Execution history event limit exceeded');
  });

  it('of an Express execution, and of one from before there were redrives', async () => {
    const express = await after(failing, 0, { type: 'EXPRESS' });
    expect(() => express.redrive()).toThrow('Execution is of an EXPRESS state machine');
    const old = await after(failing, 0, { asOf: Date.UTC(2023, 10, 14) });
    expect(() => old.redrive()).toThrow('before the launch of RedriveExecution');
  });
});
