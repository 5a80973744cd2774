import {
  DescribeContinuousBackupsCommand,
  DescribeTimeToLiveCommand,
  DescribeTableCommand,
  ListTablesCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import type { KeyState } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { configuredSystem } from '../../../src/tasks/configured-system.ts';
import { markFrozen } from '../../../src/tasks/ledger/frozen-mark.ts';
import { openIncident } from '../../../src/tasks/ledger/incident-record.ts';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { takeLock } from '../../../src/tasks/ledger/lock-record.ts';
import { preflightHandler } from '../../../src/tasks/preflight/handler.ts';
import { FIRST_RATES } from '../../../src/tasks/pacing/rates.ts';
import { restoredName } from '../../../src/tasks/preflight/restored-name.ts';
import { encryptionKeys } from '../../support/encryption-keys.ts';
import { awsError } from '../../support/lambda-application.ts';
import { ledgerTable, type LedgerTable } from '../../support/ledger-table.ts';
import { tableArn, tableDescription } from '../../support/table-description.ts';
import { executionArn, executions, NOW, taskEnvironment } from '../../support/task-environment.ts';

const RESTORE_POINT = '2026-11-22T03:14:07Z';
const request = {
  incidentId: 'bad-import',
  restorePoint: RESTORE_POINT,
  tables: [
    { name: 'orders', confirm: 'orders' },
    { name: 'clients', confirm: 'clients' },
  ],
  executionArn: executionArn('first'),
  faults: [] as string[],
  warnings: [] as string[],
};
const restoredNameOf = (table: string) =>
  restoredName({ table, incidentId: 'bad-import', restorePoint: RESTORE_POINT });
const RESTORED_ORDERS = restoredNameOf('orders');

let ledger: LedgerTable;
beforeAll(async () => {
  ledger = await ledgerTable();
});
beforeEach(async () => {
  await ledger.reset();
  ledger.mock.on(DescribeTableCommand).rejects(awsError('ResourceNotFoundException'));
  for (const name of ['orders', 'clients']) {
    describes(name);
    window(name, '2026-10-20T00:00:00Z', '2026-11-22T11:55:00Z');
  }
  ledger.mock.on(ListTablesCommand).resolves({ TableNames: ['orders', 'clients'] });
  ledger.mock
    .on(DescribeTimeToLiveCommand)
    .resolves({ TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } });
});
afterAll(() => ledger.close());

function describes(name: string, different?: TableDescription) {
  ledger.mock
    .on(DescribeTableCommand, { TableName: name })
    .resolves({ Table: tableDescription(name, different) });
}

function window(name: string, earliest: string, latest: string) {
  ledger.mock.on(DescribeContinuousBackupsCommand, { TableName: name }).resolves({
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: {
        PointInTimeRecoveryStatus: 'ENABLED',
        EarliestRestorableDateTime: new Date(earliest),
        LatestRestorableDateTime: new Date(latest),
      },
    },
  });
}

const environmentOf = (given: Parameters<typeof taskEnvironment>[1] = {}) => taskEnvironment(ledger, given);

/** The message of the refusal that this request, or these circumstances, must meet. */
async function refusal(
  different: Partial<typeof request> = {},
  environment = environmentOf(),
): Promise<string> {
  const error = await preflightHandler({ ...request, ...different }, environment).then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  expect(error).toMatchObject({ name: 'PreflightRefused' });
  return error?.message ?? '';
}

describe('a rate at which a table cannot be read in time', () => {
  it('is refused, with the least that would do', async () => {
    describes('orders', { TableSizeBytes: 1024 ** 4 });
    const tables = request.tables.map((table, index) =>
      index === 0 ? { ...table, rates: { readUnitsPerSecond: 100 } } : table,
    );
    expect(await refusal({ tables })).toContain(
      'tables[0].name: at 100 read units a second it takes 746 hours to read orders once, and a recovery reads it ' +
        'three times; give rates.readUnitsPerSecond of at least 2073',
    );
  });

  it('is refused when it is too low for any table', async () => {
    const tables = request.tables.map((table) => ({ ...table, rates: { writeUnitsPerSecond: 1 } }));
    await expect(preflightHandler({ ...request, tables }, environmentOf())).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining('input.tables.0.rates.writeUnitsPerSecond'),
    });
  });
});

