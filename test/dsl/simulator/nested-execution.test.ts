import { describe, expect, it } from 'vitest';
import type { Json, State } from '../../../src/dsl/asl/machine.ts';
import { VirtualClock } from '../../../src/dsl/simulator/clock.ts';
import { simulate, startSimulation } from '../../../src/dsl/simulator/simulate.ts';
import { eventsOf, machineOf } from './machines.ts';

const starting = (pattern: string, rest: object = {}, args: Json = {}) =>
  machineOf({
    Run: {
      Type: 'Task',
      Resource: `arn:aws:states:::states:startExecution${pattern}`,
      Arguments: { StateMachineArn: '${Child}', Name: 'c', ...(args as object) },
      End: true,
      ...rest,
    },
  });

const waiting = machineOf({
  Pause: { Type: 'Wait', Seconds: 60, Output: { at: '{% $millis() %}' }, End: true },
});
const broken = machineOf({ Stop: { Type: 'Fail', Error: 'Oops', Cause: 'why' } });
const childArn = 'arn:aws:states:us-east-1:000000000000:execution:Child:c';
const options = () => ({ clock: new VirtualClock(0), machines: { Child: waiting } });

describe('states:startExecution', () => {
  it('runs a child on the same clock with .sync:2 and gives what DescribeExecution tells', async () => {
    const result = await simulate(starting('.sync:2', {}, { Input: { a: 1 } }), {}, options());
    expect(result.output).toEqual({
      ExecutionArn: childArn,
      Input: { a: 1 },
      InputDetails: { Included: true },
      Name: 'c',
      Output: { at: 60_000 },
      OutputDetails: { Included: true },
      RedriveCount: 0,
      RedriveStatus: 'NOT_REDRIVABLE',
      RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
      StartDate: 0,
      StateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:Child',
      Status: 'SUCCEEDED',
      StopDate: 60_000,
    });
    expect(eventsOf(result).slice(2, 6)).toEqual([
      '3 TaskScheduled after 2',
      '4 TaskStarted after 3',
      '5 TaskSubmitted after 4',
      '6 TaskSucceeded after 5',
    ]);
    expect(result.children).toMatchObject([
      { executionArn: childArn, status: 'SUCCEEDED', output: { at: 60_000 } },
    ]);
  });

  it('gives input and output as JSON text with .sync', async () => {
    const { output } = await simulate(starting('.sync', {}, { Input: '{"a":1}' }), {}, options());
    expect(output).toMatchObject({ Input: '{"a":1}', Output: '{"at":60000}' });
  });

  it('fails with what DescribeExecution tells of a failed child', async () => {
    const result = await simulate(
      starting('.sync:2'),
      {},
      { clock: new VirtualClock(0), machines: { Child: broken } },
    );
    expect(result.error).toBe('States.TaskFailed');
    expect(JSON.parse(result.cause as string)).toEqual({
      Cause: 'why',
      Error: 'Oops',
      ExecutionArn: childArn,
      Input: '{}',
      InputDetails: { Included: true },
      Name: 'c',
      RedriveCount: 0,
      RedriveStatus: 'REDRIVABLE',
      StartDate: 0,
      StateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:Child',
      Status: 'FAILED',
      StopDate: 0,
    });
  });

  it('does not wait without a pattern', async () => {
    const result = await simulate(starting(''), {}, options());
    expect(result).toMatchObject({
      virtualMilliseconds: 0,
      output: { ExecutionArn: childArn, StartDate: 0 },
    });
    expect(result.children).toMatchObject([{ status: 'SUCCEEDED', stopDate: 60_000 }]);
  });

  it('does not fail with a child that it does not wait for', async () => {
    const result = await simulate(starting(''), {}, { machines: { Child: broken } });
    expect(result).toMatchObject({ status: 'SUCCEEDED', children: [{ status: 'FAILED', error: 'Oops' }] });
  });

  it('stops the child when the task times out', async () => {
    const result = await simulate(starting('.sync:2', { TimeoutSeconds: 10 }), {}, options());
    expect(result).toMatchObject({ error: 'States.Timeout', stopDate: 10_000 });
    expect(result.children).toMatchObject([{ status: 'ABORTED', stopDate: 10_000 }]);
  });

  it('stops the child when the parent times out', async () => {
    const result = await simulate({ ...starting('.sync:2'), TimeoutSeconds: 20 }, {}, options());
    expect(result).toMatchObject({
      status: 'TIMED_OUT',
      children: [{ status: 'ABORTED', stopDate: 20_000 }],
    });
  });

  it('stops the child when the parent is stopped', async () => {
    const { clock, machines } = options();
    const running = startSimulation(starting('.sync:2'), {}, { clock, machines });
    clock.schedule(5_000, () => running.stop('Enough', 'by hand'));
    const result = await clock.runUntil(running.result);
    expect(result).toMatchObject({
      status: 'ABORTED',
      error: 'Enough',
      cause: 'by hand',
      children: [{ status: 'ABORTED', stopDate: 5_000 }],
    });
  });

  it('fails a second execution of the same name', async () => {
    const machine = starting('.sync:2', { End: undefined, Next: 'Again' });
    const again = {
      ...machine,
      States: { ...machine.States, Again: starting('.sync:2').States['Run'] as State },
    };
    expect((await simulate(again, {}, options())).error).toBe(
      'StepFunctions.ExecutionAlreadyExistsException',
    );
  });

  it('refuses what is wrong in a child before its parent waits for it in vain', async () => {
    const machines = { Child: starting('.sync:2', {}, { StateMachineArn: 'Grandchild' }) };
    await expect(simulate(starting('.waitForTaskToken'), {}, { machines })).rejects.toThrow(
      `options.machines['Grandchild']`,
    );
  });

  it('refuses a machine that nobody gave, in a child as well', async () => {
    await expect(simulate(starting('.sync:2'), {})).rejects.toThrow(`pass it in options.machines['Child']`);
    const machines = { Child: starting('.sync:2', {}, { StateMachineArn: 'Grandchild' }) };
    await expect(simulate(starting('.sync:2'), {}, { machines })).rejects.toThrow(
      `options.machines['Grandchild']`,
    );
  });
});
