import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../src/dsl/simulator/clock.ts';
import { simulate, startSimulation } from '../../../src/dsl/simulator/simulate.ts';
import { eventsOf, invoking, machineOf } from './machines.ts';

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
        Catch: [{ ErrorEquals: ['States.DataLimitExceeded', 'States.ALL'], Next: 'A' }],
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
    const machine = machineOf({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } });
    const result = await simulate(machine, {});
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
});
