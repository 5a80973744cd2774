import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/dsl/asl/machine.ts';
import { outcomeText } from '../../src/cli/outcome-text.ts';
import { freshLedger } from '../support/fresh-ledger.ts';
import { awsError } from '../support/lambda-application.ts';
import { recoveryWorld, type RecoveryWorld } from '../support/recovery-world.ts';
import { SECRETS, sensitiveItem, sensitiveItems } from '../support/sensitive-items.ts';

const ledger = freshLedger();

const orders = { good: sensitiveItems(10, 69), damaged: sensitiveItems(12, 71, 'spoilt') };
const clients = { good: sensitiveItems(10, 15), damaged: sensitiveItems(10, 15, 'spoilt') };

const shop = () =>
  recoveryWorld(ledger, {
    tables: { orders, clients },
    functions: { 'shop-orders': {}, 'shop-mail': { reserved: 25 }, 'shop-closed': { reserved: 0 } },
    mappings: {
      'uuid-queue': { function: 'shop-mail', state: 'Enabled' },
      'uuid-paused': { function: 'shop-mail', state: 'Disabled' },
    },
  });

const incidentState = async (id = 'bad-import') =>
  (await ledger.record(`incident#${id}`, 'incident'))?.state?.S;

function expectFrozen(world: RecoveryWorld): void {
  expect([...world.functions.values()].map(({ reserved }) => reserved)).toEqual([0, 0, 0]);
  expect([...world.mappings.values()].map(({ state }) => state)).toEqual(['Disabled', 'Disabled']);
}

function expectRecovered(world: RecoveryWorld, before: ReturnType<RecoveryWorld['settings']>): void {
  expect(world.table('orders').items).toEqual(orders.good);
  expect(world.table('clients').items).toEqual(clients.good);
  expect(world.settings()).toEqual(before);
}

/** Lets one batch for the orders through and refuses all others. */
function refuseWritesToOrders(world: RecoveryWorld): void {
  let batches = 0;
  world.journal.before = ({ operation, input }) => {
    if (operation !== 'BatchWriteItem' || !('orders' in (input.RequestItems as object))) return;
    batches += 1;
    if (batches > 1)
      throw awsError('AccessDeniedException', 'not authorized to write TOP-SECRET-customer-12');
  };
}

