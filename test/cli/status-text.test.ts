import { describe, expect, it } from 'vitest';
import { statusText } from '../../src/cli/status-text.ts';
import type { Incident } from '../../src/tasks/ledger/incident-record.ts';
import { holderStatus } from '../../src/tasks/acquire-lock/holder-status.ts';
import { executionArn, executions, NOW } from '../support/task-environment.ts';

const UNTIL = '2026-11-22T16:00:00.000Z';
const execution = executionArn('first');

/** What is told of an incident that waits for a person, its execution having this status. */
async function told(status: string, incidentId = 'bad-upload', given: Partial<Incident> = {}) {
  const lock = { incidentId, executionArn: execution, acquiredAt: NOW, expiresAt: NOW };
  const incident = {
    state: 'open',
    freeze: 'standing',
    standingSince: NOW,
    restorePoint: '2026-11-22T11:00:00Z',
    openedAt: NOW,
    verifiedAt: undefined,
    answerUntil: UNTIL,
    written: {},
    ...given,
  } as const;
  const holder = await holderStatus(lock, executions(status === '' ? {} : { [execution]: status }));
  return statusText(
    {
      incidentId: 'bad-upload',
      incident,
      lock,
      holder,
      frozen: true,
      keepsCopies: false,
      ledger: 'Shop-ledger',
      tables: [],
    },
    Date.parse(NOW),
  );
}

describe('the status', () => {
  it.each(['RUNNING', 'PENDING_REDRIVE'])(
    'of an execution that is %s tells until when it waits',
    async (status) => {
      const text = await told(status);
      expect(text).toContain(`approval       asked for: a person's yes or no is waited for until ${UNTIL}`);
      expect(text).toContain(`that execution is ${status}\n`);
    },
  );

  it.each([
    ['ABORTED', 'ABORTED'],
    ['', 'forgotten'],
  ])('of an execution that has ended tells that nobody waits (%j)', async (status, word) => {
    const text = await told(status);
    expect(text).toContain('approval       asked for, but nobody waits for the answer any more');
    expect(text).toContain(`that execution is ${word}: it does not go on by itself`);
  });

  it('of an incident that was proven and is not thawed to the end has it started again, unless it goes on', async () => {
    const again = 'to do          start the incident again with the same id: no table is written any more';
    const proven = { state: 'verified', freeze: 'lifting' } as const;
    expect(await told('FAILED', 'bad-upload', proven)).toContain(again);
    expect(await told('RUNNING', 'another', proven)).toContain(again);
    expect(await told('RUNNING', 'bad-upload', proven)).not.toContain(again);
    expect(await told('FAILED', 'bad-upload', { ...proven, freeze: 'standing' })).not.toContain(again);
  });

  it('of a freeze at which nobody works any more tells how it goes on, and how to end it', async () => {
    const thaw = 'npx rewind thaw bad-upload --ledger Shop-ledger';
    expect(await told('ABORTED')).toMatch(new RegExp(`to do .* start the incident again .*: ${thaw}\\n`));
    expect(await told('FAILED', 'bad-upload', { state: 'writing' })).toMatch(
      new RegExp(`to do .*half reset.* start the incident again .*: ${thaw} --force\\n`),
    );
    expect(await told('RUNNING', 'another')).toContain('to do');
    expect(await told('RUNNING')).not.toContain('to do');
  });

  it('does not tell that no freeze has begun where an earlier thaw was not through', async () => {
    const reopened = { freeze: undefined, standingSince: undefined };
    expect(await told('FAILED', 'bad-upload', reopened)).toContain(
      'freeze         not begun again: a part may still be frozen',
    );
  });

  it('tells that nobody waits when another incident has the lock', async () => {
    expect(await told('RUNNING', 'another')).toContain('nobody waits for the answer any more');
  });
});
