import { beforeEach, describe, expect, it } from 'vitest';
import { checkFrozenHandler } from '../../../src/tasks/check-frozen/handler.ts';
import { markFrozen, unmarkFrozen } from '../../../src/tasks/ledger/frozen-mark.ts';
import { beginFreeze, noteQuestion, openIncident } from '../../../src/tasks/ledger/incident-record.ts';
import { dropLock, takeLock } from '../../../src/tasks/ledger/lock-record.ts';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { executionArn, taskEnvironment, type TestEnvironment } from '../../support/task-environment.ts';

const ledger = freshLedger();
let environment: TestEnvironment;
beforeEach(() => {
  environment = taskEnvironment(ledger);
});

const lock = {
  incidentId: 'bad-import',
  executionArn: executionArn('first'),
  acquiredAt: '2026-11-22T12:00:00.000Z',
  expiresAt: '2027-01-22T12:00:00.000Z',
};
const hours = (count: number) => environment.clock.sleep(count * 3_600_000);
const check = (longestHours = 5) => checkFrozenHandler({ longestHours }, environment);
const freezeOf = (incidentId: string) => ledgerOf(environment, incidentId);

describe('the check of standing freezes', () => {
  it('is content when nothing is frozen', async () => {
    await expect(check()).resolves.toEqual({ frozen: 0 });
  });

  it('is content until the time is over, and then fails naming the incident and since when', async () => {
    await markFrozen(freezeOf('bad-import'));
    await hours(4.99);
    await expect(check()).resolves.toEqual({ frozen: 1 });
    await hours(0.01);
    await expect(check()).rejects.toMatchObject({
      name: 'FrozenTooLong',
      message: expect.stringContaining('more than 5 hours: bad-import since 2026-11-22T12:00:00.000Z;'),
    });
    await expect(check(6)).resolves.toEqual({ frozen: 1 });
  });

  it('counts from the first freeze of an incident, and names only those that are late', async () => {
    await markFrozen(freezeOf('bad-import'));
    await hours(4);
    await markFrozen(freezeOf('bad-import'));
    await markFrozen(freezeOf('other'));
    await hours(2);
    const told = await check().catch((error: Error) => error.message);
    expect(told).toContain('bad-import');
    expect(told).not.toContain('other');
  });

  it('says until when a recovery only waits for a person, and how to answer', async () => {
    for (const incidentId of ['bad-import', 'other']) {
      await openIncident(freezeOf(incidentId), '2026-11-22T03:14:07Z');
      await markFrozen(freezeOf(incidentId));
      await beginFreeze(freezeOf(incidentId));
    }
    await takeLock(freezeOf('bad-import'), lock, undefined);
    await noteQuestion(freezeOf('bad-import'), '2026-11-23T18:00:00.000Z');
    await hours(6);
    const told = await check().catch((error: Error) => error.message);
    expect(told).toContain('bad-import since 2026-11-22T12:00:00.000Z, other since');
    expect(told).toContain('bad-import has not failed');
    expect(told).toContain("waits for a person's yes or no until 2026-11-23T18:00:00.000Z");
    expect(told).not.toContain('other has not failed');

    await hours(24);
    await expect(check()).rejects.toThrow(/give it up and thaw$/);
  });

  it('says no such thing of a run that was refused and stays frozen, since its tables may be half reset', async () => {
    await openIncident(freezeOf('bad-import'), '2026-11-22T03:14:07Z');
    await markFrozen(freezeOf('bad-import'));
    await beginFreeze(freezeOf('bad-import'));
    await takeLock(freezeOf('bad-import'), lock, undefined);
    await noteQuestion(freezeOf('bad-import'), '2026-11-23T18:00:00.000Z');
    await dropLock(freezeOf('bad-import'), lock.executionArn);
    await hours(6);
    await expect(check()).rejects.toThrow(/give it up and thaw$/);
  });

  it('is content after a thaw', async () => {
    await markFrozen(freezeOf('bad-import'));
    await hours(6);
    await unmarkFrozen(freezeOf('bad-import'));
    await expect(check()).resolves.toEqual({ frozen: 0 });
  });

  it('fails for a mark that does not say since when', async () => {
    await ledger.put({ pk: { S: 'frozen' }, sk: { S: 'bad-import' } });
    await expect(check()).rejects.toMatchObject({ name: 'FrozenTooLong' });
  });
});
