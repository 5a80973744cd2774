import { describe, expect, it } from 'vitest';
import { PHASES, Report } from '../../src/tasks/report/report.ts';
import type { Call } from '../support/call-journal.ts';
import { freshLedger } from '../support/fresh-ledger.ts';
import { awsError } from '../support/lambda-application.ts';
import { recoveryWorld, type Disaster } from '../support/recovery-world.ts';
import { sensitiveItems } from '../support/sensitive-items.ts';

const ledger = freshLedger();

const MINUTE = 60_000;

/** A bad import: of ten orders two are gone and three spoilt, two are made up; the clients are as they were. */
const orders = {
  good: sensitiveItems(10, 19),
  damaged: [...sensitiveItems(12, 14, 'spoilt'), ...sensitiveItems(15, 19), ...sensitiveItems(20, 21)],
};
const clients = { good: sensitiveItems(30, 36), damaged: sensitiveItems(30, 36) };

const shop: Disaster = {
  tables: { orders, clients },
  functions: {
    'shop-orders': { timeout: 60 },
    'shop-mail': { reserved: 25, timeout: 900 },
    'shop-closed': { reserved: 0 },
    'shop-rewind': { timeout: 900 },
    'blog-posts': { reserved: 5 },
  },
  mappings: {
    'uuid-queue': { function: 'shop-mail', state: 'Enabled' },
    'uuid-paused': { function: 'shop-mail', state: 'Disabled' },
    'uuid-blog': { function: 'blog-posts', state: 'Enabled' },
  },
  system: {
    tables: [
      { name: 'orders', forensicBackup: true, segments: 1 },
      { name: 'clients', forensicBackup: false, segments: 3 },
    ],
    ownFunctions: ['shop-rewind'],
  },
};

const isBeginOfWriting = ({ operation, input }: Call): boolean =>
  operation === 'UpdateItem' && String(input.UpdateExpression).includes('#state = :writing');

const isStop =
  (name: string) =>
  ({ operation, input }: Call): boolean =>
    operation === 'PutFunctionConcurrency' &&
    input.FunctionName === name &&
    input.ReservedConcurrentExecutions === 0;