describe('the keys that encrypt the tables', () => {
  const key = (name: string) => `arn:aws:kms:us-east-1:123456789012:key/${name}`;
  const encrypted = (name: string, by: string) =>
    describes(name, { SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: key(by) } });
  beforeEach(() => {
    encrypted('orders', 'shared');
    encrypted('clients', 'shared');
  });

  it('are asked for once each, and may be used when they are Enabled', async () => {
    const { client, mock } = encryptionKeys({ [key('shared')]: 'Enabled' });
    const plan = await preflightHandler(request, environmentOf({ kms: client }));
    expect(plan.warnings.join()).not.toContain('key');
    expect(mock.calls()).toHaveLength(1);
  });

  it.each<[KeyState, string]>([
    ['Disabled', 'enable it'],
    ['PendingDeletion', 'cancel its deletion, and enable it'],
    ['PendingReplicaDeletion', 'cancel its deletion, and enable it'],
    ['PendingImport', 'import its key material again'],
    ['Unavailable', 'connect its custom key store again'],
    ['Creating', 'wait until it is Enabled'],
    ['Updating', 'wait until it is Enabled'],
    ['Melting' as KeyState, 'see that it is Enabled'],
  ])('are refused in the state %s, for every table, with the remedy', async (state, remedy) => {
    encrypted('clients', 'own');
    const { client: kms } = encryptionKeys({ [key('shared')]: 'Enabled', [key('own')]: state });
    const message = await refusal({}, environmentOf({ kms }));
    expect(message).toContain(
      `tables[1].name: the key ${key('own')} that encrypts clients is ${state}, and the restore needs it; ` +
        `${remedy}, and start again`,
    );
    expect(message).not.toContain('encrypts orders');
  });

  it('are refused when they are gone, beside what else is wrong with the table', async () => {
    window('orders', '2026-11-22T04:00:00Z', '2026-11-22T11:55:00Z');
    const { client: kms } = encryptionKeys({ [key('shared')]: awsError('NotFoundException') });
    const message = await refusal({}, environmentOf({ kms }));
    expect(message).toContain(`tables[0].name: the key ${key('shared')} that encrypts orders does not exist`);
    expect(message).toContain(
      `tables[1].name: the key ${key('shared')} that encrypts clients does not exist`,
    );
    expect(message).toMatch(/^- tables\[0\]\.name: .*2026-11-22T04:00:00Z/m);
  });

  it('are a warning when nobody may look at them', async () => {
    const { warnings } = await preflightHandler(request, environmentOf());
    expect(warnings).toContainEqual(
      'tables: whether the keys that encrypt orders, clients can be used is not known (kms:DescribeKey was denied); ' +
        'an AWS managed key always can, a customer managed key must be named in the deployment, or the restore fails',
    );
  });

  it('end the preflight when KMS does not answer', async () => {
    const { client: kms } = encryptionKeys({ [key('shared')]: awsError('KMSInternalException') });
    await expect(preflightHandler(request, environmentOf({ kms }))).rejects.toThrow('KMSInternalException');
  });
});

describe('the tables that an account may have', () => {
  /** An account with so many tables, which are told a hundred at a time. */
  function has(tables: number) {
    ledger.mock.on(ListTablesCommand).callsFake(({ ExclusiveStartTableName: after }) => {
      const before = after === undefined ? 0 : Number(after);
      const page = Math.min(100, tables - before);
      const next = before + page;
      return {
        TableNames: Array.from({ length: page }, (_, index) => String(before + index)),
        LastEvaluatedTableName: next < tables ? String(next) : undefined,
      };
    });
  }
  const warnings = async () => (await preflightHandler(request, environmentOf())).warnings.join();

  it.each([2499, 2500])('are a warning when %i leave no room for the restored ones', async (tables) => {
    has(tables);
    expect(await warnings()).toContain(
      `tables: this account has ${tables} tables in this region and 2 are to be restored beside them, more than the ` +
        '2500 that DynamoDB allows unless the quota was raised; raise it, or delete tables that nobody needs',
    );
  });

  it.each([2498, 2501, 9000])(
    'are none when %i leave room, or show that the quota was raised',
    async (tables) => {
      has(tables);
      expect(await warnings()).not.toContain('this account has');
      expect(ledger.mock.commandCalls(ListTablesCommand).length).toBeLessThanOrEqual(26);
    },
  );

  it('are not asked after where that is denied', async () => {
    ledger.mock.on(ListTablesCommand).rejects(awsError('AccessDeniedException'));
    expect(await warnings()).not.toContain('this account has');
    ledger.mock.on(ListTablesCommand).rejects(awsError('InternalServerError'));
    await expect(warnings()).rejects.toThrow('InternalServerError');
  });
});

