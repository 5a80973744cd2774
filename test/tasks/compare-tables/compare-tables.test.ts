import { describe, expect, it } from 'vitest';
import { compareTablesHandler } from '../../../src/tasks/compare-tables/handler.ts';
import type { Item } from '../../../src/tasks/item/item.ts';
import { verifyOneSegment } from '../../../src/tasks/verify-segment/verify-one-segment.ts';
import type { MemoryDynamodb } from '../reset-segment/memory-dynamodb.ts';
import { REQUEST, invocation, resetWorld } from '../reset-segment/reset-world.ts';

const SEGMENTS = 12;
const request = { ...REQUEST, segments: SEGMENTS };
const items = (count: number, value = 'x'): Item[] =>
  Array.from({ length: count }, (_, index) => ({
    pk: { S: `secret-${index}` },
    sk: { S: 's' },
    value: { S: value },
  }));

async function verify(dynamodb: MemoryDynamodb, table: string, segments: number) {
  for (let segment = 0; segment < segments; segment += 1)
    await verifyOneSegment({ ...request, table, segment }, invocation(dynamodb));
}

async function compared(live: Item[], restored: Item[]) {
  // Unlike orders and divisions: equal tables need not have one equal segment.
  const dynamodb = resetWorld({ live, restored }, { alike: false });
  await verify(dynamodb, 'orders', SEGMENTS);
  await verify(dynamodb, 'rewind-orders', SEGMENTS);
  return compareTablesHandler(request, invocation(dynamodb));
}

const differing = (message: string) => ({ name: 'TablesDiffer', message: expect.stringContaining(message) });

describe('compareTables', () => {
  it('finds tables equal however their items are divided into segments', async () => {
    await expect(compared(items(50), items(50))).resolves.toMatchObject({ items: 50, expired: 0 });
    await expect(compared([], [])).resolves.toMatchObject({ items: 0, expired: 0 });
  });

  it('refuses tables of different size, naming the counts', async () => {
    await expect(compared(items(51), items(50))).rejects.toMatchObject(
      differing('51 items against 50 (at least 1 differ)'),
    );
    await expect(compared(items(50), items(90))).rejects.toMatchObject(
      differing('50 items against 90 (at least 40 differ)'),
    );
  });

  it('refuses tables of one size that differ in a single value, naming nothing of it', async () => {
    const changed = items(50).map((each, index) => (index === 7 ? { ...each, value: { S: 'y' } } : each));
    await expect(compared(changed, items(50))).rejects.toMatchObject(
      differing('both have 50 items, but not the same ones (at least 1 differ)'),
    );
    const error = (await compared(changed, items(50)).catch((caught: unknown) => caught)) as Error;
    expect(error.message).not.toContain('secret');
  });

  it('says nearly how many items differ when it is a few, and that they are many when it is all', async () => {
    const some = (count: number) =>
      items(200).map((each, index) => (index < count ? { ...each, value: { S: 'y' } } : each));
    const least = async (count: number) => {
      const { message } = (await compared(some(count), items(200)).catch(
        (caught: unknown) => caught,
      )) as Error;
      return Number(/\(at least (\d+) differ\)/.exec(message)?.[1]);
    };
    for (const count of [1, 2, 5, 10]) {
      expect(await least(count)).toBeLessThanOrEqual(count);
      expect(await least(count)).toBeGreaterThanOrEqual(count / 2);
    }
    expect(await least(200)).toBe(32);
  });

  it('refuses to call tables equal before every segment of both was read to its end', async () => {
    const dynamodb = resetWorld({ live: items(50), restored: items(50) });
    const compare = () => compareTablesHandler(request, invocation(dynamodb));
    await expect(compare()).rejects.toMatchObject(
      differing('orders is not proven equal: 12 of its 12 segments'),
    );
    await verify(dynamodb, 'orders', SEGMENTS);
    await verify(dynamodb, 'rewind-orders', SEGMENTS - 1);
    await expect(compare()).rejects.toMatchObject(
      differing('rewind-orders is not proven equal: 1 of its 12'),
    );
  });

  it('refuses to call tables equal while one segment was read in part only', async () => {
    const dynamodb = resetWorld({ live: items(500), restored: items(500) });
    await verify(dynamodb, 'orders', SEGMENTS);
    await verify(dynamodb, 'rewind-orders', SEGMENTS - 1);
    const stopping = { pagesBetweenSaves: 1, stopMargin: 15 * 60_000 };
    const last = { ...request, table: 'rewind-orders', segment: SEGMENTS - 1 };
    const part = await verifyOneSegment(last, invocation(dynamodb), stopping);
    expect(part).toEqual({ done: false, items: 4 });
    await expect(compareTablesHandler(request, invocation(dynamodb))).rejects.toMatchObject(
      differing('1 of its 12'),
    );
  });

  it('refuses digests of another division into segments', async () => {
    const dynamodb = resetWorld({ live: items(50), restored: items(50) });
    for (const table of ['orders', 'rewind-orders'])
      for (let segment = 0; segment < SEGMENTS; segment += 1)
        await verifyOneSegment({ ...request, table, segment, segments: 24 }, invocation(dynamodb));
    await expect(compareTablesHandler(request, invocation(dynamodb))).rejects.toMatchObject(
      differing('12 of its 12 segments'),
    );
  });

  it('does not count what another run has verified', async () => {
    const dynamodb = resetWorld({ live: items(5), restored: items(5) });
    await verify(dynamodb, 'orders', SEGMENTS);
    await verify(dynamodb, 'rewind-orders', SEGMENTS);
    await expect(
      compareTablesHandler({ ...request, run: 'another' }, invocation(dynamodb)),
    ).rejects.toMatchObject(differing('12 of its 12 segments'));
  });
});
