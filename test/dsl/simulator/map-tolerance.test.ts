import { describe, expect, it } from 'vitest';
import type { MapState, State } from '../../../src/dsl/asl/machine.ts';
import { simulate } from '../../../src/dsl/simulator/simulate.ts';
import { distributing, eventsOf } from './machines.ts';

const check: { readonly [name: string]: State } = {
  Check: {
    Type: 'Choice',
    Choices: [{ Condition: '{% $states.input < 0 %}', Next: 'Stop' }],
    Default: 'Fine',
  },
  Stop: { Type: 'Fail', Error: 'Negative', Cause: 'below' },
  Fine: { Type: 'Succeed' },
};
const run = (items: readonly number[], rest: Partial<MapState> = {}) =>
  simulate(distributing(check, rest), items, { name: 'M' });
const failing = (failed: number, total: number) =>
  Array.from({ length: total }, (_, index) => (index < failed ? -1 : index));

describe('tolerated failures of a distributed Map', () => {
  it.each([
    [1, 3, undefined, undefined, 'FAILED'],
    [1, 3, 0, 0, 'FAILED'],
    [1, 3, 1, undefined, 'SUCCEEDED'],
    [2, 3, 1, 90, 'FAILED'],
    [3, 3, 3, 100, 'SUCCEEDED'],
    [1, 3, 0, 100, 'SUCCEEDED'],
    [1, 3, 5, 0, 'SUCCEEDED'],
    [1, 3, undefined, 33, 'FAILED'],
    [1, 3, undefined, 34, 'SUCCEEDED'],
    [2, 5, undefined, 40, 'SUCCEEDED'],
    [2, 5, undefined, 39, 'FAILED'],
    [2, 3, 5, 50, 'FAILED'],
    [1, 2, '{% 1 %}', '{% 50 %}', 'SUCCEEDED'],
  ])('%i of %i with count %s and percentage %s: %s', async (...numbers) => {
    const [failed, total, count, percentage, status] = numbers;
    const rest = { ToleratedFailureCount: count, ToleratedFailurePercentage: percentage };
    expect((await run(failing(failed, total), rest as Partial<MapState>)).status).toBe(status);
  });

  it('leave a description of the child in its place', async () => {
    const { output } = await run([1, -1, 3], { ToleratedFailureCount: 1 });
    expect(output).toEqual([
      1,
      {
        Cause: 'below',
        Error: 'Negative',
        ExecutionArn: expect.stringMatching(
          /^arn:aws:states:us-east-1:000000000000:execution:M\/Each:[0-9a-f-]{36}$/,
        ),
        Input: '-1',
        InputDetails: { Included: true },
        Name: expect.stringMatching(/^[0-9a-f-]{36}$/),
        OutputDetails: { Included: true },
        RedriveCount: 0,
        RedriveStatus: 'REDRIVABLE_BY_MAP_RUN',
        StartDate: '2026-01-01T00:00:00.000Z',
        StateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:M/Each',
        Status: 'FAILED',
        StopDate: '2026-01-01T00:00:00.000Z',
      },
      3,
    ]);
  });

  it('fail the run as soon as they are exceeded, and start nothing more', async () => {
    const result = await run([-1, -1, 3], { MaxConcurrency: '{% 1 %}', ToleratedFailureCount: 1 });
    expect(result).toMatchObject({
      error: 'States.ExceedToleratedFailureThreshold',
      cause: 'The specified tolerated failure threshold was exceeded',
    });
    expect(result.children).toHaveLength(2);
    expect(eventsOf(result).slice(2)).toEqual([
      '3 MapStateStarted after 2',
      '4 MapRunStarted after 3',
      '5 MapRunFailed after 4',
      '6 MapStateFailed after 5',
      '7 ExecutionFailed after 6',
    ]);
  });

  it.each([
    [{ ToleratedFailureCount: '{% -1 %}' }, 'ToleratedFailureCount cannot be negative.'],
    [{ ToleratedFailurePercentage: '{% 101 %}' }, 'ToleratedFailurePercentage must be between 0 and 100.'],
  ])('end the execution when they are out of bounds: %o', async (rest, what) => {
    const result = await run([], rest);
    expect(result).toMatchObject({
      error: 'States.Runtime',
      cause: `An error occurred while executing the state 'Each' (entered at the event id #2). ${what}`,
    });
    expect(eventsOf(result).slice(2)).toEqual(['3 MapStateStarted after 2', '4 ExecutionFailed after 3']);
  });

  it('can be retried and caught, with Output and Assign of the Catcher', async () => {
    const machine = distributing(check, {
      Retry: [
        { ErrorEquals: ['States.ExceedToleratedFailureThreshold'], IntervalSeconds: 5, MaxAttempts: 1 },
      ],
      Catch: [
        {
          ErrorEquals: ['States.ALL'],
          Assign: { retries: '{% $states.context.State.RetryCount %}' },
          Output: '{% $states.errorOutput.Error %}',
          Next: 'Tell',
        },
      ],
    });
    const Tell: State = { Type: 'Pass', Output: ['{% $states.input %}', '{% $retries %}'], End: true };
    const result = await simulate({ ...machine, States: { ...machine.States, Tell } }, [-1]);
    expect(result.output).toEqual(['States.ExceedToleratedFailureThreshold', 1]);
    expect(result.virtualMilliseconds).toBe(5_000);
  });
});
