import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { acquireLockHandler } from '../../../src/tasks/acquire-lock/handler.ts';
import { markFrozen } from '../../../src/tasks/ledger/frozen-mark.ts';
import {
  closeIncident,
  readIncident,
  beginFreeze,
  beginThaw,
  markVerified,
  markWriting,
  proveAnew,
} from '../../../src/tasks/ledger/incident-record.ts';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { marksOf } from '../../../src/tasks/selection/selection-mark.ts';
import { rewind } from '../../../src/workflow/rewind.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { executionArn, executions, NOW, taskEnvironment } from '../../support/task-environment.ts';

const RESTORE_POINT = '2026-11-22T03:14:07Z';
const first = {
  incidentId: 'bad-import',
  executionArn: executionArn('first'),
  restorePoint: RESTORE_POINT,
  tables: [{ name: 'orders' }, { name: 'clients' }],
};
const second = { ...first, executionArn: executionArn('second') };
const other = { ...first, incidentId: 'other-thing', executionArn: executionArn('other') };

/** A day longer than a recovery may run. */
const LEASE_MILLISECONDS = (rewind.node.timeoutSeconds + 24 * 60 * 60) * 1000;

const ledger = freshLedger();

const running = executions({ [first.executionArn]: 'RUNNING' });
const failed = executions({ [first.executionArn]: 'FAILED' });

