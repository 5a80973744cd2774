import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/tasks/ledger/document-record.ts';
import { ledgerOf } from '../../src/tasks/ledger/ledger.ts';
import { incidentStatus } from '../../src/tasks/status/incident-status.ts';
import { freshLedger } from '../support/fresh-ledger.ts';
import { awsError } from '../support/lambda-application.ts';
import { recoveryWorld, type RecoveryWorld } from '../support/recovery-world.ts';
import { sensitiveItem, sensitiveItems } from '../support/sensitive-items.ts';
import { taskEnvironment } from '../support/task-environment.ts';

const ledger = freshLedger();

const orders = { good: sensitiveItems(10, 15), damaged: sensitiveItems(12, 17, 'spoilt') };
const since = sensitiveItem(90, 'written since');

const copies = (world: RecoveryWorld) =>
  [...world.tables.keys()].filter((name) => name.startsWith('rewind-'));
const incidentState = async () => (await ledger.record('incident#bad-import', 'incident'))?.state?.S;

const selections = async () => (await ledger.records()).filter(({ sk }) => sk?.S?.startsWith('selection#'));

/**
 * A recovery that has proven its tables and has thawed a part of the application, which writes again since. What kept it
 * from the rest is mended.
 */
async function unfinished(asked: Parameters<RecoveryWorld['run']>[0] = {}) {
  const world = recoveryWorld(ledger, {
    tables: { orders },
    functions: { 'shop-orders': {}, 'shop-mail': { reserved: 25 } },
    mappings: { 'uuid-queue': { function: 'shop-mail', state: 'Enabled' } },
  });
  const before = world.settings();
  world.journal.before = ({ operation, input }) => {
    if (operation === 'PutFunctionConcurrency' && input.ReservedConcurrentExecutions === 25)
      throw awsError('LimitExceededException', 'below its minimum');
  };
  const first = await world.run(asked);
  expect(first).toMatchObject({ status: 'FAILED', error: 'ThawIncomplete' });
  expect(world.functions.get('shop-orders')?.reserved).toBeUndefined();
  expect(await incidentState()).toBe('verified');
  world.writeFromOutside('orders', since);
  world.journal.before = () => {};
  return { world, before, first };
}

