import {
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  BatchWriteItemCommand,
  type BatchWriteItemCommandInput,
  DynamoDBClient,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { ItemCalls, OutOfTime } from '../../../src/tasks/item/item-calls.ts';
import { lookupIn } from '../../../src/tasks/reset-segment/confirm.ts';
import { wireKey } from '../../../src/tasks/wire/stored-item.ts';
import { Writer } from '../../../src/tasks/reset-segment/writer.ts';
import type { Item } from '../../../src/tasks/item/item.ts';
import { storedItem } from '../../support/stored-items.ts';
import { MemoryDynamodb } from './memory-dynamodb.ts';
import { invocation } from './reset-world.ts';

const stored = (item: Item) => storedItem(item, ['pk']);
const key = (name: string) => ({ pk: { S: name } });
const names = Array.from({ length: 60 }, (_, index) => `k${index}`);

function mocked() {
  const dynamodb = new DynamoDBClient({ region: 'us-east-1' });
  const mock = mockClient(dynamodb);
  mock.rejects(new Error('an unexpected call'));
  const environment = { ...invocation(new MemoryDynamodb()), dynamodb };
  return { mock, calls: new ItemCalls(environment, 'seed') };
}

function recording(leave: (batch: readonly WriteRequest[], call: number) => readonly WriteRequest[]) {
  const { mock, calls } = mocked();
  const batches: WriteRequest[][] = [];
  mock.on(BatchWriteItemCommand).callsFake(({ RequestItems }: BatchWriteItemCommandInput) => {
    const batch = RequestItems?.orders ?? [];
    batches.push(batch);
    const left = leave(batch, batches.length);
    return { UnprocessedItems: left.length > 0 ? { orders: left } : {} };
  });
  return { batches, writer: new Writer(calls, 'orders') };
}

const written = (batches: readonly (readonly WriteRequest[])[]) =>
  batches.map((batch) =>
    batch.map(({ PutRequest, DeleteRequest }) => (PutRequest?.Item ?? DeleteRequest?.Key)?.pk?.S),
  );

describe('Writer', () => {
  it('writes everything when flushed, 25 at a time', async () => {
    const { batches, writer } = recording(() => []);
    for (const name of names) await writer.put(stored(key(name)));
    await writer.flush();
    expect(batches.map(({ length }) => length)).toEqual([25, 25, 10]);
    expect(new Set(written(batches).flat())).toEqual(new Set(names));
    await writer.flush();
    expect(batches).toHaveLength(3);
  });

  it('keeps a request far below 16 MB', async () => {
    const { batches, writer } = recording(() => []);
    const large = { body: { S: 'x'.repeat(390_000) } };
    for (const name of names.slice(0, 25)) await writer.put(stored({ ...key(name), ...large }));
    await writer.flush();
    expect(Math.max(...batches.map(({ length }) => length))).toBe(10);
    expect(written(batches).flat()).toHaveLength(25);
  });

  it('sends what was left unprocessed again, only that, until nothing is left', async () => {
    const { batches, writer } = recording((batch, call) => (call < 4 ? batch.slice(0, -5) : []));
    for (const name of names.slice(0, 20)) await writer.put(stored(key(name)));
    await writer.flush();
    expect(batches.map(({ length }) => length)).toEqual([20, 15, 10, 5]);
    expect(new Set(written(batches).flat())).toEqual(new Set(names.slice(0, 20)));
  });

  it('never names a key twice in a batch; the last write of it counts', async () => {
    const { batches, writer } = recording(() => []);
    await writer.put(stored({ ...key('a'), v: { N: '1' } }));
    await writer.put(stored({ ...key('a'), v: { N: '2' } }));
    await writer.delete(stored(key('b')).identity, key('b'));
    await writer.flush();
    expect(batches).toHaveLength(1);
    expect(new Set(batches[0])).toEqual(
      new Set([
        { PutRequest: { Item: { ...key('a'), v: { N: '2' } } } },
        { DeleteRequest: { Key: key('b') } },
      ]),
    );
  });

  it('gives up before the deadline when nothing is ever processed', async () => {
    const { writer } = recording((batch) => batch);
    await writer.put(stored(key('a')));
    await expect(writer.flush()).rejects.toBeInstanceOf(OutOfTime);
    await expect(writer.put(stored(key('b')))).rejects.toBeInstanceOf(OutOfTime);
  });
});

describe('lookupIn', () => {
  it('reads consistently and asks again for the keys that were not processed', async () => {
    const { mock, calls } = mocked();
    const asked: (string | undefined)[][] = [];
    mock.on(BatchGetItemCommand).callsFake(({ RequestItems }: BatchGetItemCommandInput) => {
      const request = RequestItems?.orders;
      expect(request?.ConsistentRead).toBe(true);
      const keys = request?.Keys ?? [];
      asked.push(keys.map(({ pk }) => pk?.S));
      const [first, ...rest] = keys;
      return {
        Responses: { orders: first?.pk?.S === 'absent' ? [] : [{ ...first, v: { N: '1' } }] },
        UnprocessedKeys: rest.length > 0 ? { orders: { Keys: rest } } : {},
      };
    });
    const found = await lookupIn(calls, { table: 'orders', key: wireKey(['pk']) })(
      ['a', 'absent', 'c'].map(key),
    );
    expect(asked).toEqual([['a', 'absent', 'c'], ['absent', 'c'], ['c']]);
    expect([...found.values()].map(({ item }) => item)).toEqual(
      ['a', 'c'].map((name) => ({ ...key(name), v: { N: '1' } })),
    );
  });
});
