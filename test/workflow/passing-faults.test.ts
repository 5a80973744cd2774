import { describe, expect, it } from 'vitest';
import { StateFailure } from '../../src/dsl/simulator/state-failure.ts';
import { freshLedger } from '../support/fresh-ledger.ts';
import { awsError } from '../support/lambda-application.ts';
import { recoveryWorld, type RecoveryWorld } from '../support/recovery-world.ts';
import { sensitiveItems } from '../support/sensitive-items.ts';

const ledger = freshLedger();

const orders = { good: sensitiveItems(10, 15), damaged: sensitiveItems(12, 17, 'spoilt') };

/** An application where Lambda fails the first call of every task, and DynamoDB throttles the first of these. */
function unsteady(...operations: readonly string[]): { world: RecoveryWorld; failed: Set<string> } {
  const world = recoveryWorld(ledger, { tables: { orders } });
  const failed = new Set<string>();
  const failFirst = (name: string, fault: Error) => {
    if (failed.has(name)) return;
    failed.add(name);
    throw fault;
  };
  world.beforeTask = (name) => failFirst(name, new StateFailure('Lambda.ServiceException', 'it passes'));
  world.journal.before = ({ operation }) => {
    if (operations.includes(operation)) failFirst(operation, awsError('ThrottlingException'));
  };
  return { world, failed };
}

describe('when every task fails once in passing', () => {
  it('a recovery ends as well as ever', async () => {
    const { world, failed } = unsteady('DeleteTable', 'CreateBackup');
    const before = world.settings();
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.table('orders').items).toEqual(orders.good);
    expect(world.settings()).toEqual(before);
    expect(failed.size).toBeGreaterThan(12);
  });

  it('a recovery that needs approval asks again', async () => {
    const { world } = unsteady();
    let asked = 0;
    world.person.asked = () => {
      asked += 1;
      if (asked === 1) throw new StateFailure('SNS.ThrottledException', 'it passes');
      world.clock.schedule(world.clock.now() + 60_000, () => world.person.answer('Yes'));
    };
    expect(await world.run({ approval: true })).toMatchObject({ status: 'SUCCEEDED' });
    expect(asked).toBe(2);
  });

  it('a recovery that fails is undone', async () => {
    const { world, failed } = unsteady();
    const before = world.settings();
    const failFirst = world.beforeTask;
    world.beforeTask = (name) => {
      if (name === 'PassGate') throw new StateFailure('GateRefused', 'not today');
      failFirst(name);
    };
    const { cause } = await world.run();
    expect(cause).toMatch(/not today.* \[undone: frozen, locked\]$/);
    expect(world.settings()).toEqual(before);
    expect([...failed]).toEqual(expect.arrayContaining(['Thaw', 'ReleaseLock']));
  });
});
