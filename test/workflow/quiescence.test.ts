import { describe, expect, it } from 'vitest';
import { freshLedger } from '../support/fresh-ledger.ts';
import { awsError } from '../support/lambda-application.ts';
import { keepWriting } from '../support/outside-writer.ts';
import { recoveryWorld, type RecoveryWorld } from '../support/recovery-world.ts';
import { sensitiveItems } from '../support/sensitive-items.ts';

const ledger = freshLedger();

const MINUTE = 60_000;
const orders = { good: sensitiveItems(10, 19), damaged: sensitiveItems(12, 21, 'spoilt') };
const clients = { good: sensitiveItems(30, 36), damaged: sensitiveItems(30, 36) };

const shop = (quietMinutes?: number) =>
  recoveryWorld(ledger, {
    tables: { orders, clients },
    functions: { 'shop-orders': { timeout: 60 } },
    ...(quietMinutes === undefined ? {} : { system: { quietMinutes } }),
  });

const atGate = ({ journal }: RecoveryWorld) =>
  journal.calls.find(
    ({ operation, input }) =>
      operation === 'UpdateItem' && String(input.UpdateExpression).includes('#state = :writing'),
  )?.at ?? Number.NaN;

describe('the tables', () => {
  it('are proven not to be written, each by itself, for three minutes after the invocations have ended', async () => {
    const world = shop();
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED', output: { warnings: [] } });
    const asked = world.journal.of('GetMetricStatistics');
    const [first] = asked;
    expect(asked.map(({ input }) => input.Dimensions)).toEqual([
      [{ Name: 'TableName', Value: 'orders' }],
      [{ Name: 'TableName', Value: 'clients' }],
    ]);
    const stopped = world.journal.of('PutFunctionConcurrency')[0]?.at ?? Number.NaN;
    const from = Number(first?.input.StartTime);
    expect(Math.floor(from / MINUTE) * MINUTE).toBeGreaterThanOrEqual(stopped + MINUTE);
    expect((first?.at ?? 0) - from).toBe(5 * MINUTE);
  });

  it('that somebody goes on writing end the recovery, with their name and what to do, and all is undone', async () => {
    const world = shop();
    const before = world.settings();
    const writer = keepWriting(world, 'orders', sensitiveItems(40, 40));
    const result = await world.run();
    writer.stop();
    expect(result).toMatchObject({ status: 'FAILED', error: 'GaveUp' });
    expect(result.cause).toMatch(/orders is still being written: \d+ write units/);
    expect(result.cause).toContain('find what writes and stop it');
    expect(result.cause).toContain('deploy with writeFence true');
    expect(result.cause).not.toContain('clients');
    expect(result.cause).toContain('[undone: frozen, locked]');
    expect(world.settings()).toEqual(before);
    expect(world.journal.of('BatchWriteItem')).toEqual([]);
  });

  it('that somebody writes a little longer are waited for', async () => {
    const world = shop();
    const writer = keepWriting(world, 'orders', sensitiveItems(40, 40));
    let stoppedAt = Number.NaN;
    world.clock.schedule(world.clock.now() + 14 * MINUTE, () => {
      stoppedAt = world.clock.now();
      writer.stop();
    });
    expect(await world.run()).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.table('orders').items).toEqual(orders.good);
    expect(atGate(world) - stoppedAt).toBeGreaterThan(3 * MINUTE);
  });
});

describe('a recovery that does not know whether tables are written', () => {
  it('says so where CloudWatch may not be asked, and goes on', async () => {
    const world = shop();
    world.journal.before = ({ operation }) => {
      if (operation === 'GetMetricStatistics') throw awsError('AccessDenied', 'not authorized to do that');
    };
    const result = await world.run();
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    const { warnings } = result.output as { warnings: string[] };
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toContain(
      'whether anything still wrote orders before the reset is not known, because CloudWatch could not be asked: ' +
        'CloudWatch.CloudWatchException: not authorized to do that',
    );
  });

  it('says so where it is configured not to ask, and asks nothing', async () => {
    const world = shop(0);
    const result = await world.run();
    expect(result).toMatchObject({
      status: 'SUCCEEDED',
      output: {
        warnings: ['orders', 'clients'].map(
          (table) =>
            `whether anything still wrote ${table} before the reset is not known: quietMinutes is 0, so CloudWatch ` +
            'was not asked',
        ),
      },
    });
    expect(world.journal.of('GetMetricStatistics')).toEqual([]);
  });
});
