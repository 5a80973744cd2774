import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { savedFunctions, settleFunction, stopFunction } from '../../../src/tasks/ledger/function-record.ts';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { freshLedger } from '../../support/fresh-ledger.ts';
import { functionArn } from '../../support/lambda-application.ts';
import { NOW, taskEnvironment } from '../../support/task-environment.ts';

const ledger = freshLedger();

const own = (incidentId = 'bad-import') => ledgerOf(taskEnvironment(ledger), incidentId);
const orders = {
  name: 'shop-orders',
  arn: functionArn('shop-orders'),
  timeoutSeconds: 60,
  reads: true,
  before: 25,
};

const record = async () => (await savedFunctions(own())).get('shop-orders');
const stopped = vi.fn(async () => ({}));
const LATER = '2026-11-22T12:00:05.000Z';
const later = () => ({ ...own(), now: () => LATER });

describe('a saved setting', () => {
  it('is never overwritten while it is owed', async () => {
    await stopFunction(own(), orders, { record: undefined, isStopped: false, stop: stopped });
    const second = { record: undefined, isStopped: true, stop: stopped };
    await stopFunction(own(), { ...orders, before: 0 }, second);
    expect(await record()).toEqual({
      ...orders,
      state: 'frozen',
      savedAt: NOW,
      stoppedAt: NOW,
      settledAt: undefined,
    });
  });

  it.each(['thawed', 'gone'] as const)('is saved afresh once it is %s', async (state) => {
    await stopFunction(own(), orders, { record: undefined, isStopped: false, stop: stopped });
    await settleFunction(own(), 'shop-orders', state);
    const again = { record: await record(), isStopped: false, stop: stopped };
    await stopFunction(own(), { ...orders, before: 'absent' }, again);
    expect(await record()).toMatchObject({ before: 'absent', state: 'frozen' });
  });

  it('that was stopped before the incident is found so again at once', async () => {
    const found = { isStopped: true, stop: stopped };
    await stopFunction(own(), { ...orders, before: 0 }, { record: undefined, ...found });
    await settleFunction(own(), 'shop-orders', 'thawed');
    await stopFunction(own(), { ...orders, before: 0 }, { record: await record(), ...found });
    expect(await record()).toMatchObject({ state: 'frozen', before: 0, foundStopped: true });
  });

  it('is saved before it is stopped, and noted as stopped afterwards', async () => {
    const seen: unknown[] = [];
    const stop = async () => {
      seen.push(await record());
      throw new Error('dies');
    };
    const dying = stopFunction(own(), orders, { record: undefined, isStopped: false, stop });
    await expect(dying).rejects.toThrow('dies');
    expect(seen).toEqual([expect.objectContaining({ before: 25, stoppedAt: undefined })]);
  });

  it('that a call was about to stop when it died counts as stopped now', async () => {
    await stopFunction(own(), orders, { record: undefined, isStopped: false, stop: stopped });
    const dies = async () => Promise.reject(new Error('dies'));
    const again = stopFunction(own(), orders, { record: await record(), isStopped: false, stop: dies });
    await expect(again).rejects.toThrow('dies');
    const next = { record: await record(), isStopped: true, since: NOW, stop: stopped };
    const found = await stopFunction(later(), { ...orders, before: 0 }, next);
    expect(found).toEqual({ changed: true, stoppedAt: LATER });
    expect(await record()).toMatchObject({ before: 25, stoppedAt: LATER });
  });

  it.each([
    { since: undefined, changed: false },
    { since: NOW, changed: false },
    { since: '2026-11-22T11:59:59.000Z', changed: true },
  ])('that is found stopped since $since counts as changed: $changed', async ({ since, changed }) => {
    await stopFunction(own(), orders, { record: undefined, isStopped: false, stop: stopped });
    const found = { record: await record(), isStopped: true, since, stop: stopped };
    expect(await stopFunction(later(), orders, found)).toEqual({ changed, stoppedAt: NOW });
  });

  it('is not noted as stopped when it no longer exists', async () => {
    const stop = async () => 'gone' as const;
    const stopping = { record: undefined, isStopped: false, stop };
    await expect(stopFunction(own(), orders, stopping)).resolves.toBeUndefined();
    expect(await record()).toMatchObject({ state: 'frozen', stoppedAt: undefined });
  });

  it('belongs to its incident alone', async () => {
    await stopFunction(own(), orders, { record: undefined, isStopped: false, stop: stopped });
    await expect(savedFunctions(own('other-thing'))).resolves.toEqual(new Map());
  });

  it('is read strongly consistent and over all pages', async () => {
    const item = (name: string) => ({
      sk: { S: `function#${name}` },
      before: { N: '1' },
      state: { S: 'frozen' },
    });
    ledger.mock
      .on(QueryCommand)
      .resolvesOnce({ Items: [item('shop-a')], LastEvaluatedKey: { pk: { S: 'p' }, sk: { S: 's' } } })
      .resolvesOnce({ Items: [item('shop-b')] });
    expect([...(await savedFunctions(own())).keys()]).toEqual(['shop-a', 'shop-b']);
    const asked = ledger.mock.commandCalls(QueryCommand).map(({ args }) => args[0].input);
    expect(asked.map(({ ConsistentRead }) => ConsistentRead)).toEqual([true, true]);
    expect(asked[1]?.ExclusiveStartKey).toEqual({ pk: { S: 'p' }, sk: { S: 's' } });
  });
});