it('refuses what would not fit into the payloads of an execution', async () => {
  const attribute = Array.from({ length: 32 }, () => 'a'.repeat(255));
  const value = 'x'.repeat(2000);
  const where = Array.from({ length: 10 }, () => ({
    attribute,
    equals: value,
    beginsWith: value,
    atLeast: value,
  }));
  const tables = request.tables.map((table) => ({ ...table, only: { where } }));
  expect(await refusal({ tables })).toMatch(
    /- tables: what the execution has to keep of these 2 takes up to \d{6} bytes, and the payload of a state has room for 256000; name fewer tables in one recovery, or give shorter conditions in 'only'$/,
  );
});

describe('a preflight that finds no fault', () => {
  it('plans a selection with its table, and none with the others', async () => {
    const only = { partitionKey: { beginsWith: 'secret-tenant#' }, sortKey: { equals: 7 } };
    const tables = [{ name: 'orders', confirm: 'orders', only }, ...request.tables.slice(1)];
    const plan = await preflightHandler({ ...request, tables }, environmentOf());
    expect(plan.tables[0]?.only).toEqual(only);
    expect(plan.tables[1]).not.toHaveProperty('only');
  });

  it('plans every table, and tells what the survey warns of', async () => {
    describes('clients', { TableSizeBytes: 300 * 1024 * 1024 });
    const asked = { ...request, restorePoint: '2026-11-22T04:14:07+01:00', warnings: ['blog-a goes on'] };
    await expect(preflightHandler(asked, environmentOf())).resolves.toEqual({
      restorePoint: RESTORE_POINT,
      tables: [
        {
          name: 'orders',
          arn: tableArn('orders'),
          restoredName: RESTORED_ORDERS,
          segments: 1,
          atOnce: 1,
          stride: 1,
          rates: FIRST_RATES,
          sensitive: false,
          forensicBackup: true,
          timeToLive: null,
        },
        {
          name: 'clients',
          arn: tableArn('clients'),
          restoredName: restoredNameOf('clients'),
          segments: 3,
          atOnce: 3,
          stride: 1,
          rates: FIRST_RATES,
          sensitive: false,
          forensicBackup: true,
          timeToLive: null,
        },
      ],
      warnings: ['blog-a goes on'],
      approvalHours: 4,
      quietMinutes: 3,
    });
  });

  it('writes nothing to the ledger', async () => {
    await preflightHandler(request, environmentOf());
    expect(await ledger.records()).toEqual([]);
  });

  const planned = async (system: object, rates?: object) => {
    const tables = request.tables.slice(0, 1).map((table) => ({ ...table, rates }));
    const result = await preflightHandler({ ...request, tables }, environmentOf({ system }));
    return result.tables[0];
  };

  it('begins with what a table is known to give', async () => {
    describes('orders', { ProvisionedThroughput: { ReadCapacityUnits: 1200, WriteCapacityUnits: 150 } });
    expect(await planned({})).toMatchObject({
      rates: {
        write: { unitsPerSecond: 150, adaptive: true },
        read: { unitsPerSecond: 1200, adaptive: true },
      },
    });
    describes('orders', {
      ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
      OnDemandThroughput: { MaxReadRequestUnits: -1, MaxWriteRequestUnits: 900 },
      WarmThroughput: { ReadUnitsPerSecond: 24_000, WriteUnitsPerSecond: 8_000 },
    });
    expect(await planned({})).toMatchObject({
      rates: {
        write: { unitsPerSecond: 900, adaptive: true },
        read: { unitsPerSecond: 24_000, adaptive: true },
      },
    });
  });

  it("keeps to the system's rates, and to the request's before them, with fewer segments at once", async () => {
    describes('orders', { TableSizeBytes: 8 * 1024 ** 3 });
    const rates = { readUnitsPerSecond: 2000, writeUnitsPerSecond: 1000 };
    const system = { tables: [{ name: 'orders', forensicBackup: true, rates }] };
    expect(await planned(system)).toMatchObject({
      segments: 64,
      atOnce: 4,
      rates: {
        write: { unitsPerSecond: 1000, adaptive: false },
        read: { unitsPerSecond: 2000, adaptive: false },
      },
    });
    expect(await planned(system, { writeUnitsPerSecond: 50 })).toMatchObject({
      segments: 64,
      atOnce: 1,
      rates: {
        write: { unitsPerSecond: 50, adaptive: false },
        read: { unitsPerSecond: 2000, adaptive: false },
      },
    });
  });

  it("follows the system's own segments and its word on backups", async () => {
    const system = { tables: [{ name: 'orders', forensicBackup: false, segments: 12 }] };
    const environment = environmentOf({ system });
    const { tables } = await preflightHandler({ ...request, tables: [request.tables[0]] }, environment);
    expect(tables).toMatchObject([{ segments: 12, forensicBackup: false }]);
  });

  it.each([
    ['ENABLED', 'expiresAt'],
    ['ENABLING', 'expiresAt'],
    // For up to an hour it may still delete.
    ['DISABLING', 'expiresAt'],
    ['DISABLED', null],
  ] as const)('plans with the time to live of a table (%s)', async (TimeToLiveStatus, timeToLive) => {
    ledger.mock.on(DescribeTimeToLiveCommand, { TableName: 'orders' }).resolves({
      TimeToLiveDescription: { TimeToLiveStatus, AttributeName: 'expiresAt' },
    });
    const { tables } = await preflightHandler(request, environmentOf());
    expect(tables).toMatchObject([
      { name: 'orders', timeToLive },
      { name: 'clients', timeToLive: null },
    ]);
  });

  it.each(['ACTIVE', 'CREATING'] as const)(
    'takes over what an earlier try restored (%s)',
    async (TableStatus) => {
      describes(RESTORED_ORDERS, {
        TableStatus,
        RestoreSummary: {
          SourceTableArn: tableArn('orders'),
          RestoreDateTime: new Date(RESTORE_POINT),
          RestoreInProgress: TableStatus === 'CREATING',
        },
      });
      await expect(preflightHandler(request, environmentOf())).resolves.toMatchObject({
        tables: [{ restoredName: RESTORED_ORDERS }, {}],
      });
    },
  );

  it('needs no restore window for what an earlier try has restored', async () => {
    window('orders', '2026-11-22T05:00:00Z', '2026-11-22T11:55:00Z');
    describes(RESTORED_ORDERS, { RestoreSummary: summary() });
    await expect(preflightHandler(request, environmentOf())).resolves.toMatchObject({
      tables: [{ restoredName: RESTORED_ORDERS }, {}],
    });
  });

  it('asks for restore windows at less than ten a second', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `table-${index}`);
    for (const name of names) {
      describes(name);
      window(name, '2026-10-20T00:00:00Z', '2026-11-22T11:55:00Z');
    }
    const environment = environmentOf({
      system: { tables: names.map((name) => ({ name, forensicBackup: true })) },
    });
    await preflightHandler(
      { ...request, tables: names.map((name) => ({ name, confirm: name })) },
      environment,
    );
    expect(environment.clock.slept).toBeGreaterThanOrEqual((39 / 10) * 1000);
  });
});