describe('a reset that fails', () => {
  it('leaves everything frozen, and the ledger says that tables are being written', async () => {
    const world = shop();
    refuseWritesToOrders(world);
    const result = await world.run();

    expect(result.status).toBe('FAILED');
    expect(result.cause).not.toContain('Undone');
    expect(result.cause).toMatch(
      /apply of orders: \d of \d segments failed, the first with AccessDeniedException: /,
    );
    expect(result.cause).toContain('BatchWriteItem on orders failed with AccessDeniedException');
    expectFrozen(world);
    expect(await incidentState()).toBe('writing');
    expect((await ledger.record('lock', 'lock'))?.executionArn).toEqual({ S: result.executionArn });
    expect(await ledger.record('frozen', 'bad-import')).toBeDefined();
    expect(world.table('orders').writes).not.toEqual([]);
    expect(world.table('orders').items).not.toEqual(orders.good);
    expect([...world.tables.keys()].filter((name) => name.startsWith('rewind-'))).toHaveLength(2);
  });

  it('is completed by a second run of the same incident, as everything was before the first', async () => {
    const world = shop();
    const before = world.settings();
    refuseWritesToOrders(world);
    const first = await world.run();
    expect(first.status).toBe('FAILED');

    world.journal.before = () => {};
    const second = await world.run();

    expect(second).toMatchObject({ status: 'SUCCEEDED' });
    expectRecovered(world, before);
    expect(await incidentState()).toBe('closed');
    expect(await ledger.record('lock', 'lock')).toBeUndefined();
    expect(await ledger.record('frozen', 'bad-import')).toBeUndefined();
    expect(world.table('orders').writes.filter(({ idle }) => idle)).toEqual([]);
  });

  it('is completed by a redrive, which does nothing twice', async () => {
    const world = shop();
    const before = world.settings();
    refuseWritesToOrders(world);
    const run = world.start();
    expect(await world.clock.runUntil(run.result)).toMatchObject({ status: 'FAILED' });
    const done = world.journal.calls.length;

    world.journal.before = () => {};
    const redriven = await world.clock.runUntil(run.redrive().result);

    expect(redriven).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
    expectRecovered(world, before);
    expect(await incidentState()).toBe('closed');
    expect(world.table('orders').writes.filter(({ idle }) => idle)).toEqual([]);
    const again = new Set(world.journal.calls.slice(done).map(({ operation }) => operation));
    expect(again).not.toContain('CreateBackup');
    expect(again).not.toContain('RestoreTableToPointInTime');
    expect(again).toContain('BatchWriteItem');
  });

  it('is completed by a redrive after an operator stopped it half-way', async () => {
    const world = shop();
    const before = world.settings();
    const run = world.start();
    world.journal.before = ({ operation }) => {
      if (operation === 'BatchWriteItem') run.stop('Stopped', 'by hand');
    };
    expect(await world.clock.runUntil(run.result)).toMatchObject({ status: 'ABORTED' });

    world.journal.before = () => {};
    expect(await world.clock.runUntil(run.redrive().result)).toMatchObject({ status: 'SUCCEEDED' });
    expectRecovered(world, before);
  });

  it('refuses a run of another incident meanwhile, naming the one that stands', async () => {
    const world = shop();
    refuseWritesToOrders(world);
    await world.run();
    // A Lambda function that is at work when its execution ends is not stopped: it does its last piece.
    await world.pass(15);
    const held = await ledger.records();

    const other = await world.run({ incidentId: 'second-thoughts' });

    expect(other).toMatchObject({ status: 'FAILED', error: 'PreflightRefused' });
    expect(other.cause).toContain('functions are still frozen by incident bad-import');
    expectFrozen(world);
    expect(await ledger.records()).toEqual(held);
  });

  it('refuses a second run for another restore point', async () => {
    const world = shop();
    refuseWritesToOrders(world);
    await world.run();

    const other = await world.run({ restorePoint: '2026-11-22T10:00:00Z' });

    expect(other).toMatchObject({ status: 'FAILED', error: 'PreflightRefused' });
    expect(other.cause).toContain('bad-import was opened for 2026-11-22T11:00:00Z');
    expectFrozen(world);
  });

  it('stays frozen when the second run fails before it writes', async () => {
    const world = shop();
    const before = world.settings();
    refuseWritesToOrders(world);
    await world.run();

    world.journal.before = ({ operation }) => {
      if (operation === 'CreateBackup') throw awsError('LimitExceededException', 'too many backups');
    };
    const second = await world.run();
    expect(second).toMatchObject({ status: 'FAILED', error: 'DynamoDb.LimitExceededException' });
    expect(second.cause).toContain('[undone: locked] [NOT UNDONE: frozen (StaysFrozen');
    expect(second.cause).toContain('run it again with the same incident id');
    expectFrozen(world);
    expect(await incidentState()).toBe('writing');

    world.journal.before = () => {};
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expectRecovered(world, before);
  });

  it('asks for approval of its second run in words that are true of tables which are half reset', async () => {
    const world = shop();
    refuseWritesToOrders(world);
    await world.run();

    world.journal.before = () => {};
    const second = await world.run({ approval: true });

    const Message = world.person.messages[0]?.Message;
    expect(Message).toContain('tables may be half reset');
    expect(Message).not.toContain('nothing has been written');
    expect(Message).not.toContain('the application runs on');
    expect(Message).toMatch(/Without an answer within 4 hours it means no: .* stays frozen/);
    expect(second).toMatchObject({ status: 'FAILED', error: 'NotApproved' });
    expectFrozen(world);
  });

  it('is told as what it is when its second run is refused before it touches anything', async () => {
    const world = shop();
    refuseWritesToOrders(world);
    await world.run();

    const second = await world.run({ tables: [{ name: 'orders', confirm: 'orders' }] });

    expect(second).toMatchObject({ status: 'FAILED', error: 'PreflightRefused' });
    expectFrozen(world);
    const { error, cause } = second;
    const execution = { status: second.status, error, cause } as never;
    const told = outcomeText({ execution, state: 'Plan' }, 'bad-import');
    expect(told).toContain('nothing was touched');
    expect(told).not.toContain('the application runs on');
    expect(told).toContain('npx rewind status bad-import');
  });

  it('is resumable after an operator stopped it half-way', async () => {
    const world = shop();
    const before = world.settings();
    const run = world.start();
    world.journal.before = ({ operation }) => {
      if (operation === 'BatchWriteItem') run.stop('Stopped', 'by hand');
    };
    const first = await world.clock.runUntil(run.result);
    expect(first).toMatchObject({ status: 'ABORTED', error: 'Stopped' });
    expectFrozen(world);
    expect(await incidentState()).toBe('writing');

    world.journal.before = () => {};
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expectRecovered(world, before);
  });
});

