import { describe, expect, it } from 'vitest';
import { withBackoff } from '../../../src/tasks/pacing/with-backoff.ts';
import { handClock } from '../../support/hand-clock.ts';
import { awsError } from '../../support/lambda-application.ts';
import { NOW } from '../../support/task-environment.ts';

function failing(times: number, name: string) {
  let calls = 0;
  return {
    calls: () => calls,
    attempt: () => {
      calls += 1;
      return calls <= times ? Promise.reject(awsError(name)) : Promise.resolve('done');
    },
  };
}

const rules = (jitter = 1, minutes = 15) => {
  const clock = handClock(NOW);
  const deadline = clock.now() + minutes * 60_000;
  return { retry: ['TooManyRequestsException'], clock, random: () => jitter, deadline };
};

describe('an attempt with backoff', () => {
  it('is repeated after delays whose ceiling doubles up to fifteen seconds', async () => {
    const { attempt } = failing(7, 'TooManyRequestsException');
    const given = rules();
    await expect(withBackoff(attempt, given)).resolves.toBe('done');
    expect(given.clock.slept).toBe(500 + 1000 + 2000 + 4000 + 8000 + 15_000 + 15_000);
  });

  it('waits a random share of the whole delay', async () => {
    const given = rules(0.25);
    await withBackoff(failing(1, 'TooManyRequestsException').attempt, given);
    expect(given.clock.slept).toBe(125);
  });

  it('throws the last error after ten attempts', async () => {
    const { attempt, calls } = failing(99, 'TooManyRequestsException');
    await expect(withBackoff(attempt, rules())).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    expect(calls()).toBe(10);
  });

  it('throws any other error at once', async () => {
    const { attempt, calls } = failing(1, 'AccessDeniedException');
    await expect(withBackoff(attempt, rules())).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(calls()).toBe(1);
  });

  it('does not sleep past the deadline', async () => {
    const given = rules(1, 0.02);
    await expect(withBackoff(failing(99, 'TooManyRequestsException').attempt, given)).rejects.toMatchObject({
      name: 'TooManyRequestsException',
    });
    expect(given.clock.now()).toBeLessThanOrEqual(given.deadline);
  });
});
