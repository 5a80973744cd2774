import { DescribeContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { checkUndoableHandler } from '../../../src/tasks/check-undoable/handler.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { NO_RESTORE_WINDOW, restoreWindow } from '../../support/restore-window.ts';
import { taskEnvironment } from '../../support/task-environment.ts';

const ledger = freshLedger();

function latestRestorable(table: string, latest: string | undefined) {
  ledger.mock
    .on(DescribeContinuousBackupsCommand, { TableName: table })
    .resolves(restoreWindow('2026-11-01T00:00:00Z', latest));
}

const ask = (since: string, environment = taskEnvironment(ledger)) =>
  checkUndoableHandler({ tables: ['orders', 'clients'], since }, environment);

describe('whether the damaged state can be restored', () => {
  it('is told by the table that lags most', async () => {
    latestRestorable('orders', '2026-11-22T11:55:00Z');
    latestRestorable('clients', '2026-11-22T11:50:00Z');
    await expect(ask('2026-11-22T11:52:00Z')).resolves.toEqual({
      ready: false,
      latestRestorable: '2026-11-22T11:50:00.000Z',
      // The second table's window was read an eighth of a second later.
      checkedAt: '2026-11-22T12:00:00.125Z',
    });
    await expect(ask('2026-11-22T11:49:59.999Z')).resolves.toMatchObject({ ready: true });
  });

  it('needs a time past the moment, not the moment itself', async () => {
    latestRestorable('orders', '2026-11-22T11:55:00Z');
    latestRestorable('clients', '2026-11-22T11:55:00Z');
    await expect(ask('2026-11-22T11:55:00Z')).resolves.toMatchObject({ ready: false });
  });

  it('is not so while a table has no restorable time yet', async () => {
    latestRestorable('orders', '2026-11-22T11:55:00Z');
    latestRestorable('clients', undefined);
    await expect(ask('2026-11-22T11:00:00Z')).resolves.toMatchObject({ ready: false });
  });

  it('is not so while recovery that was switched off and on again has only begun', async () => {
    latestRestorable('orders', '2026-11-22T11:55:00Z');
    ledger.mock
      .on(DescribeContinuousBackupsCommand, { TableName: 'clients' })
      .resolves(restoreWindow('2026-11-22T11:58:00Z', '2026-11-22T11:55:00Z'));
    await expect(ask('2026-11-22T11:00:00Z')).resolves.toMatchObject({ ready: false });
  });

  it('asks at less than ten times a second', async () => {
    const tables = Array.from({ length: 40 }, (_, index) => `table-${index}`);
    for (const table of tables) latestRestorable(table, '2026-11-22T11:55:00Z');
    const environment = taskEnvironment(ledger);
    await checkUndoableHandler({ tables, since: '2026-11-22T11:00:00Z' }, environment);
    expect(environment.clock.slept).toBeGreaterThanOrEqual((39 / 10) * 1000);
  });

  it('refuses tables without point-in-time recovery by name', async () => {
    latestRestorable('orders', '2026-11-22T11:55:00Z');
    ledger.mock.on(DescribeContinuousBackupsCommand, { TableName: 'clients' }).resolves(NO_RESTORE_WINDOW);
    await expect(ask('2026-11-22T11:00:00Z')).rejects.toMatchObject({
      name: 'NotUndoable',
      message: expect.stringMatching(/^clients: point-in-time recovery is off/),
    });
  });

  it('refuses a moment that is no time', async () => {
    await expect(ask('soon')).rejects.toMatchObject({ name: 'InvalidInput' });
  });
});
