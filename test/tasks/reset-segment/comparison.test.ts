import { describe, expect, it } from 'vitest';
import type { Item, Key } from '../../../src/tasks/item/item.ts';
import { Comparison, type Standpoint } from '../../../src/tasks/reset-segment/comparison.ts';
import type { Lookup } from '../../../src/tasks/reset-segment/confirm.ts';
import type { ReadPage } from '../../../src/tasks/reset-segment/scan-pages.ts';
import type { Side, Sides } from '../../../src/tasks/reset-segment/sides.ts';
import type { WindowBounds } from '../../../src/tasks/reset-segment/window.ts';
import { storedItem, storedItems } from '../../support/stored-items.ts';

const NAMES = ['pk'];
const item = (pk: string, value = 'good'): Item => ({ pk: { S: pk }, value: { S: value } });
const START: Standpoint = {
  cursors: { restored: 'start', live: 'start' },
  counts: { restored: 0, live: 0, puts: 0, deletes: 0, unchanged: 0 },
};
const LARGE: WindowBounds = { items: 1000, bytes: 1_000_000 };

interface Tables {
  /** The pages of this segment's scans. */
  readonly pages: Sides<readonly (readonly Item[])[]>;
  /** Items that the tables hold in other segments. */
  readonly elsewhere?: Partial<Sides<readonly Item[]>>;
}

function comparisonOf({ pages, elsewhere }: Tables, bounds: WindowBounds) {
  const log = {
    read: [] as Side[],
    looked: { restored: 0, live: 0 },
    put: [] as string[],
    /** The live item's value, for each put. */
    replaced: [] as (string | undefined)[],
    kept: [] as string[],
    doomed: [] as string[],
  };
  const reader = (side: Side): ReadPage => {
    return async (after) => {
      log.read.push(side);
      const number = Number(after?.page?.N ?? 0);
      const next: Key | undefined =
        number + 1 < pages[side].length ? { page: { N: String(number + 1) } } : undefined;
      return { items: storedItems(pages[side][number] ?? [], NAMES), next };
    };
  };
  const lookup = (side: Side): Lookup => {
    const all = [...pages[side].flat(), ...(elsewhere?.[side] ?? [])];
    return async (keys) => {
      log.looked[side] += keys.length;
      const wanted = keys.map((key) => storedItem(key, NAMES).identity);
      const found = all.map((each) => storedItem(each, NAMES)).map((each) => [each.identity, each] as const);
      return new Map(found.filter(([identity]) => wanted.includes(identity)));
    };
  };
  const comparison = new Comparison(
    {
      pages: { restored: reader('restored'), live: reader('live') },
      lookups: { restored: lookup('restored'), live: lookup('live') },
      findings: {
        put: async (restored, live) => {
          log.put.push(restored.item.pk?.S ?? '');
          log.replaced.push(live?.item.value?.S);
        },
        doom: async (live) => void log.doomed.push(live.item.pk?.S ?? ''),
        keep: (restored) => void log.kept.push(restored.item.pk?.S ?? ''),
      },
      bounds,
    },
    START,
  );
  return { comparison, log };
}

async function compared(tables: Tables, bounds: WindowBounds = LARGE) {
  const { comparison, log } = comparisonOf(tables, bounds);
  while (!comparison.ended) await comparison.advance();
  await comparison.settle();
  return { ...log, counts: comparison.standpoint.counts };
}

const numbered = (count: number, value?: string) =>
  Array.from({ length: count }, (_, index) => item(`i${index}`, value));
const paged = (items: readonly Item[], size: number) =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, page) =>
    items.slice(page * size, (page + 1) * size),
  );