describe('a second run of an incident whose tables are half reset', () => {
  const halfReset = async (asked: object = {}) => {
    const world = shop();
    const before = world.settings();
    refuseWritesToOrders(world);
    expect(await world.run(asked)).toMatchObject({ status: 'FAILED' });
    world.journal.before = () => {};
    return { world, before };
  };
  const asking = (...tables: readonly (string | { readonly name: string; readonly only: Json })[]) => ({
    tables: tables.map((table) =>
      typeof table === 'string' ? { name: table, confirm: table } : { ...table, confirm: table.name },
    ),
  });

  it.each([
    ['leaves one of them out', asking('clients'), 'has begun to reset orders too'],
    [
      'takes only some items of one back',
      asking('clients', { name: 'orders', only: { where: [{ attribute: 'content', exists: true }] } }),
      "has begun to reset orders with another 'only', or without",
    ],
  ])('is refused before anything changes when it %s', async (_what, asked, words) => {
    const { world, before } = await halfReset();
    const refused = await world.run(asked);
    expect(refused).toMatchObject({ status: 'FAILED', error: 'PreflightRefused' });
    expect(refused.cause).toContain(words);
    expect(refused.cause).toContain('name every table again as the first run did');
    expectFrozen(world);
    expect(await incidentState()).toBe('writing');
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expectRecovered(world, before);
  });

  it('goes on without what the configuration names and somebody has deleted meanwhile, and warns of it', async () => {
    const world = recoveryWorld(ledger, {
      tables: { orders },
      functions: { 'shop-orders': {}, mails: { reserved: 25 } },
      events: { pipes: [{ Name: 'copies', CurrentState: 'RUNNING' }] },
      system: {
        functions: { prefix: 'shop-', names: ['mails'], exclude: [] },
        pause: { pipes: ['copies'] },
      },
    });
    refuseWritesToOrders(world);
    expect(await world.run()).toMatchObject({ status: 'FAILED' });
    world.journal.before = () => {};
    world.functions.delete('mails');
    world.eventBridge.pipes.splice(0);
    expect(await world.run()).toMatchObject({
      status: 'SUCCEEDED',
      output: {
        warnings: expect.arrayContaining([
          expect.stringContaining('names the function mails, the pipe copies, gone since an earlier run'),
        ]),
      },
    });
    expect(world.table('orders').items).toEqual(orders.good);
    expect(world.settings().functions).toEqual({ 'shop-orders': {} });
  });

  it('may take back further tables with them', async () => {
    const { world, before } = await halfReset(asking('orders'));
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expectRecovered(world, before);
  });

  it('is free to ask for other tables when the first one wrote nothing', async () => {
    const world = shop();
    expect(await world.run({ limits: { maxChangeShare: 0 } })).toMatchObject({ error: 'GateRefused' });
    expect(await world.run(asking('clients'))).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.table('clients').items).toEqual(clients.good);
    expect(world.table('orders').writes).toEqual([]);
  });
});

describe('a verification that finds a difference', () => {
  /** Another writer puts an item into the orders when the reset has ended. */
  const runWithIntruder = async (world: RecoveryWorld, intruder = sensitiveItem(99, 'intruder')) =>
    world.run({}, ({ type }, { machineName }) => {
      if (machineName !== 'VerifyTable' || type !== 'ExecutionStarted') return;
      const table = world.table('orders');
      const others = table.items.filter(({ pk }) => pk?.S !== intruder.pk?.S);
      table.become([...others, intruder], world.clock.now());
    });

  it('leaves everything frozen, and tells counts but no items', async () => {
    const world = shop();
    const result = await runWithIntruder(world);

    expect(result.status).toBe('FAILED');
    expect(result.cause).toContain('TablesDiffer');
    expect(result.cause).toContain('61 items against 60');
    for (const secret of SECRETS) expect(JSON.stringify(result)).not.toContain(secret);
    expectFrozen(world);
    expect(await incidentState()).toBe('writing');
    expect(await ledger.record('lock', 'lock')).toBeDefined();
  });

  it('sees one changed item among as many as there should be', async () => {
    const world = shop();
    const result = await runWithIntruder(world, sensitiveItem(20, 'changed'));
    expect(result.status).toBe('FAILED');
    expect(result.cause).toContain('both have 60 items, but not the same ones');
    expectFrozen(world);
  });

  it('is mended by a second run of the same incident', async () => {
    const world = shop();
    const before = world.settings();
    await runWithIntruder(world);
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expectRecovered(world, before);
  });
});

describe('a recovery whose copies cannot be deleted', () => {
  it('is proven and thawed, and completed by a redrive', async () => {
    const world = shop();
    const before = world.settings();
    world.journal.before = ({ operation }) => {
      if (operation === 'DeleteTable') throw awsError('AccessDeniedException', 'not authorized');
    };
    const run = world.start();
    expect(await world.clock.runUntil(run.result)).toMatchObject({ status: 'FAILED' });
    expectRecovered(world, before);
    expect(await incidentState()).toBe('verified');

    world.journal.before = () => {};
    expect(await world.clock.runUntil(run.redrive().result)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await incidentState()).toBe('closed');
    expect(await ledger.record('lock', 'lock')).toBeUndefined();
    expect([...world.tables.keys()].filter((name) => name.startsWith('rewind-'))).toEqual([]);
  });
});
