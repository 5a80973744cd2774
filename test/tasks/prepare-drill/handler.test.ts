import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { KeyState } from '@aws-sdk/client-kms';
import { beforeEach, describe, expect, it } from 'vitest';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { takeLock } from '../../../src/tasks/ledger/lock-record.ts';
import { prepareDrillHandler } from '../../../src/tasks/prepare-drill/handler.ts';
import { describeOnly } from '../../support/described-tables.ts';
import { encryptionKeys } from '../../support/encryption-keys.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { awsError } from '../../support/lambda-application.ts';
import { restoreWindow } from '../../support/restore-window.ts';
import { tableDescription } from '../../support/table-description.ts';
import { executionArn, executions, NOW, taskEnvironment } from '../../support/task-environment.ts';

const ledger = freshLedger();
beforeEach(() => {
  describeOnly(ledger, ['orders', 'clients']);
  ledger.mock
    .on(DescribeTimeToLiveCommand)
    .resolves({ TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } });
  window('orders', '2026-11-22T11:55:30.900Z');
  window('clients', '2026-11-22T11:54:10.700Z');
});

function window(name: string, latest: string) {
  ledger.mock
    .on(DescribeContinuousBackupsCommand, { TableName: name })
    .resolves(restoreWindow('2026-10-20T00:00:00Z', latest));
}

const ask = (asked: object = {}, environment = taskEnvironment(ledger)) =>
  prepareDrillHandler({ executionArn: executionArn('first'), ...asked }, environment);

const refusal = async (asked: object, environment = taskEnvironment(ledger)): Promise<string> => {
  const error = await ask(asked, environment).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'DrillRefused' });
  return (error as Error).message;
};

describe('the keys of its tables', () => {
  const KEY = 'arn:aws:kms:us-east-1:123456789012:key/orders';
  beforeEach(() => {
    const SSEDescription = { Status: 'ENABLED' as const, KMSMasterKeyArn: KEY };
    ledger.mock
      .on(DescribeTableCommand, { TableName: 'orders' })
      .resolves({ Table: tableDescription('orders', { SSEDescription }) });
  });
  const under = (state: KeyState | Error) =>
    taskEnvironment(ledger, { kms: encryptionKeys({ [KEY]: state }).client });

  it('must be usable, since the restore needs them', async () => {
    expect(await refusal({}, under('PendingDeletion'))).toContain(
      `orders: the key ${KEY} that encrypts orders is PendingDeletion, and the restore needs it; cancel its deletion`,
    );
    expect(await ask({}, under('Enabled'))).toMatchObject({ warnings: [] });
  });

  it('are warned of when nobody may look at them', async () => {
    const { warnings } = await ask({}, under(awsError('AccessDeniedException')));
    expect(warnings).toEqual([
      expect.stringContaining('whether the keys that encrypt orders can be used is not known'),
    ]);
  });
});

describe('the preparation of a drill', () => {
  it('takes every table to the latest whole second that all of them can be restored to', async () => {
    const { drillId, restorePoint, tables } = await ask();
    expect(restorePoint).toBe('2026-11-22T11:54:10Z');
    expect(tables.map(({ name }) => name)).toEqual(['orders', 'clients']);
    for (const { restoredName } of tables) expect(restoredName).toContain(`-${drillId}-20261122T115410Z-`);
  });

  it('has a live table read at half of what it has, or at the rate of the deployment', async () => {
    const ProvisionedThroughput = { ReadCapacityUnits: 1000, WriteCapacityUnits: 10 };
    ledger.mock
      .on(DescribeTableCommand, { TableName: 'orders' })
      .resolves({ Table: tableDescription('orders', { ProvisionedThroughput }) });
    const readOf = async (environment = taskEnvironment(ledger)) =>
      (await ask({ tables: ['orders'] }, environment)).tables[0]?.drillRates.read;
    expect(await readOf()).toEqual({ unitsPerSecond: 500, adaptive: false });
    const tables = [{ name: 'orders', forensicBackup: true, rates: { readUnitsPerSecond: 700 } }];
    const stated = taskEnvironment(ledger, { system: { tables } });
    expect(await readOf(stated)).toEqual({ unitsPerSecond: 700, adaptive: false });
  });

  it('is the same for every try of one execution, and another one for another', async () => {
    expect(await ask()).toEqual(await ask());
    const { drillId } = await ask({ executionArn: executionArn('second') });
    expect(drillId).not.toBe((await ask()).drillId);
  });

  it('takes only the tables, and the second, that are asked for', async () => {
    const restorePoint = '2026-11-01T00:00:00+01:00';
    const prepared = await ask({ tables: ['clients', 'clients'], restorePoint });
    expect(prepared).toMatchObject({ restorePoint: '2026-10-31T23:00:00Z', tables: [{ name: 'clients' }] });
    expect(prepared.tables).toHaveLength(1);
  });

  it('refuses a table whose point-in-time recovery was switched on just now', async () => {
    const PointInTimeRecoveryDescription = { PointInTimeRecoveryStatus: 'ENABLED' as const };
    ledger.mock.on(DescribeContinuousBackupsCommand, { TableName: 'clients' }).resolves({
      ContinuousBackupsDescription: { ContinuousBackupsStatus: 'ENABLED', PointInTimeRecoveryDescription },
    });
    expect(await refusal({})).toContain('clients: point-in-time recovery was switched on just now');
  });

  it('refuses a table without point-in-time recovery', async () => {
    ledger.mock
      .on(DescribeContinuousBackupsCommand, { TableName: 'clients' })
      .rejects(awsError('ContinuousBackupsUnavailableException'));
    expect(await refusal({})).toContain('clients: point-in-time recovery is off');
  });

  it('refuses all that is wrong at once', async () => {
    const message = await refusal({ tables: ['orders', 'strangers'], restorePoint: '2026-02-30T00:00:00Z' });
    expect(message).toContain('restorePoint: 2026-02-30T00:00:00Z is not a time that exists');
    expect(message).toContain('tables: strangers is not under protection');
  });

  it('refuses more tables than one execution can restore', async () => {
    const tables = Array.from({ length: 101 }, (_, index) => ({
      name: `table-${index}`,
      forensicBackup: true,
    }));
    ledger.mock.on(DescribeTableCommand).callsFake(({ TableName }: { TableName: string }) => ({
      Table: TableName.startsWith('table-') ? tableDescription(TableName) : undefined,
    }));
    for (const { name } of tables) window(name, '2026-11-22T11:55:00Z');
    const environment = taskEnvironment(ledger, { system: { tables } });
    expect(await refusal({}, environment)).toContain('tables: 101 are too many for one drill');
  });

  it('stands back for a recovery that runs, and not for one that has ended', async () => {
    const holder = executionArn('recovery');
    const lock = {
      incidentId: 'bad-import',
      executionArn: holder,
      acquiredAt: NOW,
      expiresAt: '2026-12-22T00:00:00Z',
    };
    await takeLock(ledgerOf(taskEnvironment(ledger), 'bad-import'), lock, undefined);
    const running = taskEnvironment(ledger, { sfn: executions({ [holder]: 'RUNNING' }) });
    expect(await refusal({}, running)).toContain('a recovery comes first: lock: held by incident bad-import');
    const ended = taskEnvironment(ledger, { sfn: executions({ [holder]: 'FAILED' }) });
    await expect(ask({}, ended)).resolves.toMatchObject({ restorePoint: '2026-11-22T11:54:10Z' });
  });
});
