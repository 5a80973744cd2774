import { describe, expect, it } from 'vitest';
import { retriesOf } from '../../../src/dsl/authoring/retry.ts';
import { dynamodb, lambda } from '../../../src/dsl/authoring/sdk.ts';
import { task } from '../../../src/dsl/authoring/task.ts';
import { workflow } from '../../../src/dsl/authoring/workflow.ts';
import * as z from 'zod';

const empty = z.object({});
const doIt = task('DoIt', { input: empty, output: empty, errors: [], timeout: '1 minute' });
const child = workflow('Child', { input: empty, output: empty, timeout: '1 minute' }).returns(() => ({}));

describe('the retries of a call', () => {
  it('are, for a task, those of Lambda’s passing faults', () => {
    const [only, ...more] = retriesOf(doIt({}).node, undefined);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ intervalSeconds: 2, maxAttempts: 6, backoffRate: 2, maxDelaySeconds: 60 });
    expect(only?.errors).toContain('Lambda.TooManyRequestsException');
    expect(only?.errors).toContain('Lambda.ServiceException');
    expect(only?.errors).not.toContain('States.TaskFailed');
  });

  it('are, for an SDK call, throttling and server faults under its service’s own prefix', () => {
    expect(retriesOf(dynamodb.listTables({}).node, undefined)[0]?.errors).toContain(
      'DynamoDb.ThrottlingException',
    );
    expect(retriesOf(lambda.listFunctions({}).node, undefined)[0]?.errors).toContain(
      'Lambda.TooManyRequestsException',
    );
  });

  it('cover a child execution only where none was started', () => {
    expect(retriesOf(child({}).node, undefined)).toMatchObject([
      { errors: ['StepFunctions.ExecutionLimitExceededException', 'StepFunctions.ThrottlingException'] },
    ]);
  });

  it("begin with the author's own", () => {
    const own = {
      errors: ['Busy'],
      interval: '5 seconds',
      maxAttempts: 3,
      backoffRate: 1,
      maxDelay: '2 minutes',
    } as const;
    const retries = retriesOf(doIt({}).node, [own, { errors: ['Slow'] }]);
    expect(retries.map(({ errors }) => errors[0])).toEqual([
      'Busy',
      'Slow',
      'Lambda.ClientExecutionTimeoutException',
    ]);
    expect(retries[0]).toEqual({
      errors: ['Busy'],
      intervalSeconds: 5,
      maxAttempts: 3,
      backoffRate: 1,
      maxDelaySeconds: 120,
    });
  });

  it("are only the author's own when those have States.ALL, which nothing may follow", () => {
    const retries = retriesOf(doIt({}).node, [{ errors: ['Busy'] }, { errors: ['States.ALL'] }]);
    expect(retries.map(({ errors }) => errors)).toEqual([['Busy'], ['States.ALL']]);
  });

  it("are none when the author says 'none'", () => {
    expect(retriesOf(doIt({}).node, 'none')).toEqual([]);
  });
});