describe('Comparison', () => {
  it('forgets what meets its equal, puts what differs or is missing, dooms what is extra', async () => {
    const result = await compared({
      pages: {
        restored: [[item('same'), item('changed'), item('missing')]],
        live: [[item('extra'), item('changed', 'bad'), item('same')]],
      },
    });
    expect(result.put).toEqual(['changed', 'missing']);
    expect(result.replaced).toEqual(['bad', undefined]);
    expect(result.kept).toEqual(['same']);
    expect(result.doomed).toEqual(['extra']);
    expect(result.counts).toEqual({ restored: 3, live: 3, puts: 2, deletes: 1, unchanged: 1 });
  });

  it('needs no reads by key while both scans agree on the order', async () => {
    const items = numbered(500);
    const { looked, counts } = await compared(
      { pages: { restored: paged(items, 10), live: paged(items, 10) } },
      { items: 20, bytes: 100_000 },
    );
    expect(looked).toEqual({ restored: 0, live: 0 });
    expect(counts).toMatchObject({ unchanged: 500, puts: 0, deletes: 0 });
  });

  it('keeps two scans of one order abreast although every other item was deleted from the live table', async () => {
    const items = numbered(2000);
    const half = items.filter((_, index) => index % 2 === 0);
    const { looked, counts } = await compared(
      { pages: { restored: paged(items, 10), live: paged(half, 10) } },
      { items: 50, bytes: 100_000 },
    );
    expect(counts).toEqual({ restored: 2000, live: 1000, puts: 1000, deletes: 0, unchanged: 1000 });
    // Only the missing ones are looked up.
    expect(looked).toEqual({ restored: 0, live: 1000 });
  });

  it.each([
    { items: 0, bytes: 1e6 },
    { items: 7, bytes: 1e6 },
    { items: 1000, bytes: 100 },
  ])('judges every key once though the orders are opposite and the window is %j', async (bounds) => {
    const restored = [...numbered(120), item('changed'), item('missing')];
    const live = [item('extra'), item('changed', 'bad'), ...numbered(120).reverse()];
    const result = await compared({ pages: { restored: paged(restored, 6), live: paged(live, 5) } }, bounds);
    expect(result.counts).toEqual({ restored: 122, live: 122, puts: 2, deletes: 1, unchanged: 120 });
    expect([...result.put].sort()).toEqual(['changed', 'missing']);
    expect(result.doomed).toEqual(['extra']);
  });

  it('leaves a live item alone whose counterpart is in another segment, where that is judged', async () => {
    const result = await compared({
      pages: { restored: [[item('here')]], live: [[item('moved', 'bad'), item('equal')]] },
      elsewhere: { restored: [item('moved'), item('equal')], live: [item('here')] },
    });
    expect(result.put).toEqual([]);
    expect(result.doomed).toEqual([]);
    expect(result.counts).toEqual({ restored: 1, live: 2, puts: 0, deletes: 0, unchanged: 1 });
  });

  it('puts a restored item whose live counterpart is in another segment and differs', async () => {
    const result = await compared({
      pages: { restored: [[item('moved')]], live: [[]] },
      elsewhere: { live: [item('moved', 'bad')] },
    });
    expect(result.put).toEqual(['moved']);
    expect(result.counts).toMatchObject({ puts: 1, unchanged: 0 });
  });

  it('settles half-way so that it can be left and taken up again', async () => {
    const tables = { pages: { restored: paged(numbered(40), 4), live: paged(numbered(40).reverse(), 4) } };
    const { comparison } = comparisonOf(tables, LARGE);
    for (let page = 0; page < 5; page += 1) await comparison.advance();
    await comparison.settle();
    const { cursors, counts } = comparison.standpoint;
    expect(counts.restored).toBe(counts.unchanged);
    expect(cursors.restored).toEqual({ page: { N: '2' } });
    expect(cursors.live).toEqual({ page: { N: '3' } });
  });

  it('refuses to call a segment judged when the restored scan brought a key twice', async () => {
    await expect(compared({ pages: { restored: [[item('a'), item('a')]], live: [[]] } })).rejects.toThrow(
      '2 restored items were read, but 1 were judged',
    );
  });
});
