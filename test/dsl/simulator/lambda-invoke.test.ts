import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import { VirtualClock } from '../../../src/dsl/simulator/clock.ts';
import { simulate, type Invocation } from '../../../src/dsl/simulator/simulate.ts';
import { SimulationError } from '../../../src/dsl/simulator/simulation-error.ts';
import { StateFailure } from '../../../src/dsl/simulator/state-failure.ts';
import { eventsOf, invoking, machineOf } from './machines.ts';

const asItIs = { FunctionName: 'f', Payload: '{% $states.input %}' };

describe('lambda:invoke', () => {
  it.each(['double', 'arn:aws:lambda:us-east-1:123456789012:function:double', '${double}', 'double:live'])(
    'finds the function of %s by its bare name',
    async (name) => {
      const machine = machineOf({ Ask: { ...invoking(name), End: true } });
      const { output } = await simulate(machine, [21], {
        functions: { double: (payload) => Number((payload as Json[])[0]) * 2 },
      });
      expect(output).toEqual({ ExecutedVersion: '$LATEST', Payload: 42, StatusCode: 200 });
    },
  );

  it.each([
    ['{"a":[1]}', { a: [1] }],
    ['42', 42],
    ['"text"', 'text'],
  ])('takes a Payload that is text for JSON: %s', async (text, value) => {
    const machine = machineOf({ Ask: { ...invoking('f'), Arguments: asItIs, End: true } });
    const { output } = await simulate(machine, text, { functions: { f: (payload) => payload } });
    expect(output).toMatchObject({ Payload: value });
  });

  it('refuses a Payload that is neither JSON text nor can be made into it', async () => {
    const machine = machineOf({ Ask: { ...invoking('f'), Arguments: asItIs, End: true } });
    const functions = { f: () => 1 };
    expect(await simulate(machine, 'hello', { functions })).toMatchObject({
      error: 'Lambda.InvalidRequestContentException',
    });
    const number = await simulate(machine, 5, { functions });
    expect(eventsOf(number).slice(1)).toEqual(['2 TaskStateEntered after 0', '3 ExecutionFailed after 2']);
    expect(number).toMatchObject({
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'Ask' (entered at the event id #2). The Arguments " +
        `'{"FunctionName":"f","Payload":5}' could not be used to start the Task: ` +
        "[The value for the field 'Payload' must be a STRING]",
    });
  });

  it('gives the function a copy of its payload, so that it cannot change the definition', async () => {
    const Arguments = { FunctionName: 'f', Payload: { n: 1 } };
    const machine = machineOf({
      Ask: { ...invoking('f'), Arguments, Next: 'Again' },
      Again: { ...invoking('f'), Arguments, Output: '{% $states.result.Payload %}', End: true },
    });
    const f = (payload: unknown) => ++(payload as { n: number }).n;
    expect((await simulate(machine, {}, { functions: { f } })).output).toBe(2);
  });

  it('takes the reply as JSON', async () => {
    const machine = machineOf({
      Ask: { ...invoking('f'), Output: '{% $states.result.Payload %}', End: true },
    });
    const f = () => ({ at: new Date(0), gone: undefined });
    expect((await simulate(machine, {}, { functions: { f } })).output).toEqual({
      at: '1970-01-01T00:00:00.000Z',
    });
  });

  it('fails under the name of the thrown error, with the cause that Lambda gives', async () => {
    const machine = machineOf({ Ask: { ...invoking('f'), End: true } });
    const f = () => {
      throw new RangeError('too far');
    };
    expect(await simulate(machine, {}, { functions: { f } })).toMatchObject({
      status: 'FAILED',
      error: 'RangeError',
      cause: '{"errorMessage":"too far","errorType":"RangeError","trace":[]}',
    });
  });

  it('fails with exactly the error and cause of a StateFailure, as when Lambda itself refuses', async () => {
    const machine = machineOf({ Ask: { ...invoking('f'), End: true } });
    const f = () => {
      throw new StateFailure('Lambda.TooManyRequestsException', 'Rate Exceeded.');
    };
    const failure = { error: 'Lambda.TooManyRequestsException', cause: 'Rate Exceeded.' };
    expect(await simulate(machine, {}, { functions: { f } })).toMatchObject(failure);
  });

  it('tells the function its time, its deadline and its execution', async () => {
    const machine = machineOf({
      Ask: { ...invoking('f'), TimeoutSeconds: 60, Next: 'Again' },
      Again: { ...invoking('f'), End: true },
    });
    const told: unknown[] = [];
    const f = async (_: unknown, { clock, deadline, executionArn }: Invocation) => {
      told.push([clock.now(), deadline, executionArn]);
      await clock.sleep(30_000);
    };
    const { executionArn } = await simulate(machine, {}, { functions: { f }, clock: new VirtualClock(0) });
    expect(told).toEqual([
      [0, 60_000, executionArn],
      [30_000, 930_000, executionArn],
    ]);
  });

  it('aborts the signal when the task times out', async () => {
    let signal: AbortSignal | undefined;
    const machine = machineOf({ Ask: { ...invoking('f'), TimeoutSeconds: '{% 5 %}', End: true } });
    const f = async (_: unknown, invocation: Invocation) => {
      signal = invocation.signal;
      await invocation.clock.sleep(5_000);
    };
    const result = await simulate(machine, {}, { functions: { f } });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Timeout', virtualMilliseconds: 5_000 });
    expect(result).not.toHaveProperty('cause');
    expect(signal?.aborted).toBe(true);
  });

  it('refuses a function that nobody gave, before any Catch', async () => {
    const machine = machineOf({
      Ask: { ...invoking('f'), Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Ask' }], End: true },
    });
    await expect(simulate(machine, {})).rejects.toThrow(
      new SimulationError(
        `state 'Ask' invokes the function 'f', which is not there; pass it in options.functions['f']`,
      ),
    );
  });
});
