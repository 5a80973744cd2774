import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  minute,
  recoverableTable,
  refusalOf,
  rehearsedAccount,
  restored,
  second,
  start,
  type RehearsedAccount,
} from './rehearsed-account.ts';

const keyOf = (id: string) => JSON.stringify({ id: { S: id } });

async function put({ dynamodb }: RehearsedAccount, id: string, value: string): Promise<void> {
  await dynamodb.send(new PutItemCommand({ TableName: 'orders', Item: { id: { S: id }, v: { N: value } } }));
}

async function add({ dynamodb }: RehearsedAccount, id: string, value: string): Promise<void> {
  await dynamodb.send(
    new UpdateItemCommand({
      TableName: 'orders',
      Key: { id: { S: id } },
      UpdateExpression: 'ADD v :v',
      ExpressionAttributeValues: { ':v': { N: value } },
    }),
  );
}

async function remove({ dynamodb }: RehearsedAccount, id: string): Promise<void> {
  await dynamodb.send(new DeleteItemCommand({ TableName: 'orders', Key: { id: { S: id } } }));
}

/** What a restored table holds: value by id. */
async function valuesIn({ aws }: RehearsedAccount, table: string): Promise<Record<string, unknown>> {
  const content = await aws.contentNow(table);
  return Object.fromEntries(
    [...content.values()].map((item) => [String(item['id']?.['S']), item['v']?.['N']]),
  );
}

test('restores exactly what a table held at each second', async () => {
  const account = await rehearsedAccount();
  const { clock, dynamodb } = account;
  await recoverableTable(account, 'orders');
  await put(account, 'a', '1');
  clock.pass(second);
  await put(account, 'a', '2');
  await put(account, 'b', '10');
  clock.pass(second);
  await add(account, 'b', '0.5');
  clock.pass(second);
  await remove(account, 'a');
  clock.pass(second);
  await dynamodb.send(
    new BatchWriteItemCommand({
      RequestItems: {
        orders: [
          { PutRequest: { Item: { id: { S: 'c' }, v: { N: '7' } } } },
          { PutRequest: { Item: { id: { S: 'a' }, v: { N: '3' } } } },
          { DeleteRequest: { Key: { id: { S: 'b' } } } },
        ],
      },
    }),
  );
  clock.pass(10 * minute);

  const expected = [
    { a: '1' },
    { a: '2', b: '10' },
    { a: '2', b: '10.5' },
    { b: '10.5' },
    { a: '3', c: '7' },
  ];
  for (const [passed, content] of expected.entries()) {
    await restored(account, 'orders', { target: `restored-${passed}`, to: start + passed * second });
    expect(await valuesIn(account, `restored-${passed}`)).toEqual(content);
  }
});

test('restores the state at the instant itself: a write a millisecond later is not in it', async () => {
  const account = await rehearsedAccount();
  const { aws, clock } = account;
  await recoverableTable(account, 'orders');
  clock.pass(second);
  await put(account, 'a', '1');
  clock.pass(1);
  await put(account, 'a', '2');
  clock.pass(10 * minute);
  await restored(account, 'orders', { target: 'restored', to: start + second + 400 });
  expect(await valuesIn(account, 'restored')).toEqual({ a: '1' });
  expect(aws.contentAt('orders', start + second).get(keyOf('a'))).toMatchObject({ v: { N: '1' } });
  expect(aws.contentAt('orders', start + second + 1).get(keyOf('a'))).toMatchObject({ v: { N: '2' } });
  expect(aws.contentAt('orders', start + second - 1).size).toBe(0);
});

test('keeps no trace of a refused write', async () => {
  const account = await rehearsedAccount();
  await recoverableTable(account, 'orders');
  await put(account, 'a', '1');
  const conditional = new PutItemCommand({
    TableName: 'orders',
    Item: { id: { S: 'a' }, v: { N: '2' } },
    ConditionExpression: 'attribute_not_exists(id)',
  });
  await refusalOf(account.dynamodb.send(conditional));
  expect(account.aws.contentAt('orders', account.clock.now())).toEqual(
    await account.aws.contentNow('orders'),
  );
});

test('knows one key by its value: 1 and 1.0 are the same number', async () => {
  const account = await rehearsedAccount();
  const { aws, clock, dynamodb } = account;
  await recoverableTable(account, 'readings', {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }],
  });
  for (const id of ['1', '1.0']) {
    await dynamodb.send(
      new PutItemCommand({ TableName: 'readings', Item: { id: { N: id }, written: { S: id } } }),
    );
    clock.pass(second);
  }
  expect(aws.contentAt('readings', start).size).toBe(1);
  expect(aws.contentAt('readings', clock.now())).toEqual(await aws.contentNow('readings'));
  expect(aws.contentAt('readings', clock.now()).size).toBe(1);
});

test('agrees with the engine after concurrent updates of one item', async () => {
  const account = await rehearsedAccount();
  await recoverableTable(account, 'orders');
  await Promise.all(Array.from({ length: 40 }, (_, index) => add(account, 'a', String(index))));
  const fromHistory = account.aws.contentAt('orders', account.clock.now());
  expect(fromHistory.get(keyOf('a'))).toMatchObject({ v: { N: '780' } });
  expect(fromHistory).toEqual(await account.aws.contentNow('orders'));
});

test('is, at every instant of any sequence of writes, what a plain map would hold', async () => {
  const ids = fc.constantFrom('a', 'b', 'c');
  const write = fc.record({
    kind: fc.constantFrom('put', 'add', 'remove'),
    id: ids,
    value: fc.integer({ min: 1, max: 99 }),
    pause: fc.constantFrom(0, 1, 999, 1000),
  });
  const account = await rehearsedAccount();
  const { aws, clock } = account;
  await recoverableTable(account, 'orders');
  const model = new Map<string, number>();

  await fc.assert(
    fc.asyncProperty(fc.array(write, { maxLength: 12 }), async (writes) => {
      const states = new Map<number, Record<string, string>>();
      for (const { kind, id, value, pause } of writes) {
        clock.pass(pause);
        if (kind === 'put') await put(account, id, String(value));
        else if (kind === 'add') await add(account, id, String(value));
        else await remove(account, id);
        if (kind === 'put') model.set(id, value);
        else if (kind === 'add') model.set(id, (model.get(id) ?? 0) + value);
        else model.delete(id);
        states.set(clock.now(), Object.fromEntries([...model].map(([key, n]) => [key, String(n)])));
      }
      for (const [at, state] of states) {
        const values = [...aws.contentAt('orders', at).values()];
        expect(Object.fromEntries(values.map((item) => [item['id']?.['S'], item['v']?.['N']]))).toEqual(
          state,
        );
      }
    }),
    { numRuns: 25 },
  );
});
