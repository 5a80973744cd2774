import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/tasks/item/item.ts';
import { RESET_BOUNDS } from '../../../src/tasks/reset-segment/reset-bounds.ts';
import { resetOneSegment } from '../../../src/tasks/reset-segment/reset-one-segment.ts';
import { verifyOneSegment } from '../../../src/tasks/verify-segment/verify-one-segment.ts';
import type { MemoryDynamodb } from './memory-dynamodb.ts';
import { REQUEST, invocation, planned, resetToTheEnd, resetWorld } from './reset-world.ts';

/** More items than a table can answer for in one invocation that gives one unit a second. */
const ITEMS = 1_200;

const numbered = (count: number, rest: Item = {}): Item[] =>
  Array.from({ length: count }, (_, index) => ({ pk: { S: `p${index}` }, sk: { S: 's' }, ...rest }));

const rates = ({ read = 100_000, write = 100_000 }) => ({
  read: { unitsPerSecond: read, adaptive: false },
  write: { unitsPerSecond: write, adaptive: false },
});

const hoursOf = async (dynamodb: MemoryDynamodb, work: () => Promise<unknown>) => {
  const start = dynamodb.clock.now();
  await work();
  return (dynamodb.clock.now() - start) / 3_600_000;
};

const LONG = { bounds: RESET_BOUNDS, minutes: 15 };

