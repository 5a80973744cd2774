import { describe, expect, it } from 'vitest';
import { compareTablesHandler } from '../../../src/tasks/compare-tables/handler.ts';
import type { Item } from '../../../src/tasks/item/item.ts';
import { verifySegmentHandler } from '../../../src/tasks/verify-segment/handler.ts';
import type { Behaviour, MemoryDynamodb } from '../reset-segment/memory-dynamodb.ts';
import { REQUEST, invocation, resetWorld } from '../reset-segment/reset-world.ts';

/** The clock of the memory begins here, and moves by milliseconds. */
const NOW = Date.UTC(2026, 0, 1) / 1000;
const DAY = 86_400;
const SEGMENTS = 3;

const item = (key: string, expiry?: number, value = 'x'): Item => ({
  pk: { S: `secret-${key}` },
  sk: { B: Uint8Array.from([0, 255]) },
  value: { S: value },
  ...(expiry === undefined ? {} : { ttl: { N: `${expiry}` } }),
});

const expired = (key: string, value?: string) => item(key, NOW - 10, value);
const soon = (key: string, value?: string) => item(key, NOW + DAY, value);
const later = (key: string, value?: string) => item(key, NOW + 3 * DAY, value);

async function verify(dynamodb: MemoryDynamodb, timeToLive: string | null) {
  const since = new Date(NOW * 1000).toISOString();
  for (const side of ['live', 'restored'] as const)
    for (let segment = 0; segment < SEGMENTS; segment += 1) {
      const [table, counterpart] =
        side === 'live' ? ['orders', 'rewind-orders'] : ['rewind-orders', 'orders'];
      const expiry = { timeToLive, side, counterpart, since };
      const request = { ...REQUEST, table, segment, segments: SEGMENTS, expiry };
      const answer = await verifySegmentHandler(request, invocation(dynamodb));
      expect(answer.done).toBe(true);
    }
}

async function compared(
  live: Item[],
  restored: Item[],
  { timeToLive = 'ttl', ...behaviour }: Partial<Behaviour> & { readonly timeToLive?: string | null } = {},
) {
  const dynamodb = resetWorld({ live, restored }, { alike: false, ...behaviour });
  await verify(dynamodb, timeToLive);
  return compareTablesHandler({ ...REQUEST, segments: SEGMENTS }, invocation(dynamodb)).catch(
    (error: Error) => error.message,
  );
}

const many = (count: number, of: (key: string) => Item) =>
  Array.from({ length: count }, (_, index) => of(`${index}`));

describe('a verification of a table with time to live', () => {
  it('lets expired items of the restored table be missing, and counts them apart', async () => {
    const both = [item('a'), soon('b'), later('c'), expired('d')];
    expect(await compared(both, [...both, expired('e'), expired('f')])).toMatchObject({
      items: 4,
      expired: 2,
    });
    expect(await compared([], many(450, expired))).toMatchObject({ items: 0, expired: 450 });
    expect(await compared(many(450, expired), many(450, expired))).toMatchObject({ items: 450, expired: 0 });
  });

  it('holds to it through throttling and partial answers', async () => {
    const restored = [...many(60, expired), ...many(60, (key) => soon(`s${key}`))];
    const live = restored.filter((_, index) => index > 20);
    const result = await compared(live, restored, { trouble: 0.2 });
    expect(result).toMatchObject({ items: 99, expired: 21 });
  });

  it.each<{ what: string; live: Item[]; restored: Item[]; message: string }>([
    {
      what: 'an item that expires later is missing',
      live: [],
      restored: [later('a')],
      message: 'items against',
    },
    {
      what: 'an item without time to live is missing',
      live: [],
      restored: [item('a')],
      message: 'items against',
    },
    {
      what: 'an item is missing before its time',
      live: [],
      restored: [soon('a')],
      message: '1 of the restored',
    },
    {
      what: 'an expired item is another',
      live: [expired('a', 'y')],
      restored: [expired('a')],
      message: '1 of its expiring items',
    },
    {
      what: 'an expiring item is another',
      live: [soon('a', 'y')],
      restored: [soon('a')],
      message: '1 of its expiring items',
    },
    {
      what: 'an expired item is there that was not',
      live: [expired('a')],
      restored: [],
      message: '1 of its expiring items',
    },
    {
      what: 'an expired one is where another was',
      live: [expired('a')],
      restored: [expired('b')],
      message: '1 of its expiring items',
    },
    {
      what: 'the time has changed',
      live: [soon('a')],
      restored: [expired('a')],
      message: '1 of its expiring items',
    },
    {
      what: 'the time is over that was not',
      live: [expired('a')],
      restored: [later('a')],
      message: 'items against',
    },
    {
      what: 'the time is not over that was',
      live: [later('a')],
      restored: [expired('a')],
      message: 'items against',
    },
    {
      what: 'the attribute is a text',
      live: [],
      restored: [{ ...item('a'), ttl: { S: `${NOW - 10}` } }],
      message: 'items against',
    },
    {
      what: 'the time is in milliseconds',
      live: [],
      restored: [item('a', (NOW - 10) * 1000)],
      message: 'items against',
    },
  ])('fails when $what', async ({ live, restored, message }) => {
    const others = [item('z'), soon('y'), expired('x')];
    const said = await compared([...live, ...others], [...restored, ...others]);
    expect(said).toContain('orders is not equal to rewind-orders: ');
    expect(said).toContain(message);
    expect(said).not.toContain('secret');
  });

  it('believes in no other attribute than the one that the plan names', async () => {
    expect(await compared([], [expired('a')], { timeToLive: 'expires' })).toContain('0 items against 1');
    expect(await compared([], [expired('a')], { timeToLive: null })).toContain('0 items against 1');
  });

  it('reads nothing by key where no item is expiring, and 100 keys at once where many are', async () => {
    const none = resetWorld({ live: many(20, later), restored: many(20, later) });
    await verify(none, 'ttl');
    expect(none.operations).not.toContain('BatchGetItem');
    expect(none.operations).not.toContain('DescribeTable');
    const all = resetWorld({ live: [], restored: many(450, soon) }, { pageSize: 1000 });
    await verify(all, 'ttl');
    const reads = all.operations.filter((operation) => operation === 'BatchGetItem').length;
    expect(reads).toBeLessThanOrEqual(450 / 100 + SEGMENTS);
  });

  it('counts the read units of the reads by key', async () => {
    const unitsOf = async (ttl: (key: string) => Item) => {
      const { readUnits } = (await compared(many(10, ttl), many(10, ttl))) as { readUnits: number };
      return readUnits;
    };
    // Twenty items are read by key, beside the same scans.
    expect((await unitsOf(soon)) - (await unitsOf(later))).toBe(20);
  });
});
