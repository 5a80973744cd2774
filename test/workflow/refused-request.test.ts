import { describe, expect, it } from 'vitest';
import { freshLedger } from '../support/fresh-ledger.ts';
import { recoveryWorld, type RecoveryWorld } from '../support/recovery-world.ts';
import { sensitiveItems } from '../support/sensitive-items.ts';

const ledger = freshLedger();

const content = { good: sensitiveItems(10, 12), damaged: sensitiveItems(11, 13, 'spoilt') };
const shop = () =>
  recoveryWorld(ledger, {
    tables: { orders: content, clients: content },
    system: { tables: [{ name: 'orders', forensicBackup: true }] },
  });

/** Nothing but these was called: whatever changes something is missing here. */
const READING = [
  'DescribeContinuousBackups',
  'DescribeGlobalTable',
  'DescribeKinesisStreamingDestination',
  'DescribeTable',
  'DescribeTimeToLive',
  'GetFunction',
  'GetPolicy',
  'GetItem',
  'GetResources',
  'ListEventBuses',
  'ListEventSourceMappings',
  'ListTables',
  'ListFunctions',
  'ListPipes',
  'ListRules',
  'ListSchedules',
  'Query',
];

async function expectNothingTouched({ journal }: RecoveryWorld): Promise<void> {
  const changing = journal.calls.filter(({ operation }) => !READING.includes(operation));
  expect(changing).toEqual([]);
  expect(await ledger.records()).toEqual([]);
}

const typed = (name: string, confirm = name) => ({ name, confirm });

describe('a request', () => {
  it.each([
    ['a confirmation that is not the name', { tables: [typed('orders', 'order')] }, 'tables[0].confirm'],
    [
      'a restore point before the window',
      { restorePoint: '2026-09-01T00:00:00Z' },
      'outside what can be restored, 2026-10-18T12:00:01Z to 2026-11-22T11:55:00Z',
    ],
    ['a restore point yet to come', { restorePoint: '2026-11-23T00:00:00Z' }, 'which is in the future'],
    ['a day that does not exist', { restorePoint: '2026-11-31T00:00:00Z' }, 'is not a time that exists'],
    ['a table that is not protected', { tables: [typed('clients')] }, 'clients is not under protection'],
    ['a table named twice', { tables: [typed('orders'), typed('orders')] }, 'orders is tables[0] already'],
  ])('refuses %s, with nothing touched', async (_, asked, words) => {
    const world = shop();
    const result = await world.run({ tables: [typed('orders')], ...asked });
    expect(result).toMatchObject({ status: 'FAILED', error: 'PreflightRefused' });
    expect(result.cause).toContain('nothing was touched');
    expect(result.cause).toContain(words);
    await expectNothingTouched(world);
  });

  it.each([
    ['no tables', { tables: [] }, 'input.tables must have at least 1 element'],
    [
      'a malformed incident id',
      { incidentId: 'Bad Import' },
      'input.incidentId must be 3 to 32 lower-case letters',
    ],
    [
      'a restore point without an offset',
      { restorePoint: '2026-11-22T11:00:00' },
      'input.restorePoint must be',
    ],
    ['a limit beyond the whole table', { limits: { maxDeleteShare: 2 } }, 'maxDeleteShare must be at most 1'],
    ['an option that it does not know', { dryRun: true }, 'input.dryRun is not known'],
  ])('refuses %s before anything is called', async (_, asked, words) => {
    const world = shop();
    const result = await world.run({ tables: [typed('orders')], ...asked });
    expect(result).toMatchObject({ status: 'FAILED', error: 'InvalidInput' });
    expect(result.cause).toContain(words);
    expect(world.journal.calls).toEqual([]);
  });

  it('refuses with every fault of its form at once', async () => {
    const world = shop();
    const result = await world.run({ incidentId: 'B', restorePoint: 'yesterday', tables: [] });
    expect(result).toMatchObject({ status: 'FAILED', error: 'InvalidInput' });
    for (const words of ['input.incidentId', 'input.restorePoint', 'input.tables'])
      expect(result.cause).toContain(words);
    expect(world.journal.calls).toEqual([]);
  });

  it('refuses with every fault of its substance at once', async () => {
    const world = shop();
    world.functions.clear();
    const result = await world.run({
      restorePoint: '2026-09-01T00:00:00Z',
      tables: [typed('orders', 'ordres'), typed('clients')],
    });
    expect(result).toMatchObject({ status: 'FAILED', error: 'PreflightRefused' });
    for (const words of [
      '4 faults',
      'tables[0].confirm',
      'clients is not under protection',
      'outside what can be restored',
      'functions: none is in scope',
    ])
      expect(result.cause).toContain(words);
    await expectNothingTouched(world);
  });

  it('refuses an incident that is closed', async () => {
    const world = shop();
    const tables = [typed('orders')];
    expect(await world.run({ tables })).toMatchObject({ status: 'SUCCEEDED' });
    const calls = world.journal.calls.length;

    const result = await world.run({ tables });

    expect(result).toMatchObject({ status: 'FAILED', error: 'PreflightRefused' });
    expect(result.cause).toContain('bad-import is closed');
    const changing = world.journal.calls.slice(calls).filter(({ operation }) => !READING.includes(operation));
    expect(changing).toEqual([]);
  });
});
