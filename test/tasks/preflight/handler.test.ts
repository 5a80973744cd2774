import {
  DescribeContinuousBackupsCommand,
  DescribeTimeToLiveCommand,
  DescribeTableCommand,
  GetResourcePolicyCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { markFrozen } from '../../../src/tasks/ledger/frozen-mark.ts';
import { openIncident } from '../../../src/tasks/ledger/incident-record.ts';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { takeLock } from '../../../src/tasks/ledger/lock-record.ts';
import { preflightHandler } from '../../../src/tasks/preflight/handler.ts';
import { copyPolicy } from '../../../src/tasks/protect-copy/copy-policy.ts';
import { FIRST_RATES, itemsInAStep } from '../../../src/tasks/pacing/rates.ts';
import { awsError } from '../../support/lambda-application.ts';
import { selectionMark } from '../../../src/tasks/selection/selection-mark.ts';
import { NO_RESTORE_WINDOW } from '../../support/restore-window.ts';
import { tableArn } from '../../support/table-description.ts';
import { executionArn, executions, NOW } from '../../support/task-environment.ts';

import {
  preflightedTables,
  request,
  RESTORE_POINT,
  restoredNameOf,
  RESTORED_ORDERS,
} from './preflighted-tables.ts';

const READERS = ['arn:aws:iam::123456789012:role/PlanSensitiveSegment'];
const world = preflightedTables();
const { describes, window, environmentOf, refusal } = world;

describe('a rate at which a table cannot be read in time', () => {
  it('is refused, with the least that would do', async () => {
    describes('orders', { TableSizeBytes: 1024 ** 4 });
    const tables = request.tables.map((table, index) =>
      index === 0 ? { ...table, rates: { readUnitsPerSecond: 100 } } : table,
    );
    expect(await refusal({ tables })).toContain(
      'tables[0].name: at 100 read units a second it takes 746 hours to read orders once, and a recovery reads it ' +
        'three times; give rates.readUnitsPerSecond, in the request of a recovery or in the deployment, of at least 2073',
    );
  });

  it('is refused when it is all that the table has', async () => {
    describes('orders', { TableSizeBytes: 4 * 1024 ** 3, ProvisionedThroughput: { ReadCapacityUnits: 5 } });
    expect(await refusal({})).toContain(
      'tables[0].name: at the 5 read units a second that it has it takes 59 hours to read orders once, and a ' +
        'recovery reads it three times; raise its read capacity, or its maximum, to at least 25, or, if auto scaling ' +
        'will, give rates.readUnitsPerSecond, in the request of a recovery or in the deployment, of at least as much',
    );
    const tables = request.tables.map((table) => ({ ...table, rates: { readUnitsPerSecond: 25 } }));
    await expect(preflightHandler({ ...request, tables }, environmentOf())).resolves.toBeDefined();
  });

  it('is refused when it is too low for any table', async () => {
    const tables = request.tables.map((table) => ({ ...table, rates: { writeUnitsPerSecond: 1 } }));
    await expect(preflightHandler({ ...request, tables }, environmentOf())).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining('input.tables.0.rates.writeUnitsPerSecond'),
    });
  });
});

