import type { BatchWriteItemCommand, WriteRequest } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../src/tasks/handler.ts';
import { ItemCalls, OutOfTime } from '../../../src/tasks/item/item-calls.ts';
import type { Item } from '../../../src/tasks/item/item.ts';
import { keyIdentity, keyOf } from '../../../src/tasks/item/key-identity.ts';
import { Budget } from '../../../src/tasks/pacing/budget.ts';
import type { Spending } from '../../../src/tasks/pacing/spending.ts';
import { Writer } from '../../../src/tasks/reset-segment/writer.ts';
import { storedItem } from '../../support/stored-items.ts';
import { type Behaviour, MemoryDynamodb } from './memory-dynamodb.ts';
import { KEYS, invocation } from './reset-world.ts';

const item = (pk: string, sk: number, value = 'x'): Item => ({
  pk: { S: pk },
  sk: { S: String(sk) },
  value: { S: value },
});
const identity = (of: Item) => keyIdentity(of, KEYS);
const keysIn = (batch: readonly WriteRequest[]) =>
  batch.map(({ PutRequest, DeleteRequest }) => identity(PutRequest?.Item ?? DeleteRequest?.Key ?? {}));

interface Setting {
  readonly behaviour?: Partial<Behaviour>;
  readonly spending?: (calls: ItemCalls) => Spending;
  /** Done before a batch is applied, in the time of which others may pass it. */
  readonly before?: (batch: readonly WriteRequest[], dynamodb: MemoryDynamodb) => Promise<void>;
  readonly seed?: string;
}

/** A writer to an empty table, and the batches that are under way at a time. */
function writing({ behaviour, spending, before, seed = 'seed' }: Setting = {}) {
  const dynamodb = new MemoryDynamodb({ overlapping: true, ...behaviour });
  dynamodb.fill('orders', KEYS);
  const batches: WriteRequest[][] = [];
  const underWay = new Set<readonly WriteRequest[]>();
  const most = { requests: 0 };
  const send = async (command: BatchWriteItemCommand) => {
    const batch = command.input.RequestItems?.orders ?? [];
    batches.push(batch);
    const keys = [...underWay].flatMap(keysIn);
    for (const key of keysIn(batch)) expect(keys).not.toContain(key);
    underWay.add(batch);
    most.requests = Math.max(most.requests, underWay.size);
    try {
      await before?.(batch, dynamodb);
      return await dynamodb.client.send(command);
    } finally {
      underWay.delete(batch);
    }
  };
  const client = { send } as unknown as Environment['dynamodb'];
  const calls = new ItemCalls({ ...invocation(dynamodb), dynamodb: client }, seed);
  return {
    dynamodb,
    batches,
    underWay,
    most,
    writer: new Writer(calls, 'orders', { spending: spending?.(calls) }),
  };
}

/** Fifty items in each of forty partitions, as a scan brings them. */
const inScanOrder = Array.from({ length: 2000 }, (_, index) => item(`p${Math.floor(index / 50)}`, index));

async function putAll(writer: Writer, items: readonly Item[]): Promise<void> {
  for (const each of items) await writer.put(storedItem(each, KEYS));
  await writer.flush();
}

describe('a writer', () => {
  it('has several requests under way, and never more than twelve', async () => {
    const { writer, most, batches, dynamodb } = writing();
    await putAll(writer, inScanOrder);
    expect(most.requests).toBe(12);
    expect(batches).toHaveLength(80);
    expect(dynamodb.items('orders')).toHaveLength(2000);
  });

  it('does not let a hot partition fill a batch', async () => {
    const { writer, batches } = writing();
    await putAll(writer, inScanOrder);
    const largestShare = batches.map((batch) => {
      const partitions = batch.map(({ PutRequest }) => PutRequest?.Item?.pk?.S);
      return Math.max(
        ...partitions.map((one) => partitions.filter((other) => other === one).length / batch.length),
      );
    });
    expect(Math.max(...largestShare)).toBeLessThan(0.5);
  });

  it('draws the same batches from the same seed, and others from another', async () => {
    const drawn = async (seed: string) => {
      const { writer, batches } = writing({ seed });
      await putAll(writer, inScanOrder);
      return batches.map(keysIn);
    };
    expect(await drawn('one')).toEqual(await drawn('one'));
    expect(await drawn('one')).not.toEqual(await drawn('two'));
  });

  it('keeps no more waiting than two thousand operations', async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    const { writer } = writing({ before: () => gate });
    const brought = { number: 0 };
    const bringing = (async () => {
      for (let index = 0; index < 3000; index += 1) {
        const each = item('p', index);
        await writer.put(storedItem(each, KEYS));
        brought.number += 1;
      }
      await writer.flush();
    })();
    await new Promise((resolve) => setImmediate(resolve));
    expect(brought.number).toBe(2000 + 12 * 25 - 1);
    open();
    await bringing;
    expect(brought.number).toBe(3000);
  });
});

