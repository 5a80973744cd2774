import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../src/dsl/simulator/clock.ts';
import { simulate } from '../../../src/dsl/simulator/simulate.ts';
import { eventsOf, invoking, machineOf } from './machines.ts';

describe('states', () => {
  it('tells events without keeping them, when no history is wanted', async () => {
    const machine = machineOf({ Only: { Type: 'Pass', Output: 1, End: true } });
    const heard: string[] = [];
    const onEvent = ({ id, type }: { id: number; type: string }) => heard.push(`${id} ${type}`);
    const { output, history } = await simulate(machine, {}, { keepHistory: false, onEvent });
    expect([output, history]).toEqual([1, []]);
    expect(heard).toEqual([
      '1 ExecutionStarted',
      '2 PassStateEntered',
      '3 PassStateExited',
      '4 ExecutionSucceeded',
    ]);
  });

  it('passes the input on, and counts history events as AWS does', async () => {
    const machine = machineOf({
      First: { Type: 'Pass', Assign: { x: 42, y: '{% $states.input.a %}' }, Next: 'Last' },
      Last: { Type: 'Succeed', Output: '{% $x %}' },
    });
    const result = await simulate(
      machine,
      { a: [1] },
      { clock: new VirtualClock(0), name: 'M', executionName: 'e' },
    );
    expect(result).toMatchObject({
      status: 'SUCCEEDED',
      output: 42,
      executionArn: 'arn:aws:states:us-east-1:000000000000:execution:M:e',
      virtualMilliseconds: 0,
    });
    expect(eventsOf(result)).toEqual([
      '1 ExecutionStarted after 0',
      '2 PassStateEntered after 0',
      '3 PassStateExited after 2',
      '4 SucceedStateEntered after 3',
      '5 SucceedStateExited after 4',
      '6 ExecutionSucceeded after 5',
    ]);
    expect(result.history[2]).toEqual({
      id: 3,
      previousEventId: 2,
      timestamp: new Date(0),
      type: 'PassStateExited',
      stateExitedEventDetails: {
        name: 'First',
        output: '{"a":[1]}',
        outputDetails: { truncated: false },
        assignedVariables: { x: '42', y: '[1]' },
        assignedVariablesDetails: { truncated: false },
      },
    });
  });

  it('evaluates Assign and Output from the values at entry', async () => {
    const machine = machineOf({
      A: { Type: 'Pass', Assign: { n: 1 }, Next: 'B' },
      B: { Type: 'Pass', Assign: { n: '{% $n + 1 %}', m: '{% $n %}' }, Output: '{% $n %}', Next: 'C' },
      C: { Type: 'Pass', Output: ['{% $states.input %}', '{% $n %}', '{% $m %}'], End: true },
    });
    expect((await simulate(machine, {})).output).toEqual([1, 2, 1]);
  });

  it('keeps a result of null', async () => {
    const machine = machineOf({
      Ask: { ...invoking('f'), Output: '{% $states.result.Payload %}', End: true },
    });
    expect((await simulate(machine, {}, { functions: { f: () => undefined } })).output).toBeNull();
  });

  it('takes the first Choice rule that holds, with its own Assign and Output', async () => {
    const machine = machineOf({
      Pick: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $states.input.n > 10 %}', Next: 'Big' },
          {
            Condition: '{% $states.input.n > 5 %}',
            Assign: { size: 'medium' },
            Output: 'taken',
            Next: 'End',
          },
        ],
        Default: 'End',
        Assign: { size: 'small' },
      },
      Big: { Type: 'Fail' },
      End: { Type: 'Pass', Output: ['{% $size %}', '{% $states.input %}'], End: true },
    });
    expect((await simulate(machine, { n: 7 })).output).toEqual(['medium', 'taken']);
    expect((await simulate(machine, { n: 1 })).output).toEqual(['small', { n: 1 }]);
    expect(await simulate(machine, { n: 11 })).toMatchObject({ status: 'FAILED' });
  });

  it('fails a Choice that no rule matches, and a Condition that is not boolean', async () => {
    const choice = (Condition: string) =>
      machineOf({
        Pick: { Type: 'Choice', Choices: [{ Condition, Next: 'Done' }] },
        Done: { Type: 'Succeed' },
      });
    expect((await simulate(choice('{% false %}'), {})).error).toBe('States.Runtime');
    const { error, cause } = await simulate(choice('{% 1 %}'), {});
    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toContain(
      "'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'number' for value: 1",
    );
  });

  it('waits in virtual time for seconds and until a timestamp', async () => {
    const machine = machineOf({
      A: { Type: 'Wait', Seconds: '{% $states.input.hours * 3600 %}', Next: 'B' },
      B: { Type: 'Wait', Timestamp: '1970-01-01T09:00:00+01:00', Next: 'C' },
      C: { Type: 'Wait', Timestamp: '1970-01-01T00:00:00Z', End: true },
    });
    const result = await simulate(machine, { hours: 2 }, { clock: new VirtualClock(0) });
    expect(result).toMatchObject({
      status: 'SUCCEEDED',
      virtualMilliseconds: 8 * 3_600_000,
      output: { hours: 2 },
    });
  });

  it('fails a Wait whose timestamp is none, as AWS records it', async () => {
    const machine = machineOf({ A: { Type: 'Wait', Timestamp: '{% $states.input.at %}', End: true } });
    const result = await simulate(machine, { at: '2016-12-05T25:29:29Z' });
    expect(result.cause).toBe(
      "An error occurred while executing the state 'A' (entered at the event id #2). The Timestamp field cannot be " +
        'parsed as an ISO-8601 extended offset date-time format string: 2016-12-05T25:29:29Z',
    );
    expect(eventsOf(result).slice(2)).toEqual(['3 EvaluationFailed after 2', '4 ExecutionFailed after 3']);
  });

  it('fails with the Error and Cause of a Fail state, expressions included', async () => {
    const machine = machineOf({ Stop: { Type: 'Fail', Error: '{% $states.input.e %}', Cause: 'because' } });
    const result = await simulate(machine, { e: 'Oops' });
    expect(result).toMatchObject({ status: 'FAILED', error: 'Oops', cause: 'because' });
    expect(result).not.toHaveProperty('output');
    expect(result.history.at(-1)?.executionFailedEventDetails).toEqual({ error: 'Oops', cause: 'because' });
  });

  it('shows the context object', async () => {
    const machine = machineOf({
      Pause: { Type: 'Wait', Seconds: 5, Next: 'Tell' },
      Tell: { Type: 'Pass', Output: '{% $states.context %}', End: true },
    });
    const options = { clock: new VirtualClock(0), name: 'M', executionName: 'e' };
    expect((await simulate(machine, { a: 1 }, options)).output).toEqual({
      Execution: {
        Id: 'arn:aws:states:us-east-1:000000000000:execution:M:e',
        Input: { a: 1 },
        Name: 'e',
        RoleArn: 'arn:aws:iam::000000000000:role/M',
        StartTime: '1970-01-01T00:00:00.000Z',
        RedriveCount: 0,
      },
      StateMachine: { Id: 'arn:aws:states:us-east-1:000000000000:stateMachine:M', Name: 'M' },
      State: { EnteredTime: '1970-01-01T00:00:05.000Z', Name: 'Tell' },
    });
  });

  it('refuses a transition to a state that is not there', async () => {
    await expect(simulate(machineOf({ A: { Type: 'Pass', Next: 'B' } }), {})).rejects.toThrow(
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next",
    );
  });

  it('tells every event as it happens', async () => {
    const told: string[] = [];
    const onEvent = (event: { type?: string }, { machineName }: { machineName: string }) =>
      told.push(`${machineName} ${event.type}`);
    await simulate(machineOf({ A: { Type: 'Succeed' } }), {}, { name: 'M', onEvent });
    expect(told).toEqual([
      'M ExecutionStarted',
      'M SucceedStateEntered',
      'M SucceedStateExited',
      'M ExecutionSucceeded',
    ]);
  });
});