describe('a preflight that finds no fault', () => {
  it('plans a selection by its mark, without its values', async () => {
    const only = { partitionKey: { beginsWith: 'secret-tenant#' }, sortKey: { equals: 7 } };
    const tables = [{ name: 'orders', confirm: 'orders', only }, ...request.tables.slice(1)];
    const plan = await preflightHandler({ ...request, tables }, environmentOf());
    expect(plan.tables.map(({ selection }) => selection)).toEqual([selectionMark(only), 'all']);
    expect(JSON.stringify(plan)).not.toContain('secret-tenant');
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
          selection: 'all',
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
          selection: 'all',
        },
      ],
      warnings: ['blog-a goes on'],
      approvalHours: 4,
      quietMinutes: 3,
    });
  });

  it('takes a table that auto scaling is giving more capacity, as the gate does', async () => {
    describes('orders', { TableStatus: 'UPDATING' });
    const { tables } = await preflightHandler(request, environmentOf());
    expect(tables.map(({ name }) => name)).toEqual(['orders', 'clients']);
  });

  it('takes a copy of an earlier try over whose policy cannot be looked at: the plan tells whether it may be read', async () => {
    describes(RESTORED_ORDERS, { RestoreSummary: summary() });
    world.ledger.mock.on(GetResourcePolicyCommand).rejects(awsError('UnknownOperationException'));
    const { tables } = await preflightHandler(request, environmentOf());
    expect(tables[0]?.restoredName).toBe(RESTORED_ORDERS);
  });

  it('writes nothing to the ledger', async () => {
    await preflightHandler(request, environmentOf());
    expect(await world.ledger.records()).toEqual([]);
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

  it('knows what a table has, where a rate that is stated is more', async () => {
    describes('orders', { ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 150 } });
    const plan = await planned({}, { readUnitsPerSecond: 2000, writeUnitsPerSecond: 100 });
    expect(plan?.rates).toEqual({
      write: { unitsPerSecond: 100, adaptive: false },
      read: { unitsPerSecond: 2000, adaptive: false, capacity: 5 },
    });
    expect(itemsInAStep(plan?.rates ?? FIRST_RATES, 'read', 1)).toBe(500);
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
    world.ledger.mock.on(DescribeTimeToLiveCommand, { TableName: 'orders' }).resolves({
      TimeToLiveDescription: { TimeToLiveStatus, AttributeName: 'expiresAt' },
    });
    const { tables } = await preflightHandler(request, environmentOf());
    expect(tables).toMatchObject([
      { name: 'orders', timeToLive },
      { name: 'clients', timeToLive: null },
    ]);
  });

  it.each([
    [
      4_000_000,
      [
        'orders: the proof reads each item by key that expires within two days; if all do, it takes 51 hours at 25',
      ],
    ],
    [2_000_000, []],
  ])('warns where %d items that expire soon could not be proven in time', async (ItemCount, warnings) => {
    const expiring = { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' } as const;
    world.ledger.mock.on(DescribeTimeToLiveCommand).resolves({ TimeToLiveDescription: expiring });
    const TableSizeBytes = ItemCount * 300;
    describes('orders', { ItemCount, TableSizeBytes, ProvisionedThroughput: { ReadCapacityUnits: 25 } });
    const plan = await preflightHandler(request, environmentOf());
    expect(plan.warnings).toEqual(warnings.map((words) => expect.stringContaining(words)));
    world.ledger.mock.on(DescribeTimeToLiveCommand).resolves({ TimeToLiveDescription: {} });
    expect((await preflightHandler(request, environmentOf())).warnings).toEqual([]);
  });

  it.each([
    {
      rate: 'that the table itself has',
      has: { ReadCapacityUnits: 100 },
      told: ['takes 63 hours at 100 read units'],
    },
    {
      rate: 'that is stated, of one that has as much',
      has: { ReadCapacityUnits: 100 },
      stated: 100,
      told: ['takes 63 hours at 100 read'],
    },
    {
      rate: 'that is stated, of one that has twice as much',
      has: { ReadCapacityUnits: 200 },
      stated: 100,
      told: [],
    },
    { rate: 'that is stated, of one that has no limit', has: {}, stated: 100, told: [] },
  ])(
    'adds to the reads by key the scan that goes on beside them, at a rate $rate',
    async ({ has, stated, told }) => {
      const expiring = { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' } as const;
      world.ledger.mock.on(DescribeTimeToLiveCommand).resolves({ TimeToLiveDescription: expiring });
      // Of 400 KB each.
      describes('orders', {
        ItemCount: 112_000,
        TableSizeBytes: 112_000 * 400 * 1024,
        ProvisionedThroughput: has,
      });
      const tables = request.tables.map((table, index) =>
        index === 0 && stated !== undefined ? { ...table, rates: { readUnitsPerSecond: stated } } : table,
      );
      const { warnings } = await preflightHandler({ ...request, tables }, environmentOf());
      expect(warnings).toEqual(told.map((words) => expect.stringContaining(words)));
    },
  );

  it('warns of time to live where only some items are taken back, which it may keep from being proven', async () => {
    const expiring = { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' } as const;
    world.ledger.mock.on(DescribeTimeToLiveCommand).resolves({ TimeToLiveDescription: expiring });
    const only = { partitionKey: { beginsWith: 'tenant#' } };
    const tables = [{ name: 'orders', confirm: 'orders', only }, ...request.tables.slice(1)];
    const plan = await preflightHandler({ ...request, tables }, environmentOf());
    expect(plan.tables.map(({ timeToLive }) => timeToLive)).toEqual([null, 'expiresAt']);
    expect(plan.warnings).toEqual([
      expect.stringMatching(/^orders: only some items .* time to live is on.*switch it off first/),
    ]);
  });

  it.each(['ACTIVE', 'CREATING', 'UPDATING'] as const)(
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
    describes('clients', {
      TableStatus: 'UPDATING',
      GlobalSecondaryIndexes: [{ IndexName: 'by-state', IndexStatus: 'CREATING' }],
    });
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
    world.ledger.mock
      .on(DescribeContinuousBackupsCommand, { TableName: 'orders' })
      .resolves(NO_RESTORE_WINDOW);
    expect(await refusal()).toContain('tables[0].name: point-in-time recovery is off');
  });

  it('a table without point-in-time recovery although an earlier try has restored it', async () => {
    describes(RESTORED_ORDERS, { RestoreSummary: summary() });
    world.ledger.mock
      .on(DescribeContinuousBackupsCommand, { TableName: 'orders' })
      .resolves(NO_RESTORE_WINDOW);
    expect(await refusal()).toContain(
      '1 fault:\n- tables[0].name: point-in-time recovery is off, so that nothing written now could be undone; its ' +
        'restored copy is there already: switch recovery on, and start again',
    );
  });

  it('a restore point outside the window when what bears the name cannot be taken over', async () => {
    window('orders', '2026-11-22T05:00:00Z', '2026-11-22T11:55:00Z');
    describes(RESTORED_ORDERS, { RestoreSummary: summary({ SourceTableArn: tableArn('clients') }) });
    const message = await refusal();
    expect(message).toContain('tables[0].name: restorePoint 2026-11-22T03:14:07Z is outside');
    expect(message).toContain('is no usable restore of this table');
  });

  it('a table that does not exist', async () => {
    world.ledger.mock
      .on(DescribeTableCommand, { TableName: 'orders' })
      .rejects(awsError('ResourceNotFoundException'));
    expect(await refusal()).toContain('tables[0].name: there is no such table');
  });

  it.each<[string, TableDescription]>([
    ['cannot be used', { TableStatus: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' }],
    [
      'could not be used lately, before its status tells',
      { SSEDescription: { InaccessibleEncryptionDateTime: new Date('2026-11-22T11:30:00Z') } },
    ],
  ])('a table whose key %s', async (_, description) => {
    describes('orders', description);
    expect(await refusal()).toMatch(
      /tables\[0\]\.name: the key that encrypts orders .*INACCESSIBLE_ENCRYPTION/,
    );
  });

  it('a table that its role may not see', async () => {
    world.ledger.mock
      .on(DescribeTableCommand, { TableName: 'orders' })
      .rejects(awsError('AccessDeniedException'));
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

  it.each(['INACCESSIBLE_ENCRYPTION_CREDENTIALS', 'ARCHIVED'] as const)(
    'a copy of an earlier try that is %s, which may be all that is left of the restore point',
    async (TableStatus) => {
      describes(RESTORED_ORDERS, { TableStatus, RestoreSummary: summary() });
      expect(await refusal()).toContain(
        `tables[0].name: ${RESTORED_ORDERS}, which an earlier try has restored, is ${TableStatus}; see that the key ` +
          'that encrypts it can be used; delete it only if the restore point still lies in the recovery window of its table',
      );
    },
  );

  it('a restored table that is just being deleted', async () => {
    describes(RESTORED_ORDERS, { TableStatus: 'DELETING' });
    expect(await refusal()).toContain('is being deleted; wait until it is gone');
  });

  it('a copy that only the functions for sensitive tables may read, of a table that is not sensitive any more', async () => {
    describes(RESTORED_ORDERS, { RestoreSummary: summary() });
    world.ledger.mock
      .on(GetResourcePolicyCommand, { ResourceArn: tableArn(RESTORED_ORDERS) })
      .resolves({ Policy: copyPolicy(tableArn(RESTORED_ORDERS), READERS), RevisionId: '1' });
    window('clients', '2026-11-22T05:00:00Z', '2026-11-22T11:55:00Z');
    const message = await refusal();
    expect(message).toContain(
      `tables[0].name: ${RESTORED_ORDERS}, which an earlier try has restored, lets only the functions for sensitive ` +
        'tables read it, and orders is not sensitive any more; deploy it with sensitive true again, or, if its copy ' +
        'may be read like the table itself, take the policy away (aws dynamodb delete-resource-policy ' +
        `--resource-arn ${tableArn(RESTORED_ORDERS)}), and start again`,
    );
    expect(message).toContain('tables[1].name: restorePoint');
    const sensitive = { tables: [{ name: 'orders', sensitive: true }], copyReaders: READERS };
    await expect(
      preflightHandler(
        { ...request, tables: request.tables.slice(0, 1) },
        environmentOf({ system: sensitive }),
      ),
    ).resolves.toMatchObject({ tables: [{ restoredName: RESTORED_ORDERS, sensitive: true }] });
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
    copyReaders: ['arn:aws:iam::123456789012:role/PlanSegment'],
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
