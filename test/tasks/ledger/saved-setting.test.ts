import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { saveFunction, savedFunctions, settleFunction } from '../../../src/tasks/ledger/function-record.ts';
import { ledgerOf } from '../../../src/tasks/ledger/ledger.ts';
import { ledgerTable, type LedgerTable } from '../../support/ledger-table.ts';
import { functionArn } from '../../support/lambda-application.ts';
import { NOW, taskEnvironment } from '../../support/task-environment.ts';

let ledger: LedgerTable;
beforeAll(async () => {
  ledger = await ledgerTable();
});
beforeEach(() => ledger.reset());
afterAll(() => ledger.close());

const own = (incidentId = 'bad-import') => ledgerOf(taskEnvironment(ledger), incidentId);
const orders = { name: 'shop-orders', arn: functionArn('shop-orders'), timeoutSeconds: 60, reads: true };

describe('a saved setting', () => {
  it('is never overwritten while it is owed', async () => {
    expect(await saveFunction(own(), orders, 25)).toBe(true);
    expect(await saveFunction(own(), orders, 0)).toBe(false);
    expect((await savedFunctions(own())).get('shop-orders')).toEqual({
      ...orders,
      before: 25,
      state: 'frozen',
      savedAt: NOW,
      settledAt: undefined,
    });
  });

  it.each(['thawed', 'gone'] as const)('is saved afresh once it is %s', async (state) => {
    await saveFunction(own(), orders, 25);
    await settleFunction(own(), 'shop-orders', state);
    expect(await saveFunction(own(), orders, 'absent')).toBe(true);
    expect((await savedFunctions(own())).get('shop-orders')).toMatchObject({
      before: 'absent',
      state: 'frozen',
    });
  });

  it('belongs to its incident alone', async () => {
    await saveFunction(own(), orders, 25);
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