describe('a preflight refuses', () => {
  it('a selection that the table cannot have, beside all else, and tells none of its values', async () => {
    const only = { partitionKey: { equals: 77123 }, sortKey: { equals: 'secret' } };
    const tables = [{ name: 'orders', confirm: 'order', only }];
    const message = await refusal({ tables });
    expect(message).toContain("tables[0].only.partitionKey.equals: is a number, but the key 'pk' holds text");
    expect(message).toContain("tables[0].only.sortKey.equals: is text, but the key 'sk' holds a number");
    expect(message).toContain('tables[0].confirm');
    expect(message).not.toMatch(/secret|77123/);
  });

  it('an input that is no selection, and tells none of its values', async () => {
    const tables = [
      { name: 'orders', confirm: 'orders', only: { where: [{ attribute: 'a', equals: 77.5 }] } },
    ];
    const refused = preflightHandler({ ...request, tables }, environmentOf());
    await expect(refused).rejects.toThrow(/input.tables.0.only.where.0.equals/);
    await expect(refused).rejects.not.toThrow('77.5');
  });

  it('everything that is wrong at once, each with its place', async () => {
    const tables = [
      { name: 'orders', confirm: 'order' },
      { name: 'orders', confirm: 'orders' },
      { name: 'unknown', confirm: 'unknown' },
      { name: 'clients', confirm: 'clients' },
    ];
    describes('clients', { TableStatus: 'UPDATING' });
    const message = await refusal({ tables, faults: ['functions: none is in scope'] });
    expect(message).toMatch(/^nothing was touched; 5 faults:\n- /);
    for (const fault of [
      'tables[0].confirm: does not equal the name orders',
      'tables[1].name: orders is tables[0] already',
      'tables[2].name: unknown is not under protection',
      'tables[3].name: clients is UPDATING, not ACTIVE',
      'functions: none is in scope',
    ])
      expect(message).toContain(fault);
  });

  it('a date that the calendar does not have, and still looks at the tables', async () => {
    describes('orders', { TableStatus: 'ARCHIVED' });
    const message = await refusal({ restorePoint: '2026-02-30T03:14:07Z' });
    expect(message).toContain('restorePoint: 2026-02-30T03:14:07Z is not a time that exists');
    expect(message).toContain('orders is ARCHIVED');
  });

  it('a restore point in the future, showing it in UTC', async () => {
    expect(await refusal({ restorePoint: '2026-11-22T11:30:00-02:00' })).toContain(
      'restorePoint: 2026-11-22T11:30:00-02:00 is 2026-11-22T13:30:00Z in UTC, which is in the future',
    );
  });

  it("a restore point outside one table's own window, showing the window", async () => {
    window('clients', '2026-11-22T05:00:00.500Z', '2026-11-22T11:55:00Z');
    const message = await refusal();
    expect(message).toContain('1 fault:\n- tables[1].name: restorePoint 2026-11-22T03:14:07Z is outside');
    expect(message).toContain('2026-11-22T05:00:01Z to 2026-11-22T11:55:00Z (UTC)');
  });

  it('a restore point that DynamoDB has not come to yet', async () => {
    const message = await refusal({ restorePoint: '2026-11-22T11:57:00Z' });
    expect(message).toContain('wait some five minutes');
  });

  it('a table without point-in-time recovery', async () => {
    ledger.mock.on(DescribeContinuousBackupsCommand, { TableName: 'orders' }).resolves({
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
      },
    });
    expect(await refusal()).toContain('tables[0].name: point-in-time recovery is off');
  });

  it('a table without point-in-time recovery although an earlier try has restored it', async () => {
    describes(RESTORED_ORDERS, { RestoreSummary: summary() });
    ledger.mock.on(DescribeContinuousBackupsCommand, { TableName: 'orders' }).resolves({
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
      },
    });
    expect(await refusal()).toContain('1 fault:\n- tables[0].name: point-in-time recovery is off');
  });

  it('a restore point outside the window when what bears the name cannot be taken over', async () => {
    window('orders', '2026-11-22T05:00:00Z', '2026-11-22T11:55:00Z');
    describes(RESTORED_ORDERS, { RestoreSummary: summary({ SourceTableArn: tableArn('clients') }) });
    const message = await refusal();
    expect(message).toContain('tables[0].name: restorePoint 2026-11-22T03:14:07Z is outside');
    expect(message).toContain('is no usable restore of this table');
  });

  it('a table that does not exist', async () => {
    ledger.mock
      .on(DescribeTableCommand, { TableName: 'orders' })
      .rejects(awsError('ResourceNotFoundException'));
    expect(await refusal()).toContain('tables[0].name: there is no such table');
  });

  it('a table whose key cannot be used', async () => {
    describes('orders', { TableStatus: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' });
    expect(await refusal()).toMatch(
      /tables\[0\]\.name: the key that encrypts orders .*INACCESSIBLE_ENCRYPTION/,
    );
  });

  it('a table that its role may not see', async () => {
    ledger.mock.on(DescribeTableCommand, { TableName: 'orders' }).rejects(awsError('AccessDeniedException'));
    expect(await refusal()).toContain("tables[0].name: this system's role may not look at orders");
  });

  it.each<[string, TableDescription]>([
    ['another table', { RestoreSummary: summary({ SourceTableArn: tableArn('clients') }) }],
    ['another second', { RestoreSummary: summary({ RestoreDateTime: new Date('2026-11-22T03:14:08Z') }) }],
    ['no restore', {}],
  ])("a restored table's name that is taken by %s", async (_, description) => {
    describes(RESTORED_ORDERS, description);
    expect(await refusal()).toContain(`tables[0].name: ${RESTORED_ORDERS} exists already`);
  });

  it('a restored table that is just being deleted', async () => {
    describes(RESTORED_ORDERS, { TableStatus: 'DELETING' });
    expect(await refusal()).toContain('is being deleted; wait until it is gone');
  });

  it('while another execution holds the lock, but not when the lock is its own', async () => {
    const environment = environmentOf({ sfn: executions({ [executionArn('other')]: 'RUNNING' }) });
    const own = ledgerOf(environment, 'bad-import');
    const lock = { incidentId: 'other-thing', acquiredAt: NOW, expiresAt: '2026-11-23T12:00:00.000Z' };
    await takeLock(own, { ...lock, executionArn: executionArn('other') }, undefined);
    expect(await refusal({}, environment)).toContain('lock: held by incident other-thing, execution other');
    await expect(
      preflightHandler({ ...request, executionArn: executionArn('other') }, environment),
    ).resolves.toMatchObject({ tables: [{}, {}] });
  });

  it('on top of the freeze of another incident', async () => {
    const environment = environmentOf();
    await markFrozen(ledgerOf(environment, 'old-one'));
    expect(await refusal({}, environment)).toContain('still frozen by incident old-one');
  });

  it('another restore point for an incident that is open', async () => {
    const environment = environmentOf();
    await openIncident(ledgerOf(environment, 'bad-import'), '2026-11-22T03:00:00Z');
    expect(await refusal({}, environment)).toContain('bad-import was opened for 2026-11-22T03:00:00Z');
  });
});

