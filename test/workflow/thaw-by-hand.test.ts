import { describe, expect, it } from 'vitest';
import type { ExecutionResult } from '../../src/dsl/simulator/simulate.ts';
import type { Call } from '../support/call-journal.ts';
import { freshLedger } from '../support/fresh-ledger.ts';
import { awsError } from '../support/lambda-application.ts';
import { recoveryWorld, type RecoveryWorld } from '../support/recovery-world.ts';
import { sensitiveItems } from '../support/sensitive-items.ts';

const ledger = freshLedger();

const orders = { good: sensitiveItems(10, 69), damaged: sensitiveItems(12, 71, 'spoilt') };

const shop = () =>
  recoveryWorld(ledger, {
    tables: { orders },
    functions: { 'shop-orders': {}, 'shop-mail': { reserved: 25 }, 'shop-closed': { reserved: 0 } },
    mappings: { 'uuid-queue': { function: 'shop-mail', state: 'Enabled' } },
  });

const incident = () => ledger.record('incident#bad-import', 'incident');

/** Has an operator thaw just before the first call that is meant. */
function thawBefore(world: RecoveryWorld, force: boolean, meant: (call: Call) => boolean) {
  const thawed = { times: 0 };
  world.journal.before = async (call) => {
    if (thawed.times > 0 || !meant(call)) return;
    thawed.times += 1;
    await world.thawByHand({ force });
  };
  return thawed;
}

/** Asks the ledger how far the reset of a table has come: the first thing that resets it. */
const asResetBegins = ({ operation, input }: Call) =>
  operation === 'GetItem' && JSON.stringify(input.Key).includes('#apply#');
const onLiveTable = ({ operation, input }: Call) =>
  operation === 'BatchWriteItem' && 'orders' in (input.RequestItems as object);
const asVerificationBegins = ({ operation, input }: Call) =>
  operation === 'GetItem' && JSON.stringify(input.Key).includes('verify#');
const asItIsRecorded = ({ operation, input }: Call) =>
  operation === 'UpdateItem' && String(input.UpdateExpression).includes('= :verified');

describe('a thaw by force while Rewind resets', () => {
  /** The run has failed, and what the operator has put back stays as it is. */
  async function expectNoSuccess(result: ExecutionResult, world: RecoveryWorld): Promise<void> {
    expect(result.status).toBe('FAILED');
    expect(world.journal.of('DeleteTable')).toEqual([]);
    expect(await incident()).toMatchObject({ state: { S: 'writing' }, freeze: { S: 'lifting' } });
    expect(await incident()).not.toHaveProperty('closedAt');
    expect(await incident()).not.toHaveProperty('verifiedAt');
    expect(await ledger.record('lock', 'lock')).toBeDefined();
  }

  it('stops a reset that has not begun to write, and is not undone', async () => {
    const world = shop();
    const before = world.settings();
    thawBefore(world, true, asResetBegins);
    const result = await world.run();
    await expectNoSuccess(result, world);
    expect(result.cause).toContain('ResetRefused');
    expect(result.cause).toContain('the freeze of bad-import is being lifted');
    expect(world.journal.of('BatchWriteItem')).toEqual([]);
    expect(world.settings()).toEqual(before);
  });

  it.each([
    ['writes its first batch', onLiveTable, 'the freeze of bad-import has been lifted'],
    ['is being verified', asVerificationBegins, 'the freeze of bad-import has been lifted'],
    ['is about to be recorded as verified', asItIsRecorded, 'its freeze was lifted before the proof'],
  ])('denies success to one that %s, and is not undone', async (...[, meant, words]) => {
    const world = shop();
    const before = world.settings();
    const thawed = thawBefore(world, true, meant);
    const result = await world.run();
    expect(thawed.times).toBe(1);
    await expectNoSuccess(result, world);
    expect(result.cause).toContain(words);
    expect(world.settings()).toEqual(before);
  });

  it('is followed by a second run of the same incident that completes it', async () => {
    const world = shop();
    const before = world.settings();
    thawBefore(world, true, onLiveTable);
    expect(await world.run()).toMatchObject({ status: 'FAILED' });
    world.journal.before = () => {};
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.table('orders').items).toEqual(orders.good);
    expect(world.settings()).toEqual(before);
    expect(await incident()).toMatchObject({ state: { S: 'closed' } });
  });
});

describe('a thaw while Rewind waits for running invocations', () => {
  it('is not undone by the sweep: the run fails, and the application stays as it was', async () => {
    const world = shop();
    const before = world.settings();
    const thawed = thawBefore(world, false, ({ operation }) => operation === 'DescribeBackup');
    const result = await world.run();

    expect(thawed.times).toBe(1);
    expect(result).toMatchObject({ status: 'FAILED', error: 'FreezeRefused' });
    expect(result.cause).toContain('the freeze of bad-import has been lifted');
    expect(result.cause).toContain('run the incident again');
    expect(world.settings()).toEqual(before);
    expect(world.journal.of('BatchWriteItem')).toEqual([]);
    const stops = world.journal
      .of('PutFunctionConcurrency')
      .filter(({ input }) => input.ReservedConcurrentExecutions === 0);
    expect(new Set(stops.map(({ input }) => input.FunctionName))).toEqual(
      new Set(['shop-mail', 'shop-orders']),
    );
    expect(stops).toHaveLength(2);
    expect(await ledger.record('lock', 'lock')).toBeUndefined();
  });
});

describe('a function that somebody sets free while Rewind verifies', () => {
  it('breaks the freeze: it is frozen again, and a second run completes the incident', async () => {
    const world = shop();
    const before = world.settings();
    const result = await world.run({}, ({ type }, { machineName }) => {
      const mail = world.functions.get('shop-mail');
      if (machineName === 'VerifyTable' && type === 'ExecutionStarted' && mail) mail.reserved = 7;
    });

    expect(result).toMatchObject({ status: 'FAILED', error: 'FreezeBroken' });
    expect(result.cause).toMatch(
      /1 functions, event-source mappings, pipes, rules, schedules or write fences were not frozen/,
    );
    expect(result.cause).not.toContain('undone: frozen');
    expect([...world.functions.values()].map(({ reserved }) => reserved)).toEqual([0, 0, 0]);
    expect(world.mappings.get('uuid-queue')?.state).toBe('Disabled');
    expect(await incident()).toMatchObject({ state: { S: 'writing' }, freeze: { S: 'standing' } });

    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.table('orders').items).toEqual(orders.good);
    expect(world.settings()).toEqual(before);
    expect(await incident()).toMatchObject({ state: { S: 'closed' } });
  });

  it('breaks it even if the sweep that froze it again fails, and its redrive finds all frozen', async () => {
    const world = shop();
    const run = world.start({}, ({ type }, { machineName }) => {
      const mail = world.functions.get('shop-mail');
      if (machineName === 'VerifyTable' && type === 'ExecutionStarted' && mail) mail.reserved = 7;
    });
    let failed = false;
    world.journal.before = ({ operation }) => {
      const stops = world.journal
        .of('PutFunctionConcurrency')
        .filter(({ input }) => input.FunctionName === 'shop-mail');
      if (failed || stops.length < 2 || operation !== 'ListEventSourceMappings') return;
      failed = true;
      throw awsError('AccessDeniedException');
    };
    expect(await world.clock.runUntil(run.result)).toMatchObject({ error: 'AccessDeniedException' });
    expect(world.functions.get('shop-mail')?.reserved).toBe(0);

    await world.pass(60);
    expect(await world.clock.runUntil(run.redrive().result)).toMatchObject({ error: 'FreezeBroken' });
  });
});
