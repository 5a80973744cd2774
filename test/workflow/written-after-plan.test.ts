import { describe, expect, it } from 'vitest';
import { freshLedger } from '../support/fresh-ledger.ts';
import { recoveryWorld, type RecoveryWorld } from '../support/recovery-world.ts';
import { SECRETS, sensitiveItem, sensitiveItems } from '../support/sensitive-items.ts';

const ledger = freshLedger();

const orders = { good: sensitiveItems(10, 69), damaged: sensitiveItems(12, 71, 'spoilt') };
const functions = { 'shop-orders': { timeout: 60 }, 'shop-mail': { reserved: 25 } };
const shop = () => recoveryWorld(ledger, { tables: { orders }, functions });

/** What somebody who is no function adds to the table meanwhile. */
const ADDED = sensitiveItems(80, 91, 'added');

const HOUR = 3_600_000;

/** Somebody says yes three hours after being asked; something happens in the second one. */
function agreeLater(world: RecoveryWorld, meanwhile: () => void): void {
  world.person.asked = () => {
    world.clock.schedule(world.clock.now() + 2 * HOUR, meanwhile);
    world.clock.schedule(world.clock.now() + 3 * HOUR, () => world.person.answer('Yes'));
  };
}

const add = (world: RecoveryWorld) => (): void => {
  for (const item of ADDED) world.writeFromOutside('orders', item);
};

async function expectFrozen(world: RecoveryWorld): Promise<void> {
  expect([...world.functions.values()].map(({ reserved }) => reserved)).toEqual([0, 0]);
  expect(await ledger.record('incident#bad-import', 'incident')).toMatchObject({ state: { S: 'writing' } });
  expect(await ledger.record('frozen', 'bad-import')).toBeDefined();
}

describe('a table that somebody writes to after its plan', () => {
  it('is not reset beyond what was agreed to, and the application stays frozen', async () => {
    const world = shop();
    agreeLater(world, add(world));
    const result = await world.run({ approval: true });

    expect(world.person.messages[0]?.Message).toContain('60 puts and 2 deletes');
    expect(result.status).toBe('FAILED');
    expect(result.cause).toMatch(
      /apply of orders: \d of \d segments failed, the first with PlanExceeded: orders needs more deletes than the \d planned here: something has written to it since/,
    );
    expect(result.cause).toContain('The application stays frozen');
    expect(result.cause).toContain('start the incident again with the same id');
    for (const secret of SECRETS) expect(JSON.stringify(result)).not.toContain(secret);
    expect(world.table('orders').items).toEqual(expect.arrayContaining(ADDED));
    const deletes = world.table('orders').writes.filter(({ kind }) => kind === 'delete');
    expect(deletes.length).toBeLessThanOrEqual(2);
    await expectFrozen(world);
  });

  it('is planned and asked about anew by a second run, which recovers it', async () => {
    const world = shop();
    agreeLater(world, add(world));
    await world.run({ approval: true });
    agreeLater(world, () => {});
    const second = await world.run({ approval: true });

    expect(world.person.messages).toHaveLength(2);
    expect(world.person.messages[1]?.Message).toMatch(/ 1[234] deletes for 60 restored/);
    expect(second).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.table('orders').items).toEqual(orders.good);
    expect(Object.fromEntries(world.functions)).toEqual(functions);
    expect(await ledger.record('lock', 'lock')).toBeUndefined();
  });

  it('is refused by a redrive too, which has only the same plan', async () => {
    const world = shop();
    agreeLater(world, add(world));
    const run = world.start({ approval: true });
    await world.clock.runUntil(run.result);
    const redriven = await world.clock.runUntil(run.redrive().result);

    expect(redriven).toMatchObject({ status: 'FAILED', redriveCount: 1 });
    expect(redriven.cause).toContain('PlanExceeded');
    expect(world.person.messages).toHaveLength(1);
    expect(world.table('orders').items).toEqual(expect.arrayContaining(ADDED));
    await expectFrozen(world);
  });

  it('does not go beyond the limits either: the gate of the second run refuses the new plan', async () => {
    const world = shop();
    world.beforeTask = (name) => {
      if (name === 'PassGate') add(world)();
    };
    const limits = { maxDeleteShare: 0.1 };
    const first = await world.run({ limits });
    expect(first.cause).toContain('PlanExceeded');
    world.beforeTask = () => {};
    const second = await world.run({ limits });

    expect(second).toMatchObject({ status: 'FAILED', error: 'GateRefused' });
    expect(second.cause).toContain('more than limits.maxDeleteShare (10.0%) allows');
    expect(world.table('orders').items).toEqual(expect.arrayContaining(ADDED));
    await expectFrozen(world);
  });

  it('is reset as planned when only what is planned anyway was written', async () => {
    const world = shop();
    agreeLater(world, () => {
      for (const number of [15, 70]) world.writeFromOutside('orders', sensitiveItem(number, 'worse'));
    });
    expect(await world.run({ approval: true })).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.table('orders').items).toEqual(orders.good);
  });
});
