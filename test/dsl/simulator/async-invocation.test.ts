import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/dsl/simulator/simulate.ts';
import { SimulationError } from '../../../src/dsl/simulator/simulation-error.ts';
import { eventsOf, machineOf } from './machines.ts';

const telling = machineOf({
  Tell: {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: 'tell', InvocationType: 'Event', Payload: { a: 1 } },
    TimeoutSeconds: 10,
    End: true,
  },
});

describe('lambda:invoke with InvocationType Event', () => {
  it('goes on at once, and the result tells of the function once it has ended', async () => {
    const result = await simulate(
      telling,
      {},
      { functions: { tell: (_, { clock }) => clock.sleep(60_000) } },
    );
    expect(result).toMatchObject({ output: { StatusCode: 202 }, virtualMilliseconds: 0 });
    expect(result.asyncInvocations).toEqual([
      { functionName: 'tell', payload: { a: 1 }, startDate: result.startDate },
    ]);
  });

  it('does not fail with the function', async () => {
    const tell = () => {
      throw Object.assign(new Error('lost'), { name: 'Lost' });
    };
    const result = await simulate(telling, {}, { functions: { tell } });
    expect(result.status).toBe('SUCCEEDED');
    expect(result.asyncInvocations).toMatchObject([
      { error: 'Lost', cause: '{"errorMessage":"lost","errorType":"Lost","trace":[]}' },
    ]);
  });

  it('refuses to go on from what is wrong with the test, though nothing waits for the function', async () => {
    const tell = () => {
      throw new SimulationError('no such fixture');
    };
    await expect(simulate(telling, {}, { functions: { tell } })).rejects.toThrow('no such fixture');
  });
});

describe("a function's ARN as Resource", () => {
  const direct = machineOf({
    Call: {
      Type: 'Task',
      Resource: 'arn:aws:lambda:us-east-1:000000000000:function:double',
      TimeoutSeconds: 10,
      End: true,
    },
  });

  it('invokes the function with the input, and has events of its own', async () => {
    const result = await simulate(direct, 4, { functions: { double: (payload) => Number(payload) * 2 } });
    expect(result.output).toBe(8);
    expect(eventsOf(result).slice(2, 5)).toEqual([
      '3 LambdaFunctionScheduled after 2',
      '4 LambdaFunctionStarted after 3',
      '5 LambdaFunctionSucceeded after 4',
    ]);
    expect(result.history[2]?.lambdaFunctionScheduledEventDetails).toEqual({
      resource: 'arn:aws:lambda:us-east-1:000000000000:function:double',
      input: '4',
      inputDetails: { truncated: false },
      timeoutInSeconds: 10,
    });
  });

  it('fails and times out under those events as well', async () => {
    const failing = () => {
      throw new Error('no');
    };
    const failed = await simulate(direct, 4, { functions: { double: failing } });
    expect(failed.history[4]?.lambdaFunctionFailedEventDetails).toMatchObject({ error: 'Error' });
    const slow = await simulate(direct, 4, { functions: { double: (_, { clock }) => clock.sleep(20_000) } });
    expect(slow.history[4]?.lambdaFunctionTimedOutEventDetails).toEqual({ error: 'States.Timeout' });
  });
});