describe('the lock', () => {
  it('is taken with a lease of a day more than a recovery may last, and opens the incident', async () => {
    const environment = taskEnvironment(ledger);
    await expect(acquireLockHandler(first, environment)).resolves.toEqual({
      resuming: false,
      acquiredAt: NOW,
    });
    expect(await ledger.record('lock', 'lock')).toMatchObject({
      incidentId: { S: 'bad-import' },
      executionArn: { S: first.executionArn },
      expiresAt: { S: new Date(Date.parse(NOW) + LEASE_MILLISECONDS).toISOString() },
    });
    expect(await ledger.record('incident#bad-import', 'incident')).toMatchObject({
      state: { S: 'open' },
      restorePoint: { S: RESTORE_POINT },
      openedAt: { S: NOW },
    });
  });

  it('is kept by the execution that holds it, and nothing is written twice', async () => {
    const environment = taskEnvironment(ledger);
    await acquireLockHandler(first, environment);
    const before = await ledger.records();
    environment.clock.advance(60_000);
    await expect(acquireLockHandler(first, environment)).resolves.toEqual({
      resuming: false,
      acquiredAt: NOW,
    });
    expect(await ledger.records()).toEqual(before);
  });

  it('refuses another execution while its holder runs, naming holder, time and remedy', async () => {
    await acquireLockHandler(first, taskEnvironment(ledger));
    const attempt = acquireLockHandler(other, taskEnvironment(ledger, { sfn: running }));
    await expect(attempt).rejects.toMatchObject({
      name: 'LockHeld',
      message: expect.stringMatching(
        /incident bad-import, execution first, since 2026-11-22T12:00:00.000Z.*wait/,
      ),
    });
    expect(await ledger.record('incident#other-thing', 'incident')).toBeUndefined();
  });

  it.each([
    ['has failed', failed],
    ['is forgotten by Step Functions', executions({})],
  ])('is taken over when its holder %s', async (_, sfn) => {
    await acquireLockHandler(first, taskEnvironment(ledger));
    await acquireLockHandler(second, taskEnvironment(ledger, { sfn }));
    expect(await ledger.record('lock', 'lock')).toMatchObject({ executionArn: { S: second.executionArn } });
  });

  it('is taken over when its lease has ended although its holder runs', async () => {
    await acquireLockHandler(first, taskEnvironment(ledger));
    const environment = taskEnvironment(ledger, { sfn: running });
    environment.clock.advance(LEASE_MILLISECONDS - 1);
    await expect(acquireLockHandler(second, environment)).rejects.toMatchObject({ name: 'LockHeld' });
    environment.clock.advance(1);
    await expect(acquireLockHandler(second, environment)).resolves.toMatchObject({ resuming: false });
  });

  it('goes to one of two who see it free at the same moment', async () => {
    const environment = taskEnvironment(ledger, {
      sfn: executions({ [first.executionArn]: 'RUNNING', [other.executionArn]: 'RUNNING' }),
    });
    const results = await Promise.allSettled([
      acquireLockHandler(first, environment),
      acquireLockHandler(other, environment),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('is not taken over from somebody who took it over in between', async () => {
    await acquireLockHandler(first, taskEnvironment(ledger));
    const sfn = executions({ [first.executionArn]: 'FAILED', [other.executionArn]: 'RUNNING' });
    const put = ledger.mock.commandCalls(PutItemCommand).length;
    const results = await Promise.allSettled([
      acquireLockHandler(second, taskEnvironment(ledger, { sfn })),
      acquireLockHandler(
        other,
        taskEnvironment(ledger, { sfn: executions({ [second.executionArn]: 'RUNNING' }) }),
      ),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(ledger.mock.commandCalls(PutItemCommand).length).toBeGreaterThan(put + 1);
  });
});

it('gives the lock back when another incident turns out to be frozen once it is held', async () => {
  ledger.mock.on(PutItemCommand).callsFake(async (input) => {
    if (input.Item?.pk?.S === 'lock') await markFrozen(ledgerOf(taskEnvironment(ledger), 'bad-import'));
    return ledger.engine.send(new PutItemCommand(input));
  });
  await expect(acquireLockHandler(other, taskEnvironment(ledger))).rejects.toMatchObject({
    name: 'LockHeld',
    message: expect.stringContaining('still frozen by incident bad-import'),
  });
  expect(await ledger.record('lock', 'lock')).toBeUndefined();
});

describe('reopening an incident', () => {
  const of = (incidentId: string) => ledgerOf(taskEnvironment(ledger), incidentId);
  const writing = async () => {
    await beginFreeze(of('bad-import'));
    await markWriting(of('bad-import'), marksOf(first.tables), 'run');
  };
  const again = (given = {}) =>
    acquireLockHandler({ ...second, ...given }, taskEnvironment(ledger, { sfn: failed }));

  it('resumes one whose tables are being written', async () => {
    await acquireLockHandler(first, taskEnvironment(ledger));
    await writing();
    await expect(again()).resolves.toMatchObject({ resuming: true });
  });

  it('takes the same restore point written with another offset', async () => {
    await acquireLockHandler(first, taskEnvironment(ledger));
    const request = { ...second, restorePoint: '2026-11-22T04:14:07+01:00' };
    await expect(
      acquireLockHandler(request, taskEnvironment(ledger, { sfn: failed })),
    ).resolves.toMatchObject({
      resuming: false,
    });
  });

  it('refuses another restore point, and gives the lock back', async () => {
    await acquireLockHandler(first, taskEnvironment(ledger));
    const request = { ...second, restorePoint: '2026-11-22T03:14:08Z' };
    await expect(acquireLockHandler(request, taskEnvironment(ledger, { sfn: failed }))).rejects.toMatchObject(
      {
        name: 'IncidentMismatch',
        message: expect.stringContaining('was opened for 2026-11-22T03:14:07Z, got 2026-11-22T03:14:08Z'),
      },
    );
    expect(await ledger.record('lock', 'lock')).toBeUndefined();
  });

  it('refuses a closed incident and asks for a new id', async () => {
    await acquireLockHandler(first, taskEnvironment(ledger));
    await writing();
    await markVerified(of('bad-import'), 'run');
    await closeIncident(of('bad-import'));
    await expect(again()).rejects.toMatchObject({
      name: 'IncidentMismatch',
      message: expect.stringContaining('use a new incident id'),
    });
  });

  it('refuses a verified incident whose thaw has begun, since the application may have written again', async () => {
    await acquireLockHandler(first, taskEnvironment(ledger));
    await writing();
    await markVerified(of('bad-import'), 'run');
    await beginThaw(of('bad-import'), false);
    await expect(again()).rejects.toMatchObject({
      name: 'IncidentMismatch',
      message: expect.stringContaining('start it again, which only thaws the rest'),
    });
    await expect(again({ finishing: true })).resolves.toMatchObject({ resuming: false });
    expect(await readIncident(of('bad-import'))).toMatchObject({ state: 'verified', freeze: 'lifting' });
  });

  it('lets the proof of one that is still frozen count no more, since it is proven anew', async () => {
    await acquireLockHandler(first, taskEnvironment(ledger));
    await writing();
    await markVerified(of('bad-import'), 'run');
    await expect(again()).resolves.toMatchObject({ resuming: true });
    expect(await readIncident(of('bad-import'))).toMatchObject({ state: 'writing', verifiedAt: undefined });
    expect(await beginThaw(of('bad-import'), false)).toBe(false);
  });

  it('says that tables may be half reset although the answer of what withdraws the proof is lost', async () => {
    await acquireLockHandler(first, taskEnvironment(ledger));
    await writing();
    await markVerified(of('bad-import'), first.executionArn);
    ledger.mock.on(UpdateItemCommand).callsFake(async (input) => {
      await ledger.engine.send(new UpdateItemCommand(input)).catch(() => undefined);
      return ledger.engine.send(new UpdateItemCommand(input));
    });
    await expect(again()).resolves.toMatchObject({ resuming: true });
  });

  it('lets none but the new run record a proof, whatever an earlier one that was stopped is still at', async () => {
    await acquireLockHandler(first, taskEnvironment(ledger));
    await writing();
    await expect(again()).resolves.toMatchObject({ resuming: true });
    expect(await markVerified(of('bad-import'), first.executionArn)).toBe(false);
    expect(await markVerified(of('bad-import'), second.executionArn)).toBe(true);
  });

  it('lets the run record its proof whose gate was the last, whatever one that was stopped withdraws late', async () => {
    await acquireLockHandler(first, taskEnvironment(ledger));
    await writing();
    await expect(again()).resolves.toMatchObject({ resuming: true });
    const third = { ...second, executionArn: executionArn('third') };
    await acquireLockHandler(third, taskEnvironment(ledger, { sfn: executions({}) }));
    // Sent once more by an SDK whose execution was stopped meanwhile.
    expect(await proveAnew(of('bad-import'), second.executionArn)).toBe(true);
    expect(await markWriting(of('bad-import'), marksOf(first.tables), third.executionArn)).toBe(true);
    expect(await markVerified(of('bad-import'), second.executionArn)).toBe(false);
    expect(await markVerified(of('bad-import'), third.executionArn)).toBe(true);
  });

  it('finishes none for a table that it has not taken back', async () => {
    await acquireLockHandler(first, taskEnvironment(ledger));
    await writing();
    await markVerified(of('bad-import'), 'run');
    await beginThaw(of('bad-import'), false);
    const tables = [...first.tables, { name: 'carts' }];
    await expect(again({ finishing: true, tables })).rejects.toMatchObject({
      name: 'IncidentMismatch',
      message: expect.stringContaining('bad-import has not taken back carts'),
    });
  });

  it.each(['open', 'writing', 'verified'])('finishes none that is %s and frozen', async (state) => {
    await acquireLockHandler(first, taskEnvironment(ledger));
    if (state === 'open') await beginFreeze(of('bad-import'));
    else await writing();
    if (state === 'verified') await markVerified(of('bad-import'), 'run');
    await expect(again({ finishing: true })).rejects.toMatchObject({
      name: 'IncidentMismatch',
      message: expect.stringContaining('is not being thawed after a proof any more'),
    });
    expect(await ledger.record('lock', 'lock')).toBeUndefined();
  });

  it.each([
    ['that wrote nothing', false],
    ['by force', true],
  ])('lets an incident be frozen once more that was thawed %s', async (_how, force) => {
    await acquireLockHandler(first, taskEnvironment(ledger));
    await beginFreeze(of('bad-import'));
    if (force) await markWriting(of('bad-import'), new Map(), 'run');
    await beginThaw(of('bad-import'), force);
    expect(await beginFreeze(of('bad-import'))).toBe(false);
    await expect(again()).resolves.toMatchObject({ resuming: force });
    expect(await beginFreeze(of('bad-import'))).toBe(true);
  });

  it('refuses one whose tables are half reset when it would not reset all of them alike', async () => {
    await acquireLockHandler(first, taskEnvironment(ledger));
    await beginFreeze(of('bad-import'));
    await markWriting(of('bad-import'), new Map(['orders', 'clients'].map((name) => [name, 'all'])), 'run');
    const environment = taskEnvironment(ledger, { sfn: failed });
    const only = { partitionKey: { equals: 'secret' } };
    const others = [{ name: 'orders', only }, { name: 'images' }];
    await expect(acquireLockHandler({ ...second, tables: others }, environment)).rejects.toMatchObject({
      name: 'IncidentMismatch',
      message:
        "tables: bad-import has begun to reset clients too; tables: bad-import has begun to reset orders with another 'only', or without; " +
        'name every table again as the first run did',
    });
    expect(JSON.stringify(await ledger.records())).not.toContain('secret');
    expect(await ledger.record('lock', 'lock')).toBeUndefined();
    const more = [...second.tables, { name: 'images' }];
    await expect(acquireLockHandler({ ...second, tables: more }, environment)).resolves.toMatchObject({
      resuming: true,
    });
  });

  it('leaves a freeze that stands', async () => {
    await acquireLockHandler(first, taskEnvironment(ledger));
    await writing();
    await again();
    expect(await ledger.record('incident#bad-import', 'incident')).toMatchObject({
      state: { S: 'writing' },
      freeze: { S: 'standing' },
    });
  });

  it('refuses to start on top of the freeze of another incident', async () => {
    await markFrozen(of('old-one'));
    await expect(acquireLockHandler(first, taskEnvironment(ledger))).rejects.toMatchObject({
      name: 'LockHeld',
      message: expect.stringContaining('still frozen by incident old-one'),
    });
    expect(await ledger.record('lock', 'lock')).toBeUndefined();
  });

  it('leaves an expired lease alone while the freeze of its incident stands', async () => {
    await acquireLockHandler(first, taskEnvironment(ledger));
    await markFrozen(of('bad-import'));
    const environment = taskEnvironment(ledger, { sfn: running });
    environment.clock.advance(48 * 60 * 60 * 1000);
    await expect(acquireLockHandler(other, environment)).rejects.toMatchObject({ name: 'LockHeld' });
    expect(await ledger.record('lock', 'lock')).toMatchObject({ executionArn: { S: first.executionArn } });
  });

  it('refuses a restore point that does not exist before anything is written', async () => {
    const request = { ...first, restorePoint: '2026-02-30T03:14:07Z' };
    await expect(acquireLockHandler(request, taskEnvironment(ledger))).rejects.toMatchObject({
      name: 'InvalidInput',
    });
    expect(await ledger.records()).toEqual([]);
  });
});