describe('an incident that was proven and whose thaw has begun', () => {
  it.each([
    ['at once', 0],
    ['when no restore point, redrive or history of it is left', 120],
  ])('is finished by a second start, %s', async (_when, days) => {
    const { world, before, first } = await unfinished();
    await world.pass(days * 24 * 60);
    const writes = world.journal.of('BatchWriteItem').length;
    const calls: string[] = [];
    world.beforeTask = (name) => calls.push(name);

    const second = await world.run();

    expect(second).toMatchObject({ status: 'SUCCEEDED', output: { incidentId: 'bad-import' } });
    expect(calls).toEqual(['FindProof', 'AcquireLock', 'Thaw', 'WriteReport', 'ReleaseLock']);
    expect(world.journal.of('BatchWriteItem')).toHaveLength(writes);
    expect(world.table('orders').items).toContainEqual(since);
    expect(world.settings()).toEqual(before);
    expect(copies(world)).toEqual([]);
    expect(await incidentState()).toBe('closed');
    expect(await ledger.record('lock', 'lock')).toBeUndefined();
    expect(await ledger.record('frozen', 'bad-import')).toBeUndefined();
    const report = await readDocument(ledgerOf(taskEnvironment(ledger), 'bad-import'), 'report');
    expect(report).toMatchObject({
      execution: first.executionArn,
      tables: [{ name: 'orders', counts: { puts: 6, deletes: 2 }, verifiedItems: 6 }],
      functions: [
        { name: 'shop-mail', before: 25, after: 25 },
        { name: 'shop-orders', before: 'absent', after: 'absent' },
      ],
      warnings: [expect.stringContaining(`did not finish; this one did: ${second.executionArn}`)],
    });
  });

  it('leaves no selection in the ledger, neither of the run that was to take it back nor its own', async () => {
    const only = { partitionKey: { equals: sensitiveItem(12).pk?.S ?? '' } };
    const asked = { tables: [{ name: 'orders', confirm: 'orders', only }] };
    const { world } = await unfinished(asked);
    expect(await selections()).toHaveLength(1);
    expect(await world.run(asked)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await selections()).toEqual([]);
  });

  it('keeps the copies that the first run was to keep', async () => {
    const { world } = await unfinished({ keepRestoredTables: true });
    const status = await incidentStatus(ledgerOf(taskEnvironment(ledger), 'bad-import'), world.clock.now());
    expect(status).toMatchObject({ keepsCopies: true });
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expect(copies(world)).toHaveLength(1);
  });

  it('is finished after it was thawed by hand', async () => {
    const { world, before } = await unfinished();
    await world.thawByHand({ force: false });
    expect(world.settings()).toEqual(before);
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.settings()).toEqual(before);
    expect(await incidentState()).toBe('closed');
  });

  it('stays as it is when the second start fails, too, until the next', async () => {
    const { world, before } = await unfinished();
    world.journal.before = ({ operation }) => {
      if (operation === 'DeleteTable') throw awsError('AccessDeniedException', 'not authorized');
    };
    expect(await world.run()).toMatchObject({ status: 'FAILED' });
    expect(await incidentState()).toBe('verified');
    world.journal.before = () => {};
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.settings()).toEqual(before);
    expect(copies(world)).toEqual([]);
  });

  it.each([
    [
      'another restore point',
      { restorePoint: '2026-11-22T11:00:01Z' },
      'was opened for 2026-11-22T11:00:00Z',
    ],
    [
      'another selection',
      { tables: [{ name: 'orders', confirm: 'orders', only: { partitionKey: { equals: 'a' } } }] },
      "has begun to reset orders with another 'only'",
    ],
    [
      'a further table, which nobody has taken back',
      { tables: ['orders', 'clients'].map((name) => ({ name, confirm: name })) },
      'bad-import has not taken back clients',
    ],
    ['the copies to be kept', { keepRestoredTables: true }, 'was to delete the copies'],
  ])('is not finished by a start with %s', async (_what, asked, words) => {
    const { world } = await unfinished();
    const settings = world.settings();
    const second = await world.run(asked);
    expect(second).toMatchObject({ status: 'FAILED', error: 'IncidentMismatch' });
    expect(second.cause).toContain(words);
    expect(world.settings()).toEqual(settings);
    expect(copies(world)).toHaveLength(1);
  });

  it('is finished by one alone: a second start meanwhile is refused, and told who does it', async () => {
    const { world, before } = await unfinished();
    const rivals: Promise<unknown>[] = [];
    world.beforeTask = (name) => {
      if (name === 'Thaw' && rivals.length === 0) rivals.push(world.start().result);
    };
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    const [rival] = (await world.clock.runUntil(Promise.all(rivals))) as [{ status: string; cause: string }];
    expect(rival.status).toBe('FAILED');
    expect(rival.cause).toContain('held by incident bad-import, execution run-2');
    expect(world.settings()).toEqual(before);
  });
});

describe('an incident that was proven and whose thaw could not begin', () => {
  it('is not taken for proven any more when the run that proves it anew is refused', async () => {
    const world = recoveryWorld(ledger, { tables: { orders } });
    const before = world.settings();
    world.beforeTask = (name) => {
      if (name === 'Thaw') throw awsError('AccessDeniedException', 'not authorized');
    };
    expect(await world.run()).toMatchObject({ status: 'FAILED' });
    expect(await incidentState()).toBe('verified');
    world.beforeTask = () => {};
    world.writeFromOutside('orders', since);
    await world.pass(30);

    const second = await world.run({ limits: { maxDeleteShare: 0 } });
    expect(second).toMatchObject({ status: 'FAILED', error: 'GateRefused' });
    expect(second.cause).toContain('NOT UNDONE: frozen (StaysFrozen');
    await expect(world.thawByHand({ force: false })).rejects.toThrow('may be half reset');
    expect(copies(world)).toHaveLength(1);

    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.table('orders').items).toEqual(orders.good);
    expect(world.settings()).toEqual(before);
  });
});
