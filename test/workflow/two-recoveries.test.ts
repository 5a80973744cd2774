import { describe, expect, it } from 'vitest';
import { ledgerOf } from '../../src/tasks/ledger/ledger.ts';
import { takeLock } from '../../src/tasks/ledger/lock-record.ts';
import { freshLedger } from '../support/fresh-ledger.ts';
import { awsError } from '../support/lambda-application.ts';
import { recoveryWorld, type RecoveryWorld } from '../support/recovery-world.ts';
import { sensitiveItems } from '../support/sensitive-items.ts';
import { executionArn, taskEnvironment } from '../support/task-environment.ts';

const ledger = freshLedger();

const orders = { good: sensitiveItems(10, 19), damaged: sensitiveItems(12, 21, 'spoilt') };
const shop = () =>
  recoveryWorld(ledger, {
    tables: { orders },
    functions: { 'shop-orders': {}, 'shop-mail': { reserved: 25 } },
  });

/** Lets both go on until both have ended. */
async function both<T>(world: RecoveryWorld, one: Promise<T>, other: Promise<T>): Promise<[T, T]> {
  return world.clock.runUntil(Promise.all([one, other]));
}

describe('two recoveries', () => {
  it.each(['other-incident', 'bad-import'])(
    'refuses the later one (%s) naming the holder, and the earlier one is unharmed',
    async (incidentId) => {
      const world = shop();
      const before = world.settings();
      const first = world.start();
      await world.pass(3);
      expect(world.functions.get('shop-mail')?.reserved).toBe(0);

      const [winner, loser] = await both(world, first.result, world.start({ incidentId }).result);

      expect(loser).toMatchObject({ status: 'FAILED', error: 'PreflightRefused' });
      expect(loser.cause).toContain('held by incident bad-import, execution run-1');
      expect(loser.stopDate).toBeLessThan(winner.stopDate);
      expect(winner).toMatchObject({ status: 'SUCCEEDED' });
      expect(world.table('orders').items).toEqual(orders.good);
      expect(world.settings()).toEqual(before);
    },
  );

  it.each(['other-incident', 'bad-import'])(
    'refuses one of two that start in the same moment (%s), and the other is unharmed',
    async (incidentId) => {
      const world = shop();
      const before = world.settings();
      const results = await both(world, world.start().result, world.start({ incidentId }).result);

      const winner = results.find(({ status }) => status === 'SUCCEEDED');
      const loser = results.find(({ status }) => status === 'FAILED');
      expect(loser?.error).toMatch(/^(LockHeld|PreflightRefused)$/);
      expect(loser?.cause).toContain(`execution ${winner?.executionArn.split(':').at(-1)}`);
      expect(world.table('orders').items).toEqual(orders.good);
      expect(world.settings()).toEqual(before);
      expect(await ledger.record('lock', 'lock')).toBeUndefined();
    },
  );

  it('refuses the one that saw the lock free, but came too late to take it', async () => {
    const world = shop();
    const rival = {
      incidentId: 'faster',
      executionArn: executionArn('faster-run'),
      acquiredAt: '2026-11-22T11:59:59.000Z',
      expiresAt: '2026-11-23T11:59:59.000Z',
    };
    world.statuses[rival.executionArn] = 'RUNNING';
    let taken = false;
    world.journal.before = async ({ operation, input }) => {
      if (taken || operation !== 'PutItem' || (input.Item as { pk: { S: string } }).pk.S !== 'lock') return;
      taken = true;
      await takeLock(ledgerOf(taskEnvironment(ledger), 'faster'), rival, undefined);
    };

    const result = await world.run();

    expect(result).toMatchObject({ status: 'FAILED', error: 'LockHeld' });
    expect(result.cause).toContain('held by incident faster, execution faster-run');
    expect((await ledger.record('lock', 'lock'))?.executionArn).toEqual({ S: rival.executionArn });
    expect(world.journal.of('PutFunctionConcurrency')).toEqual([]);
  });

  it('may follow one another', async () => {
    const world = shop();
    const before = world.settings();
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    world.table('orders').become(orders.damaged, world.clock.now());
    expect(await world.run({ incidentId: 'again' })).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.table('orders').items).toEqual(orders.good);
    expect(world.settings()).toEqual(before);
  });

  it('take the lock over from an execution that has been stopped before it froze anything', async () => {
    const world = shop();
    const before = world.settings();
    const first = world.start({ incidentId: 'stopped' });
    world.journal.before = ({ operation, input }) => {
      if (operation === 'PutItem' && (input.Item as { pk: { S: string } }).pk.S === 'lock') first.stop();
    };
    expect(await world.clock.runUntil(first.result)).toMatchObject({ status: 'ABORTED' });

    world.journal.before = () => {};
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.settings()).toEqual(before);
  });

  describe('of which one was stopped at its gate', () => {
    const stoppedAtItsGate = async (world: RecoveryWorld) => {
      const stopped = world.start();
      world.beforeTask = (name) => {
        if (name !== 'PassGate') return;
        stopped.stop();
        throw awsError('ServiceException', 'stopped before the function was called');
      };
      expect(await world.clock.runUntil(stopped.result)).toMatchObject({ status: 'ABORTED' });
      world.beforeTask = () => {};
      return stopped;
    };

    it('have it go on by a redrive, for it has the lock', async () => {
      const world = shop();
      const before = world.settings();
      const stopped = await stoppedAtItsGate(world);
      expect(await world.clock.runUntil(stopped.redrive().result)).toMatchObject({ status: 'SUCCEEDED' });
      expect(world.table('orders').items).toEqual(orders.good);
      expect(world.settings()).toEqual(before);
    });

    it('refuse its redrive when the other has begun, which goes on unharmed', async () => {
      const world = shop();
      const before = world.settings();
      const stopped = await stoppedAtItsGate(world);
      const second = world.start();
      await world.pass(10);
      const redriven = await world.clock.runUntil(stopped.redrive().result);
      expect(redriven).toMatchObject({ status: 'FAILED', error: 'GateRefused' });
      expect(redriven.cause).toContain('this execution does not hold the lock of bad-import');
      expect(redriven.cause).toMatch(
        /NOT UNDONE: frozen \(StaysFrozen: .* another run of it has taken the lock/,
      );
      expect(world.functions.get('shop-mail')?.reserved).toBe(0);
      expect(await ledger.record('incident#bad-import', 'incident')).toMatchObject({ state: { S: 'open' } });

      expect(await world.clock.runUntil(second.result)).toMatchObject({ status: 'SUCCEEDED' });
      expect(world.table('orders').items).toEqual(orders.good);
      expect(world.settings()).toEqual(before);
    });
  });
});
