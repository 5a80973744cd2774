import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/tasks/item/item.ts';
import { RESET_BOUNDS } from '../../../src/tasks/reset-segment/reset-bounds.ts';
import { resetOneSegment } from '../../../src/tasks/reset-segment/reset-one-segment.ts';
import type { ResetRequest } from '../../../src/tasks/reset-segment/reset-request.ts';
import { type Behaviour, type MemoryDynamodb, type Use } from './memory-dynamodb.ts';
import { REQUEST, invocation, planned, resetToTheEnd, resetWorld } from './reset-world.ts';

const numbered = (count: number, value: string): Item[] =>
  Array.from({ length: count }, (_, index) => ({
    pk: { S: `p${Math.floor(index / 100)}` },
    sk: { S: String(index) },
    value: { S: value.padEnd(900, '.') },
  }));

/** Every item of the live table is wrong, and a quarter of it is too much. */
const spoilt = (behaviour: Partial<Behaviour>, count = 800) =>
  resetWorld(
    { live: numbered(count * 1.25, 'bad'), restored: numbered(count, 'good') },
    { pageSize: 100, ...behaviour },
  );

const rate = (unitsPerSecond: number, adaptive = false) => ({ unitsPerSecond, adaptive });

async function reset(dynamodb: MemoryDynamodb, request: Partial<ResetRequest>): Promise<void> {
  await resetToTheEnd(dynamodb, { ...REQUEST, ...request }, { bounds: RESET_BOUNDS, minutes: 15 });
}

const total = (uses: readonly Use[]) => uses.reduce((sum, { units }) => sum + units, 0);

/** The most that is used in any span, beyond what the rate gives in it. */
function mostBeyond(uses: readonly Use[], perSecond: number): number {
  let beyond = 0;
  for (const [first, from] of uses.entries()) {
    let sum = 0;
    for (const { units, at } of uses.slice(first)) {
      sum += units;
      beyond = Math.max(beyond, sum - ((at - from.at) * perSecond) / 1000);
    }
  }
  return beyond;
}

describe('the reset of a segment at given rates', () => {
  it.each([true, false])('keeps to its share of both, told the units or not (%s)', async (tells) => {
    const dynamodb = await planned(spoilt({ overlapping: true, tells }));
    await reset(dynamodb, { atOnce: 4, rates: { write: rate(200), read: rate(100) } });
    expect(dynamodb.content('orders')).toEqual(dynamodb.content('rewind-orders'));

    const live = dynamodb.uses.filter(({ table }) => table === 'orders');
    const writes = live.filter(({ kind }) => kind === 'write');
    const reads = live.filter(({ kind }) => kind === 'read');
    // A second's worth, a batch, and what an untold delete takes beyond its estimate: nothing at 1 KB.
    expect(mostBeyond(writes, 50)).toBeLessThanOrEqual(50 + 50);
    // A second's worth, and a page of the scan or a batch of a hundred keys each.
    expect(mostBeyond(reads, 25)).toBeLessThanOrEqual(25 + 100 + 25);
    expect(total(writes)).toBe(1000);
  });

  it('reads the restored table as fast as it gives', async () => {
    const dynamodb = spoilt({ overlapping: true });
    await reset(dynamodb, { mode: 'plan', rates: { write: rate(100), read: rate(10_000) } });
    const start = dynamodb.uses[0]?.at ?? 0;
    expect(dynamodb.clock.now() - start).toBeLessThan(1000);
  });

  it('saves its progress though a low rate lets few pages through', async () => {
    const dynamodb = spoilt({});
    const request = { ...REQUEST, mode: 'plan', rates: { write: rate(10), read: rate(1) } } as const;
    const lines: object[] = [];
    const environment = { ...invocation(dynamodb), log: (line: object) => void lines.push(line) };
    await resetOneSegment(request, environment, RESET_BOUNDS);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines[0]).toMatchObject({
      task: 'ResetSegment',
      incidentId: 'inc-1',
      table: 'orders',
      mode: 'plan',
      segment: 0,
      done: false,
      counts: { live: expect.any(Number) },
      units: { read: expect.any(Number), write: 0 },
      perSecond: { items: expect.any(Number) },
    });
    expect(JSON.stringify(lines)).not.toContain('"p0"');
  });
});

describe('the reset of a segment that must find its rate', () => {
  it('comes near what the tables give, and loses nothing', async () => {
    const limits = { orders: { write: 100, read: 300 }, 'rewind-orders': { read: 500 } };
    const dynamodb = await planned(spoilt({ overlapping: true, limits }, 2000));
    const start = dynamodb.clock.now();
    await reset(dynamodb, { rates: { write: rate(4000, true), read: rate(12_000, true) } });
    expect(dynamodb.content('orders')).toEqual(dynamodb.content('rewind-orders'));
    const seconds = (dynamodb.clock.now() - start) / 1000;
    // 2,500 writes at a hundred a second.
    expect(seconds).toBeGreaterThan(24);
    expect(seconds).toBeLessThan(50);
  });
});