describe('a recovery', () => {
  it('brings every table back to its content at the restore point, and every function and mapping to what it was', async () => {
    const world = recoveryWorld(ledger, shop);
    const before = world.settings();

    const result = await world.run();

    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.table('orders').items).toEqual(orders.good);
    expect(world.table('clients').items).toEqual(clients.good);
    expect(world.settings()).toEqual(before);
  });

  it('reports what it did, gives the lock back and leaves no restored table behind', async () => {
    const world = recoveryWorld(ledger, shop);
    const { output, startDate, stopDate } = await world.run();

    const orderCounts = {
      restored: 10,
      live: 10,
      puts: 5,
      deletes: 2,
      unchanged: 5,
      selected: 12,
      leftAlone: 0,
      refused: 0,
      // Four pages of each scan, and the keys that were looked up.
      readUnits: 8 + 4,
      writeUnits: 7,
      indexWriteUnits: 0,
    };
    const clientCounts = {
      restored: 7,
      live: 7,
      puts: 0,
      deletes: 0,
      unchanged: 7,
      selected: 7,
      leftAlone: 0,
      refused: 0,
      readUnits: expect.any(Number),
      writeUnits: 0,
      indexWriteUnits: 0,
    };
    expect(output).toEqual({
      incidentId: 'bad-import',
      restorePoint: '2026-11-22T11:00:00Z',
      startedAt: new Date(startDate).toISOString(),
      frozenAt: expect.stringMatching(/^2026-11-22T12:00:/),
      finishedAt: expect.stringMatching(/^2026-11-22T12:\d\d:.+Z$/),
      functions: 3,
      eventSourceMappings: 2,
      pipes: 0,
      rules: 0,
      provisionedConcurrency: 0,
      schedules: 0,
      writeFences: 0,
      tables: [
        {
          name: 'orders',
          restoredName: expect.stringMatching(/^rewind-orders-bad-import-/),
          selective: false,
          planned: {
            counts: orderCounts,
            estimate: {
              changeShare: 0.7,
              deleteShare: 0.2,
              readUnits: 3 * orderCounts.readUnits,
              writeUnits: 7,
              indexWriteUnits: 0,
              streamRecords: 0,
              dollars: 0,
              readSeconds: 0,
              writeSeconds: 0,
            },
          },
          counts: orderCounts,
          verifiedItems: 10,
          expiredItems: 0,
          digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
        {
          name: 'clients',
          restoredName: expect.stringMatching(/^rewind-clients-bad-import-/),
          selective: false,
          planned: {
            counts: clientCounts,
            estimate: expect.objectContaining({ changeShare: 0, writeUnits: 0 }),
          },
          counts: clientCounts,
          verifiedItems: 7,
          expiredItems: 0,
          digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      ],
      warnings: [
        expect.stringContaining('1 of this account and region are not in scope and go on (blog-posts)'),
        expect.stringContaining('1 in scope has reserved concurrency 0 already (shop-closed)'),
        'Reserved concurrency was 0 before the incident, and is again: shop-closed. Put there by hand during the disaster?',
      ],
      followUps: expect.arrayContaining([expect.objectContaining({ code: 'repeatSchedules' })]),
    });
    expect(Date.parse((output as { finishedAt: string }).finishedAt)).toBeLessThanOrEqual(stopDate);
    expect([...world.tables.keys()]).toEqual(['orders', 'clients']);
    expect(await ledger.record('lock', 'lock')).toBeUndefined();
    expect(await ledger.record('frozen', 'bad-import')).toBeUndefined();
    expect((await ledger.record('incident#bad-import', 'incident'))?.state).toEqual({ S: 'closed' });
  });

  it('keeps in the ledger what became of each function, and when each phase began and how long it took', async () => {
    const world = recoveryWorld(ledger, shop);
    const { executionArn, result } = world.start();
    await world.clock.runUntil(result);
    const kept = await ledger.record('incident#bad-import', 'report');
    const report = Report.parse(JSON.parse(kept?.report?.S ?? ''));

    expect(report.execution).toBe(executionArn);
    expect(report.functions).toEqual([
      { name: 'shop-closed', before: 0, during: 0, after: 0 },
      { name: 'shop-mail', before: 25, during: 0, after: 25 },
      { name: 'shop-orders', before: 'absent', during: 0, after: 'absent' },
    ]);
    expect(report.eventSourceMappings).toEqual([
      {
        uuid: 'uuid-paused',
        functionName: 'shop-mail',
        before: 'disabled',
        during: 'disabled',
        after: 'disabled',
      },
      {
        uuid: 'uuid-queue',
        functionName: 'shop-mail',
        before: 'enabled',
        during: 'disabled',
        after: 'enabled',
      },
    ]);
    const phases = new Map(report.phases.map((phase) => [phase.name, phase]));
    expect([...phases.keys()]).toEqual(PHASES);
    expect(phases.get('drain')).toMatchObject({
      startedAt: report.frozenAt,
      plannedSeconds: 900,
    });
    expect(phases.get('drain')?.seconds).toBeGreaterThanOrEqual(900);
    expect(phases.get('restore')?.seconds).toBeGreaterThan(0);
    // The window of the tables' recovery lags by five minutes.
    expect(phases.get('waitForUndo')?.seconds).toBeGreaterThan(4 * 60);
    const [last] = report.phases.slice(-1);
    expect(Date.parse(last?.startedAt ?? '') + (last?.seconds ?? 0) * 1000).toBe(
      Date.parse(report.finishedAt),
    );
    expect(report.freeze.seconds).toBeGreaterThan(20 * 60);
    expect(report.freeze.until <= report.finishedAt).toBe(true);
  });

  it('keeps the restored tables when asked to, each with what the live one had', async () => {
    const world = recoveryWorld(ledger, shop);
    await world.run({ keepRestoredTables: true });
    const kept = [...world.tables.values()].filter(({ name }) => name.startsWith('rewind-'));
    expect(kept.map(({ items }) => items)).toEqual([orders.good, clients.good]);
  });

  it('has each setting in the ledger before it changes it, and pauses the mappings before the functions', async () => {
    const world = recoveryWorld(ledger, shop);
    await world.run();

    const { journal } = world;
    const saved = (sk: string) =>
      journal.first(
        ({ operation, input }) =>
          operation === 'PutItem' && (input.Item as { sk?: { S?: string } }).sk?.S === sk,
      );
    const paused = journal.first(
      ({ operation, input }) => operation === 'UpdateEventSourceMapping' && input.Enabled === false,
    );
    expect(saved('mapping#uuid-queue')).toBeLessThan(paused);
    for (const name of ['shop-orders', 'shop-mail']) {
      expect(saved(`function#${name}`)).toBeLessThan(journal.first(isStop(name)));
      expect(paused).toBeLessThan(journal.first(isStop(name)));
    }
  });

  it('touches no function or mapping that is not its own affair', async () => {
    const world = recoveryWorld(ledger, shop);
    await world.run();

    const touched = world.journal
      .of('PutFunctionConcurrency', 'DeleteFunctionConcurrency', 'UpdateEventSourceMapping')
      .map(({ input }) => input.FunctionName ?? input.UUID);
    expect(new Set(touched)).toEqual(new Set(['shop-orders', 'shop-mail', 'uuid-queue']));
  });

  it('writes to no live table before the gate has been recorded', async () => {
    const world = recoveryWorld(ledger, shop);
    await world.run();

    const firstWrite = world.journal.first(({ operation }) => operation === 'BatchWriteItem');
    expect(world.journal.first(isBeginOfWriting)).toBeLessThan(firstWrite);
  });

  it('writes only what differs, and puts everything before it deletes anything', async () => {
    const world = recoveryWorld(ledger, shop);
    await world.run();

    expect(world.table('clients').writes).toEqual([]);
    const { writes } = world.table('orders');
    expect(writes.filter(({ idle }) => idle)).toEqual([]);
    expect(writes.map(({ kind }) => kind).join(' ')).toBe('put put put put put delete delete');
    expect(Math.min(...writes.map(({ left }) => left))).toBe(orders.good.length);
  });

  it('waits as long as the longest invocation may last, and until the damage itself can be restored', async () => {
    const world = recoveryWorld(ledger, shop);
    await world.run();

    const stopped = Math.max(
      ...world.journal
        .of('PutFunctionConcurrency')
        .filter(({ input }) => input.ReservedConcurrentExecutions === 0)
        .map(({ at }) => at),
    );
    const firstWrite = world.table('orders').writes[0]?.at ?? 0;
    // Six minutes prove that nothing is written; the window of the tables' recovery lags by five.
    expect(firstWrite - stopped).toBeGreaterThan((15 + 6 + 5) * MINUTE);
    expect(firstWrite - stopped).toBeLessThan((15 + 6 + 7) * MINUTE);
  });

  it('restores every table to the same second, without indexes, and backs up the damage where that is allowed', async () => {
    const world = recoveryWorld(ledger, shop);
    await world.run();

    const restores = world.journal.of('RestoreTableToPointInTime').map(({ input }) => input);
    expect(restores).toHaveLength(2);
    for (const restore of restores)
      expect(restore).toMatchObject({
        RestoreDateTime: new Date('2026-11-22T11:00:00Z'),
        GlobalSecondaryIndexOverride: [],
        LocalSecondaryIndexOverride: [],
      });
    const backups = world.journal.of('CreateBackup').map(({ input }) => input.TableName);
    expect(backups).toEqual(['orders']);
    // Only when nothing writes any more: the backup has all of the damage.
    const proven = world.journal.calls.findLastIndex(({ operation }) => operation === 'GetMetricStatistics');
    expect(proven).toBeGreaterThan(0);
    expect(world.journal.first(({ operation }) => operation === 'CreateBackup')).toBeGreaterThan(proven);
  });

  it('understands a restore point in another offset', async () => {
    const world = recoveryWorld(ledger, shop);
    const result = await world.run({ restorePoint: '2026-11-22T12:00:00+01:00' });
    expect(result.output).toMatchObject({ restorePoint: '2026-11-22T11:00:00Z' });
    expect(world.table('orders').items).toEqual(orders.good);
  });

  it('freezes a function that appears during the restore, and thaws it too', async () => {
    const world = recoveryWorld(ledger, shop);
    let appeared = false;
    const found: Record<string, number | undefined> = {};
    world.journal.before = ({ operation }) => {
      if (operation === 'DescribeBackup' && !appeared) {
        world.functions.set('shop-new', { reserved: 7, timeout: 20 });
        appeared = true;
      }
      // When the tables are planned, and when they are written.
      if (['Scan', 'BatchWriteItem'].includes(operation))
        found[operation] ??= world.functions.get('shop-new')?.reserved;
    };
    const result = await world.run();
    expect(result.output).toMatchObject({ functions: 4 });
    expect(found).toEqual({ Scan: 0, BatchWriteItem: 0 });
    expect(world.functions.get('shop-new')).toEqual({ reserved: 7, timeout: 20 });
  });
});

describe('under throttling', () => {
  it('a recovery ends as well as ever', async () => {
    const world = recoveryWorld(ledger, { ...shop, unprocessedEvery: 3 });
    const before = world.settings();
    const refused = { BatchWriteItem: 0, Scan: 0, PutFunctionConcurrency: 0, UpdateEventSourceMapping: 0 };
    const asked: Record<string, number> = {};
    world.journal.before = ({ operation }) => {
      if (!(operation in refused)) return;
      const count = (asked[operation] = (asked[operation] ?? 0) + 1);
      if (count % 2 === 0) return;
      refused[operation as keyof typeof refused] += 1;
      throw awsError(
        ['BatchWriteItem', 'Scan'].includes(operation)
          ? 'ProvisionedThroughputExceededException'
          : 'TooManyRequestsException',
      );
    };

    const result = await world.run();

    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.table('orders').items).toEqual(orders.good);
    expect(world.table('clients').items).toEqual(clients.good);
    expect(world.settings()).toEqual(before);
    expect(Math.min(...Object.values(refused))).toBeGreaterThan(0);
    const batches = world.journal.of('BatchWriteItem').map(({ input }) => input.RequestItems);
    expect(batches.length).toBeGreaterThan(refused.BatchWriteItem + 2);
  });

  it('a restore waits for a free place, up to an hour', async () => {
    const world = recoveryWorld(ledger, shop);
    let refusals = 0;
    world.journal.before = ({ operation }) => {
      if (operation !== 'RestoreTableToPointInTime' || refusals === 20) return;
      refusals += 1;
      throw awsError('LimitExceededException', 'too many restores');
    };
    const result = await world.run();
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(refusals).toBe(20);
    expect(world.table('orders').items).toEqual(orders.good);
  });
});
