import { describe, expect, it } from 'vitest';
import type { Json, State } from '../../../../src/dsl/asl/machine.ts';
import { VirtualClock } from '../../../../src/dsl/simulator/clock.ts';
import { simulate } from '../../../../src/dsl/simulator/simulate.ts';
import { calling, pathMachine, runState } from './path-machine.ts';

const waiting = (fields: Partial<State>, input: Json = {}) =>
  simulate(pathMachine({ Only: { Type: 'Wait', End: true, ...fields } as State }), input, {
    clock: new VirtualClock(Date.UTC(2026, 0, 1)),
  });

describe('Wait', () => {
  it.each<[object, Json, number]>([
    [{ Seconds: 3 }, {}, 3],
    [{ SecondsPath: '$.s' }, { s: 4 }, 4],
    [{ Timestamp: '2026-01-01T00:01:00Z' }, {}, 60],
    [{ TimestampPath: '$.at' }, { at: '2026-01-01T01:00:10.000+01:00' }, 10],
    [{ TimestampPath: '$.at' }, { at: '1999-01-01T00:00:00Z' }, 0],
  ])('%o', async (fields, input, seconds) => {
    expect((await waiting(fields, input)).virtualMilliseconds).toBe(seconds * 1000);
  });

  it.each<[object, Json, string]>([
    [{ SecondsPath: '$.s' }, {}, 'The SecondsPath parameter does not reference an input value: $.s'],
    [
      { SecondsPath: '$.s' },
      { s: '' },
      'The SecondsPath parameter cannot be parsed as a long value: $.s == ',
    ],
    [{ SecondsPath: '$.s' }, { s: -1 }, 'The SecondsPath parameter references a negative value: $.s == -1'],
    [
      { SecondsPath: '$.s' },
      { s: 'x' },
      'The SecondsPath parameter cannot be parsed as a long value: $.s == x',
    ],
    [
      { TimestampPath: '$.at' },
      { at: '2026-01-01' },
      'The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.at == 2026-01-01',
    ],
    [{ TimestampPath: '$.at' }, { at: '2099-01-01T00:00:00Z' }, 'Wait state delay is too long.'],
  ])('%o of %j ends the execution', async (fields, input, cause) => {
    expect(await waiting(fields, input)).toMatchObject({
      error: 'States.Runtime',
      cause: `An error occurred while executing the state 'Only' (entered at the event id #2). ${cause}`,
    });
  });
});

describe('Fail', () => {
  it('takes error and cause from paths and functions', async () => {
    const state = { Type: 'Fail', ErrorPath: '$.e', CausePath: "States.Format('it was {}', $.e)" } as const;
    expect(await runState(state, { e: 'Broken' })).toMatchObject({ error: 'Broken', cause: 'it was Broken' });
  });

  it('ends with States.Runtime when they lead nowhere', async () => {
    expect((await runState({ Type: 'Fail', ErrorPath: '$.e' })).cause).toContain(
      "The JSONPath '$.e' specified for the field 'ErrorPath' could not be found in the input '{}'",
    );
  });
});

describe('a Task', () => {
  it('takes its bounds from paths', async () => {
    const state = { ...calling, TimeoutSecondsPath: '$.t' };
    const { history } = await runState(state, { t: 30 });
    expect(history[2]?.lambdaFunctionScheduledEventDetails?.timeoutInSeconds).toBe(30);
  });

  it.each<[Json, string]>([
    [{ t: 'soon' }, 'The TimeoutSecondsPath field refers to value "soon" which is not a valid integer: $.t'],
    [{}, "Invalid path '$.t' : No results for path: $['t']"],
  ])('ends with States.Runtime for the bound of %j', async (input, cause) => {
    expect((await runState({ ...calling, TimeoutSecondsPath: '$.t' }, input)).cause).toContain(cause);
  });

  it('shows the role of its Credentials', async () => {
    const state = { ...calling, Credentials: { 'RoleArn.$': '$.role' } };
    const { history } = await runState(state, { role: 'arn:role' });
    expect(history[2]?.lambdaFunctionScheduledEventDetails?.taskCredentials).toEqual({ roleArn: 'arn:role' });
  });
});
