import { describe, expect, it } from 'vitest';
import { findingsOf, TELLING_STATES } from '../../src/cli/findings-of-state.ts';
import type { ExecutionResult } from '../../src/dsl/simulator/simulate.ts';
import { StateFailure } from '../../src/dsl/simulator/state-failure.ts';
import type { RecoverySystem } from '../../src/tasks/recovery-system.ts';
import { NOTICE_TOPIC } from '../support/approver.ts';
import { freshLedger } from '../support/fresh-ledger.ts';
import { recoveryWorld, type RecoveryWorld } from '../support/recovery-world.ts';
import { SECRETS, sensitiveItems, type Item } from '../support/sensitive-items.ts';

const ledger = freshLedger();

const orders = { good: sensitiveItems(10, 15), damaged: sensitiveItems(11, 16, 'spoilt') };
const functions = { 'shop-orders': { timeout: 60 }, 'shop-mail': { reserved: 25 } };
const shop = () => recoveryWorld(ledger, { tables: { orders }, functions });

const HOUR = 3_600_000;

/** Somebody does this so many hours after being asked. */
function afterHours(world: RecoveryWorld, hours: number, act: () => void): void {
  world.person.asked = () => void world.clock.schedule(world.clock.now() + hours * HOUR, act);
}

/** As if nothing had happened, and free for the next try. */
async function expectUndone(world: RecoveryWorld, result: ExecutionResult): Promise<void> {
  expect(result.status).toBe('FAILED');
  expect(result.cause).toMatch(/ \[undone: frozen, locked\]$/);
  expect(Object.fromEntries(world.functions)).toEqual(functions);
  expect(world.table('orders').writes).toEqual([]);
  expect(await ledger.record('lock', 'lock')).toBeUndefined();
  expect(await ledger.record('frozen', 'bad-import')).toBeUndefined();
  expect(await ledger.record('incident#bad-import', 'incident')).not.toHaveProperty('writingAt');
}

