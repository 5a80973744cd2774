import { describe, expect, it } from 'vitest';
import { outcomeText } from '../../src/cli/outcome-text.ts';
import { executionArn } from '../support/task-environment.ts';

const failed = (state: string, cause = 'not today') =>
  outcomeText(
    {
      execution: {
        $metadata: {},
        executionArn: executionArn('first'),
        stateMachineArn: undefined,
        status: 'FAILED',
        startDate: undefined,
        error: 'Failed',
        cause,
      },
      state,
    },
    'bad-upload-42',
  );
const again = 'start it again with the same incident id: it thaws what is still frozen';

describe('what to do when a recovery has failed', () => {
  it.each(['Thawed', 'Finished.Rest.ThawedToTheEnd'])(
    'in %s: tables are proven, so it is started again, to thaw the rest',
    (state) => {
      const text = failed(state);
      expect(text).toContain(
        'Every table is proven right. Take it that a part of the application is still frozen',
      );
      expect(text).toContain(again);
      expect(text).not.toContain('goes on where this one stopped');
    },
  );

  it.each(['CleanedUp.Remove.Removals', 'Report', 'Finished.Rest.Leftovers', 'Finished.Rest.Reported'])(
    'in %s: the application runs, so that it is started again to finish',
    (state) => {
      const text = failed(state);
      expect(text).toContain('Every table is proven right, and the application runs again.');
      expect(text).toContain(again);
      expect(text).not.toContain('goes on where this one stopped');
    },
  );

  it.each(['Unlocked', 'Finished.Rest.Released'])(
    'in %s: the recovery is complete, and would be refused if it were started again',
    (state) => {
      const text = failed(state);
      expect(text).toContain('The recovery is complete');
      expect(text).toContain('Do not start it again');
      expect(text).not.toContain('still frozen');
      expect(text).not.toContain('with the same incident id');
    },
  );

  it.each(['Found', 'Finished.Rest.Relocked', 'Surveyed', 'Plan', 'Locked'])(
    'in %s: nothing is touched, and it is started again',
    (state) => {
      const text = failed(state);
      expect(text).toContain('This run has touched nothing.');
      expect(text).toContain('start it again with the same incident id');
      expect(text).not.toContain('half reset');
    },
  );

  it.each([
    ['Plan', 'nothing was touched; lock: held by incident other'],
    ['Locked.Undo', 'lock: held by incident other [undone: locked]'],
  ])('in %s: whether the application runs, an earlier run or another incident decides', (state, cause) => {
    const text = failed(state, cause);
    expect(text).toContain('This run has touched nothing.');
    expect(text).toContain('npx rewind status bad-upload-42');
    expect(text).not.toContain('the application runs on');
  });

  it('is not told to thaw what only a new run or force ends', () => {
    const text = failed('Locked.Undo', 'no [undone: locked] [NOT UNDONE: frozen (StaysFrozen: half reset)]');
    expect(text).toContain(
      'The application is still frozen: correct what the cause says, and start it again',
    );
    expect(text).toContain('npx rewind status bad-upload-42');
    expect(text).not.toContain('npx rewind thaw');
  });

  it('is not told that the application is frozen where only the lock was not given back', () => {
    const text = failed('Locked.Undo', 'no [undone: frozen] [NOT UNDONE: locked (States.Timeout: )]');
    expect(text).toContain('the application runs on');
    expect(text).not.toContain('frozen:');
  });

  it.each(['Recovered', 'SweptAfterReset', 'Proven'])('in %s: it is started again as a whole', (state) => {
    const text = failed(state);
    expect(text).toContain('still frozen and tables are half reset');
    expect(text).toContain('start it again with the same incident id');
    expect(text).not.toContain(again);
  });
});

it('names the report of a recovery whose output may not be decrypted', () => {
  const text = outcomeText(
    { execution: { $metadata: {}, status: 'SUCCEEDED' } as never, state: 'Report' },
    'abc',
  );
  expect(text).toContain('RECOVERED: abc');
  expect(text).toContain('npx rewind report abc --ledger');
});
