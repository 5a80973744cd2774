import { describe, expect, it } from 'vitest';
import { StateFailure } from '../../src/dsl/simulator/state-failure.ts';
import { freezesAndThaws } from '../support/freezes-and-thaws.ts';
import { freshLedger } from '../support/fresh-ledger.ts';
import { awsError } from '../support/lambda-application.ts';
import { recoveryWorld } from '../support/recovery-world.ts';
import { sensitiveItems } from '../support/sensitive-items.ts';

const ledger = freshLedger();

const orders = { good: sensitiveItems(10, 15), damaged: sensitiveItems(12, 17, 'spoilt') };

/** An application, and how each call of the tasks that freeze and thaw it ends. */
function shop(functions = 3) {
  const names = Array.from({ length: functions }, (_, index) => `shop-${index}`);
  const world = recoveryWorld(ledger, {
    tables: { orders },
    functions: Object.fromEntries(names.map((name, index) => [name, { reserved: 1 + index }])),
  });
  return { world, calls: freezesAndThaws(world), before: world.settings() };
}

/** The last twenty seconds are kept back; at twelve calls a second this is not enough for thirty functions. */
const SHORT: Readonly<Record<string, number>> = { Freeze: 22_500, Thaw: 21_500 };

describe('an application with more functions than one invocation has time for', () => {
  function slowShop() {
    const own = shop(30);
    own.world.timeOf = (task) => SHORT[task] ?? Infinity;
    return own;
  }

  it('is frozen and thawed in several, each of which goes on from the one before', async () => {
    const { world, calls, before } = slowShop();
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expect(calls).toEqual([
      'FreezeIncomplete',
      'Freeze',
      'Freeze',
      'Freeze',
      'Freeze',
      'Freeze',
      'ThawIncomplete',
      'Thaw',
    ]);
    expect(world.journal.of('PutFunctionConcurrency')).toHaveLength(60);
    expect(world.settings()).toEqual(before);
    expect(world.table('orders').items).toEqual(orders.good);
  });

  it('is thawed in several when the recovery is undone, too', async () => {
    const { world, calls, before } = slowShop();
    world.beforeTask = (name) => {
      if (name === 'PassGate') throw new StateFailure('GateRefused', 'not today');
    };
    expect((await world.run()).cause).toMatch(/not today.* \[undone: frozen, locked\]$/);
    expect(calls.slice(-2)).toEqual(['ThawIncomplete', 'Thaw']);
    expect(world.settings()).toEqual(before);
  });
});

describe('what AWS refuses in passing', () => {
  it('of a freeze, of a sweep or of a thaw is done by the next call', async () => {
    const { world, calls, before } = shop();
    let tries = 0;
    world.beforeTask = (name) => {
      if (['Freeze', 'Thaw'].includes(name)) tries += 1;
    };
    let refused = 0;
    world.journal.before = ({ operation }) => {
      // Every other call is refused once.
      if (operation !== 'GetFunction' || tries % 2 === 0 || refused === tries) return;
      refused = tries;
      throw awsError('AccessDeniedException');
    };
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    const ofFreezes = Array.from({ length: 5 }, () => ['FreezeIncomplete', 'Freeze']).flat();
    expect(calls).toEqual([...ofFreezes, 'ThawIncomplete', 'Thaw']);
    expect(world.settings()).toEqual(before);
  });

  it('ends the recovery when it does not pass, and is undone', async () => {
    const { world, calls, before } = shop();
    world.journal.before = ({ operation, input }) => {
      if (operation === 'PutFunctionConcurrency' && input.FunctionName === 'shop-1')
        throw awsError('AccessDeniedException');
    };
    expect(await world.run()).toMatchObject({ status: 'FAILED', error: 'FreezeIncomplete' });
    expect(calls).toEqual([...Array.from({ length: 5 }, () => 'FreezeIncomplete'), 'Thaw']);
    expect(world.settings()).toEqual(before);
  });
});

it('a freeze that may not stand is refused once, and not made again', async () => {
  const { world, calls } = shop();
  const running = world.start();
  await world.pass(1);
  await world.thawByHand({ force: false });
  calls.length = 0;
  expect(await world.clock.runUntil(running.result)).toMatchObject({ error: 'FreezeRefused' });
  expect(calls).toEqual(['FreezeRefused', 'Thaw']);
});
