import { describe, expect, it } from 'vitest';
import { testState } from '../../../../src/dsl/index.ts';

const mock = { errorOutput: { error: 'Busy', cause: 'Try later.' } };

const task = (handlers: object) => ({
  Type: 'Task',
  QueryLanguage: 'JSONata',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'f' },
  End: true,
  ...handlers,
});

const tested = async (handlers: object, retrierRetryCount = 0) => {
  const { inspectionData, ...ending } = await testState({
    definition: task(handlers),
    mock,
    inspectionLevel: 'DEBUG',
    stateConfiguration: { retrierRetryCount },
  });
  return { ...ending, details: inspectionData?.errorDetails };
};

describe('a mocked error', () => {
  it('fails the state when nothing takes it', async () => {
    expect(await tested({})).toEqual({
      status: 'FAILED',
      error: 'Busy',
      cause: 'Try later.',
      details: undefined,
    });
  });

  it('is to be retried by the first Retrier that names it, with its backoff', async () => {
    const Retry = [
      { ErrorEquals: ['Other'] },
      { ErrorEquals: ['Busy'], IntervalSeconds: 3, BackoffRate: 2, MaxDelaySeconds: 10, MaxAttempts: 5 },
    ];
    expect(await tested({ Retry }, 1)).toMatchObject({
      status: 'RETRIABLE',
      details: { retryIndex: 1, retryBackoffIntervalSeconds: 6 },
    });
    expect((await tested({ Retry }, 2)).details).toEqual({ retryIndex: 1, retryBackoffIntervalSeconds: 10 });
  });

  it('is caught once its Retrier has no attempts left', async () => {
    const handlers = {
      Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 2 }],
      Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput %}', Next: 'Later' }],
    };
    expect(await tested(handlers, 1)).toMatchObject({ status: 'RETRIABLE' });
    expect(await tested(handlers, 2)).toEqual({
      status: 'CAUGHT_ERROR',
      error: 'Busy',
      cause: 'Try later.',
      output: { Error: 'Busy', Cause: 'Try later.' },
      nextState: 'Later',
      details: { retryIndex: 0, catchIndex: 0 },
    });
  });

  it('fails the state with what goes wrong in the Catcher', async () => {
    const Catch = [{ ErrorEquals: ['Busy'], Output: '{% $states.input.none %}', Next: 'Later' }];
    expect(await tested({ Catch })).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  });

  it('sets the variables of its Catcher', async () => {
    const Catch = [
      { ErrorEquals: ['Busy'], Assign: { seen: '{% $states.errorOutput.Error %}' }, Next: 'Later' },
    ];
    const { inspectionData } = await testState({
      definition: task({ Catch }),
      mock,
      inspectionLevel: 'TRACE',
    });
    expect(inspectionData?.variables).toEqual({ seen: 'Busy' });
  });
});