function summary(different: Partial<NonNullable<TableDescription['RestoreSummary']>> = {}) {
  return {
    SourceTableArn: tableArn('orders'),
    RestoreDateTime: new Date(RESTORE_POINT),
    RestoreInProgress: false,
    ...different,
  };
}

describe('a sensitive table', () => {
  const sensitive = {
    tables: [{ name: 'orders' }, { name: 'clients', sensitive: true }],
    itemReaders: ['arn:aws:iam::123456789012:role/PlanSegment'],
  };
  const planOf = (system: object) => preflightHandler(request, environmentOf({ system }));

  it('is planned without a forensic backup, and with a copy whose name ends as it is wanted', async () => {
    describes('clients', { SSEDescription: { Status: 'ENABLED', SSEType: 'KMS' } });
    const plan = await planOf({ ...sensitive, restoredNameSuffix: '-DataEventsLog' });
    expect(plan.tables).toMatchObject([
      { sensitive: false, forensicBackup: true },
      { sensitive: true, forensicBackup: false, restoredName: `${restoredNameOf('clients')}-DataEventsLog` },
    ]);
    expect(plan.warnings.join()).not.toContain('sensitive');
  });

  it.each<[string, TableDescription]>([
    ['is encrypted with a key that AWS owns', {}],
    ['is not encrypted with a key of its account any more', { SSEDescription: { Status: 'DISABLED' } }],
  ])('that %s is warned of', async (_, described) => {
    describes('clients', described);
    const { warnings } = await planOf(sensitive);
    expect(warnings[0]).toContain('tables: clients is sensitive, but encrypted with a key that AWS owns');
  });

  it('is refused when the copies are to be kept', async () => {
    const words = await refusal({ keepRestoredTables: true } as object, environmentOf({ system: sensitive }));
    expect(words).toContain(
      'keepRestoredTables: tables[1], clients, is sensitive, and its copy must not outlive',
    );
    expect(words).not.toContain('tables[0]');
  });
});

describe('the system', () => {
  it.each([
    [
      'a backup of a sensitive table',
      {
        tables: [{ name: 'orders', sensitive: true, forensicBackup: true }],
        itemReaders: ['arn:aws:iam::123456789012:role/A'],
      },
      'tables.0.forensicBackup: must not be true for a sensitive table',
    ],
    [
      'a sensitive table of whose copy nobody is named to read it',
      { tables: [{ name: 'orders', sensitive: true }] },
      'itemReaders: must name the roles that may read the copies',
    ],
    [
      'a suffix that no name may have',
      { tables: [{ name: 'orders' }], restoredNameSuffix: '#' },
      'restoredNameSuffix: must be 1 to 64',
    ],
  ])('refuses %s', (_, given, words) => {
    const system = JSON.stringify({ ledgerTable: 'ledger', functions: { prefix: 'shop-' }, ...given });
    expect(() => configuredSystem(system)).toThrow(words);
  });
});