describe('a live table that gives one unit a second', () => {
  it('is compared though all of its items are gone, each of which takes a read to see that', async () => {
    const dynamodb = resetWorld({ live: [], restored: numbered(ITEMS) }, { pageSize: ITEMS });
    const request = { ...REQUEST, mode: 'plan', rates: rates({ read: 1 }) } as const;
    const hours = await hoursOf(dynamodb, async () =>
      expect(await resetToTheEnd(dynamodb, request, LONG)).toMatchObject({ puts: ITEMS }),
    );
    expect(hours).toBeLessThan(0.5);
  });

  /** As where no rate is stated. */
  const adaptive = { read: { unitsPerSecond: 1, adaptive: true }, write: rates({}).write };

  it.each([
    { size: 100_000, calls: 2 },
    { size: 390_000, calls: 3 },
  ])('is compared though its items have become as large as $size bytes', async ({ size, calls }) => {
    const live = numbered(size < 200_000 ? 40 : 20, { value: { S: '.'.repeat(size) } });
    const restored = live.map(({ value: _value, ...key }) => key);
    const limits = { orders: { read: 1 } };
    const dynamodb = resetWorld({ live, restored }, { pageSize: ITEMS, limits });
    const request = { ...REQUEST, mode: 'plan', rates: adaptive } as const;
    for (let call = 1; call < calls; call += 1) await resetOneSegment(request, invocation(dynamodb));
    const { done, counts } = await resetOneSegment(request, invocation(dynamodb));
    expect({ done, puts: counts.puts }).toEqual({ done: true, puts: live.length });
    // Hardly anything is read twice.
    const reads = dynamodb.uses.filter(({ table }) => table === 'orders');
    const once = live.length * Math.ceil(size / 4096);
    expect(reads.reduce((sum, { units }) => sum + units, 0)).toBeLessThan(once * 1.2);
  });

  /** Items in the order in which a scan brings them. */
  const inOrder = async (count: number): Promise<Item[]> => {
    const { client } = resetWorld({ live: numbered(count), restored: [] }, { pageSize: count });
    const scan = new ScanCommand({ TableName: 'orders', ConsistentRead: true });
    return (await client.send(scan)).Items ?? [];
  };

  it.each([
    { where: 'a page that came early is of small ones', window: 100, kept: 1 },
    { where: 'most of the small ones are new', window: 20_000, kept: 4 },
  ])('is compared though large items follow small ones, where $where', async ({ window, kept }) => {
    const [small, all] = [240, 264];
    const items = await inOrder(all);
    const large = { value: { S: '.'.repeat(390_000) } };
    const live = items.map((item, index) => (index < small ? item : { ...item, ...large }));
    const restored = items.filter((_, index) => index >= small || index % kept === 0);
    const dynamodb = resetWorld({ live, restored }, { pageSize: 50, limits: { orders: { read: 1 } } });
    const request = { ...REQUEST, mode: 'plan', rates: rates({ read: 1 }) } as const;
    const bounds = { ...RESET_BOUNDS, window: { ...RESET_BOUNDS.window, items: window } };
    for (let call = 1; call < 8; call += 1) await resetOneSegment(request, invocation(dynamodb), bounds);
    const { done, counts } = await resetOneSegment(request, invocation(dynamodb), bounds);
    expect({ done, puts: counts.puts }).toEqual({ done: true, puts: all - small });
  });

  it('is rid of more items than one invocation can delete', async () => {
    const world = resetWorld({ live: numbered(ITEMS), restored: [] }, { pageSize: ITEMS });
    const dynamodb = await planned(world);
    const request = { ...REQUEST, rates: rates({ write: 1 }) };
    const hours = await hoursOf(dynamodb, () => resetToTheEnd(dynamodb, request, LONG));
    expect(dynamodb.items('orders')).toEqual([]);
    expect(hours).toBeLessThan(1);
  });

  it('is rid of them in the share of one of many, where the stated rate is more than the table has', async () => {
    const limits = { orders: { write: 0.25 } };
    const world = resetWorld({ live: numbered(600), restored: [] }, { pageSize: 600, limits });
    const dynamodb = await planned(world);
    const write = { unitsPerSecond: 2_000, adaptive: false, capacity: 5 };
    const request = { ...REQUEST, atOnce: 20, rates: { ...rates({}), write } };
    for (let calls = 0; calls < 6; calls += 1) await resetOneSegment(request, invocation(dynamodb));
    expect(await resetOneSegment(request, invocation(dynamodb))).toMatchObject({ done: true });
    expect(dynamodb.items('orders')).toEqual([]);
  });

  /** Invocations until a table is verified. */
  const invocations = async (dynamodb: MemoryDynamodb, request: Parameters<typeof verifyOneSegment>[0]) => {
    for (let calls = 1; calls < 10; calls += 1)
      if ((await verifyOneSegment(request, invocation(dynamodb))).done) return calls;
    return Infinity;
  };

  it('is verified in several invocations though none of them reads twenty pages', async () => {
    // Each page takes a minute.
    const items = numbered(500, { value: { S: '.'.repeat(9_600) } });
    const dynamodb = resetWorld({ live: items, restored: items }, { pageSize: 25 });
    expect(await invocations(dynamodb, { ...REQUEST, rates: rates({ read: 1 }) })).toBe(2);
  });

  it('answers for more expiring items than one invocation can ask for', async () => {
    const since = new Date(Date.UTC(2026, 0, 1)).toISOString();
    const items = numbered(ITEMS, { ttl: { N: String(Date.parse(since) / 1000 + 60) } });
    const dynamodb = resetWorld({ live: items, restored: items }, { pageSize: ITEMS });
    const expiry = { timeToLive: 'ttl', side: 'restored', counterpart: 'orders', since } as const;
    const request = { ...REQUEST, table: 'rewind-orders', expiry, rates: rates({ read: 1 }) };
    expect(await invocations(dynamodb, request)).toBe(2);
    expect(dynamodb.uses.filter(({ table }) => table === 'orders')).toHaveLength(ITEMS);
  });

  it('is asked for expiring items at the rate that it turns out to give', async () => {
    const since = new Date(Date.UTC(2026, 0, 1)).toISOString();
    const items = numbered(ITEMS, { ttl: { N: String(Date.parse(since) / 1000 + 60) } });
    const limits = { orders: { read: 100 } };
    const dynamodb = resetWorld({ live: items, restored: items }, { pageSize: ITEMS, limits });
    const expiry = { timeToLive: 'ttl', side: 'restored', counterpart: 'orders', since } as const;
    const begun = { read: { unitsPerSecond: 1_000, adaptive: true }, write: rates({}).write };
    await invocations(dynamodb, { ...REQUEST, table: 'rewind-orders', expiry, rates: begun });
    const asked = dynamodb.operations.filter((operation) => operation === 'BatchGetItem').length;
    // Five items or more by each request that it answers; otherwise there are some four.
    expect(asked).toBeLessThan(ITEMS / 5);
  });
});