describe('a recovery that needs approval', () => {
  it('waits frozen, with nothing written, until somebody says yes', async () => {
    const world = shop();
    afterHours(world, 3, () => {
      expect(world.functions.get('shop-mail')?.reserved).toBe(0);
      expect(world.table('orders').writes).toEqual([]);
      world.person.answer('Yes');
    });
    const result = await world.run({ approval: true });
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(result.virtualMilliseconds).toBeGreaterThan(3 * HOUR);
    expect(world.table('orders').items).toEqual(orders.good);
    expect(Object.fromEntries(world.functions)).toEqual(functions);
  });

  it('keeps who asked for it and who agreed for the report', async () => {
    const world = shop();
    afterHours(world, 1, () => world.person.answer('Yes', (output) => output.replace('YOUR NAME', 'Grace')));
    expect(await world.run({ approval: true, requestedBy: 'Ada' })).toMatchObject({ status: 'SUCCEEDED' });
    const kept = await ledger.record('incident#bad-import', 'report');
    expect(JSON.parse(kept?.report?.S ?? '')).toMatchObject({ requestedBy: 'Ada', approvedBy: 'Grace' });
  });

  it('tells the topic what is planned in figures, and no key or item', async () => {
    const world = shop();
    afterHours(world, 1, () => world.person.answer('Yes'));
    await world.run({ approval: true });
    expect(world.person.messages).toMatchObject([
      { TopicArn: NOTICE_TOPIC, Subject: 'Rewind: approve bad-import' },
    ]);
    const text = world.person.messages[0]?.Message ?? '';
    expect(text).toContain('To go back to 2026-11-22T11:00:00Z is planned as:\n');
    expect(text).toMatch(
      /^orders: 6 puts and 1 deletes for 6 restored and 6 live items, 7 selected; \d+ write units, up to \d+ more for indexes, 0 stream records, about \$[\d.e-]+$/m,
    );
    expect(text).toContain('Without an answer within 4 hours it means no');
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  });

  it('keeps in its history the results that whoever follows it is told, and no key or item among them', async () => {
    const world = recoveryWorld(ledger, {
      tables: { orders },
      functions: { ...functions, 'blog-posts': {} },
    });
    afterHours(world, 1, () => world.person.answer('Yes'));
    const { history } = await world.run({ approval: true });
    const told = TELLING_STATES.map((state) => {
      const exit = history.find(({ stateExitedEventDetails }) => stateExitedEventDetails?.name === state);
      return findingsOf(state, exit?.stateExitedEventDetails?.assignedVariables ?? {});
    });
    const estimate = expect.stringMatching(/^orders: about \d+ write units and up to 0 more for indexes/);
    expect(told).toEqual([
      [expect.stringMatching(/^Warning: functions: 1 of this account .*blog-posts/)],
      ['orders: 6 puts and 1 deletes planned, for 6 restored and 6 live items'],
      [estimate],
      [estimate],
    ]);
    for (const secret of SECRETS) expect(JSON.stringify(told)).not.toContain(secret);
  });

  it('keeps in the ledger until when it waits, and no longer than it does', async () => {
    const world = shop();
    await world.run({ approval: true });
    const values = world.journal
      .of('UpdateItem')
      .map(({ at, input }) => ({ at, values: input.ExpressionAttributeValues as Item }));
    const asked = values.filter((call) => ':until' in call.values);
    expect(asked.map(({ at, values: { ':until': until } }) => Date.parse(until?.S ?? '') - at)).toEqual([
      4 * HOUR,
    ]);
    expect(await ledger.record('incident#bad-import', 'incident')).not.toHaveProperty('answerUntil');
  });

  it('is undone when somebody says no', async () => {
    const world = shop();
    afterHours(world, 1, () => world.person.answer('No', (output) => output.replace('YOUR NAME', 'Grace')));
    const result = await world.run({ approval: true });
    expect(result.error).toBe('NotApproved');
    expect(result.cause).toContain('the answer was no, by Grace');
    await expectUndone(world, result);
  });

  it('takes silence for a no, and can be tried again', async () => {
    const world = shop();
    const result = await world.run({ approval: true });
    expect(result.error).toBe('NotApproved');
    expect(result.cause).toContain('the answer was no: nobody answered within 4 hours');
    await expectUndone(world, result);

    afterHours(world, 1, () => world.person.answer('Yes'));
    expect(await world.run({ approval: true })).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.table('orders').items).toEqual(orders.good);
  });

  it('is undone by an answer that is neither yes nor no', async () => {
    const world = shop();
    afterHours(world, 1, () => world.person.answer('Yes', () => '{"approved":"sure"}'));
    const result = await world.run({ approval: true });
    expect(result.error).toBe('InvalidAnswer');
    await expectUndone(world, result);
  });

  it('is undone when the question cannot be asked', async () => {
    const world = shop();
    world.person.asked = () => {
      throw new StateFailure('SNS.AuthorizationErrorException', 'not allowed to publish');
    };
    const result = await world.run({ approval: true });
    expect(result.error).toBe('SNS.AuthorizationErrorException');
    await expectUndone(world, result);
  });

  it('is undone, and nobody is asked, when the gate would refuse the plan', async () => {
    const world = shop();
    const result = await world.run({ approval: true, limits: { maxChangeShare: 0.1 } });
    expect(result.error).toBe('GateRefused');
    expect(world.person.messages).toEqual([]);
    await expectUndone(world, result);
  });

  it('is refused after a yes when the freeze was lifted in the meantime', async () => {
    const world = shop();
    const running = world.start({ approval: true });
    await world.pass(120);
    await world.thawByHand({ force: false });
    world.person.answer('Yes');
    const result = await world.clock.runUntil(running.result);
    expect(result.error).toBe('FreezeRefused');
    expect(result.cause).toContain('the freeze of bad-import has been lifted');
    await expectUndone(world, result);
  });

  it('is refused, with nothing touched, by a system that has no topic to ask on', async () => {
    const world = recoveryWorld(ledger, {
      tables: { orders },
      functions,
      system: { noticeTopic: undefined },
    });
    const result = await world.run({ approval: true });
    expect(result).toMatchObject({ status: 'FAILED', error: 'PreflightRefused' });
    expect(result.cause).toContain('approval: the recovery system has no topic');
    expect(await ledger.records()).toEqual([]);
  });
});

describe('a system that requires approval', () => {
  const strict = (approval: NonNullable<RecoverySystem['approval']>) =>
    recoveryWorld(ledger, { tables: { orders }, functions, system: { approval } });

  it.each([{}, { approval: false }])('asks whatever the request says: %o', async (asked) => {
    const world = strict({ required: true });
    afterHours(world, 1, () => world.person.answer('Yes'));
    expect(await world.run(asked)).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.person.messages).toHaveLength(1);
  });

  it('waits as long as it has been told to, and then takes silence for a no', async () => {
    const world = strict({ required: true, hours: 30 });
    const result = await world.run();
    expect(result.cause).toContain('the answer was no: nobody answered within 1 day 6 hours');
    expect(result.virtualMilliseconds).toBeGreaterThan(30 * HOUR);
    expect(result.virtualMilliseconds).toBeLessThan(31 * HOUR);
    expect(world.person.messages[0]?.Message).toContain('Without an answer within 30 hours it means no');
    await expectUndone(world, result);
  });

  it('asks nobody, whatever its patience, unless it is required', async () => {
    const world = strict({ hours: 2 });
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.person.messages).toEqual([]);
  });
});

it('asks nobody unless approval is wanted', async () => {
  const world = shop();
  expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
  expect(world.person.messages).toEqual([]);
});