const scenarios = fc.record({
  operations: fc.array(
    fc.record({ key: fc.integer({ min: 0, max: 12 }), value: fc.option(fc.integer({ min: 0, max: 99 })) }),
    { maxLength: 120 },
  ),
  trouble: fc.constantFrom(0, 0.2, 0.5),
  delays: fc.infiniteStream(fc.integer({ min: 0, max: 300 })),
  flushes: fc.infiniteStream(fc.boolean()),
  seed: fc.string({ maxLength: 4 }),
});

describe('any sequence of writes', () => {
  it('leaves what came last under each key, whatever is refused, delayed or left unprocessed', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async ({ operations, trouble, delays, flushes, seed }) => {
        const { writer, dynamodb } = writing({
          behaviour: { trouble, seed },
          before: (_batch, { clock }) => clock.sleep(delays.next().value),
          seed,
        });
        const last = new Map<string, Item | undefined>();
        for (const { key, value } of operations) {
          const put = item('p', key, String(value));
          last.set(identity(put), value === null ? undefined : put);
          if (value === null) await writer.delete(identity(put), keyOf(put, KEYS));
          else await writer.put(storedItem(put, KEYS));
          // Without waiting for it, so that what follows meets requests that are under way.
          if (flushes.next().value) void writer.flush();
        }
        await writer.flush();
        const left = new Map(dynamodb.items('orders').map((each) => [identity(each), each]));
        expect(left).toEqual(new Map([...last].filter(([, put]) => put !== undefined)));
      }),
      { numRuns: 150 },
    );
  });
});

describe('a writer whose request fails', () => {
  it('says so when nothing is under way any more, and sends nothing after it', async () => {
    const { writer, batches, underWay } = writing({
      before: async (_batch, { clock }) => {
        const number = batches.length;
        await clock.sleep(number === 3 ? 5 : 200);
        if (number === 3) throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
      },
    });
    await expect(putAll(writer, inScanOrder)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(underWay.size).toBe(0);
    const sent = batches.length;
    expect(sent).toBeLessThan(20);
    await expect(writer.flush()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(batches).toHaveLength(sent);
  });

  it('runs out of time when its rate lets nothing through in time, with nothing under way', async () => {
    const { writer, underWay, dynamodb } = writing({
      spending: ({ clock }) => new Budget({ perSecond: 1, adaptive: false, floor: 1 }, clock),
    });
    await expect(putAll(writer, inScanOrder)).rejects.toBeInstanceOf(OutOfTime);
    expect(underWay.size).toBe(0);
    expect(dynamodb.items('orders').length).toBeGreaterThan(500);
  });

  it('can be abandoned: what is under way ends, and nothing follows', async () => {
    const { writer, underWay, batches } = writing();
    for (const each of inScanOrder.slice(0, 600)) await writer.put(storedItem(each, KEYS));
    expect(underWay.size).toBeGreaterThan(0);
    await writer.abandon();
    expect(underWay.size).toBe(0);
    const sent = batches.length;
    await expect(writer.flush()).rejects.toThrow('abandoned');
    expect(batches).toHaveLength(sent);
  });
});

describe('the rate of a writer', () => {
  it.each([true, false])(
    'is never above the given one, whether answers tell the units or not: %s',
    async (tells) => {
      const { writer, dynamodb } = writing({
        behaviour: { tells },
        spending: ({ clock }) => new Budget({ perSecond: 100, adaptive: false, floor: 5 }, clock),
      });
      const start = dynamodb.clock.now();
      const large = inScanOrder.slice(0, 300).map((each, index) => ({
        ...each,
        body: { S: 'x'.repeat((index % 7) * 1000) },
      }));
      await putAll(writer, large);
      const uses = dynamodb.uses.filter(({ kind }) => kind === 'write');
      const all = uses.reduce((sum, { units }) => sum + units, 0);
      expect(all).toBeGreaterThan(900);
      for (const from of uses) {
        const inSecond = uses.filter(({ at }) => at >= from.at && at < from.at + 1000);
        expect(inSecond.reduce((sum, { units }) => sum + units, 0)).toBeLessThanOrEqual(300);
      }
      const seconds = (dynamodb.clock.now() - start) / 1000;
      expect(all / seconds).toBeGreaterThan(85);
      expect(all / (seconds + 2)).toBeLessThanOrEqual(100);
    },
  );

  it('finds what a table gives, and loses nothing on the way', async () => {
    const { writer, dynamodb } = writing({
      behaviour: { limits: { orders: { write: 200 } } },
      spending: ({ clock }) => new Budget({ perSecond: 4000, adaptive: true, floor: 5 }, clock),
    });
    const start = dynamodb.clock.now();
    const many = Array.from({ length: 12_000 }, (_, index) => item(`p${Math.floor(index / 50)}`, index));
    await putAll(writer, many);
    expect(dynamodb.items('orders')).toHaveLength(12_000);
    const perSecond = 12_000 / ((dynamodb.clock.now() - start) / 1000);
    expect(perSecond).toBeGreaterThan(120);
    expect(perSecond).toBeLessThan(210);
  });
});
