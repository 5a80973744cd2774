import { describe, expect, it } from 'vitest';
import { CannedTable, type Pair } from '../../bench/compare/canned-table.ts';
import { compareCommand } from '../../bench/compare/compare-command.ts';
import { countsOf } from '../../bench/compare/measure-compare.ts';
import { shuffled } from '../../bench/compare/scan-order.ts';
import { fateOf } from '../../bench/tables/fate.ts';
import { numberIn } from '../../bench/tables/press.ts';
import type { WireItem } from '../../src/rehearsal/aws/dynamodb/wire-item.ts';
import { runBench } from './run-bench.ts';

const ITEMS = 3000;
const PAIR: Pair = { shape: '1 KB', items: ITEMS, damage: 0.05, order: 'same', attributes: 'same' };

it('compares what the pages hold, and parses the same', { timeout: 120_000 }, async () => {
  const options = `--items ${ITEMS} --orders shuffled --damage 0.05 --attributes reversed`;
  const measured = await runBench(compareCommand(), options);
  const pair = { shape: '1 KB', items: ITEMS, order: 'shuffled', damage: 0.05, attributes: 'reversed' };
  const numbers = {
    megabytesPerSecond: expect.any(Number),
    megabytesPerCpuSecond: expect.any(Number),
    ratio: expect.any(Number),
    peakMiB: expect.any(Number),
  };
  expect(measured).toMatchObject({
    bench: 'compare',
    rows: [
      { name: 'JSON.parse', from: 'memory', ratio: 1, ...pair },
      { name: 'JSON.parse', from: 'HTTP', ratioToReceived: 1, ...pair },
      { name: 'rewind', ...numbers, ...pair, counts: countsOf(PAIR) },
    ],
  });
});

interface Page {
  readonly Items: readonly WireItem[];
  readonly Count: number;
  readonly LastEvaluatedKey?: WireItem;
}

const numberOf = (item: WireItem) => numberIn(String(item['customer']!['S']));

function scanned(table: CannedTable, segment: number, segments: number): Page[] {
  const pages: Page[] = [];
  let after: WireItem | undefined;
  do {
    const page = JSON.parse(table.page({ segment, segments, after }).toString()) as Page;
    pages.push(page);
    after = page.LastEvaluatedKey;
  } while (after);
  return pages;
}

describe.each(['same', 'shuffled'] as const)('tables in %s order', (order) => {
  const pair = { ...PAIR, order };

  it.each(['restored', 'live'] as const)('bring every %s item once, over all segments', (side) => {
    const table = new CannedTable(side, pair);
    const numbers = [0, 1, 2]
      .flatMap((segment) => scanned(table, segment, 3))
      .flatMap(({ Items, Count }) => {
        expect(Items).toHaveLength(Count);
        return Items.map(numberOf);
      });
    const gone = side === 'restored' ? 'added' : 'deleted';
    const expected = Array.from({ length: ITEMS }, (_, number) => number).filter(
      (number) => fateOf(number, PAIR.damage) !== gone,
    );
    expect(numbers.sort((a, b) => a - b)).toEqual(expected);
  });

  it('are read by key as they are scanned', () => {
    const table = new CannedTable('live', pair);
    const [{ Items }] = scanned(table, 0, 1) as [Page];
    const keys = Items.slice(0, 50).map(({ customer, order }) => ({ customer: customer!, order: order! }));
    expect(JSON.parse(table.itemsAt(keys).toString())).toEqual(Items.slice(0, 50));
  });
});

it('gives nothing under a key that the table does not have', () => {
  const deleted = Array.from({ length: ITEMS }, (_, number) => number).find(
    (number) => fateOf(number, PAIR.damage) === 'deleted',
  );
  const key = { customer: { S: `customer#${String(deleted).padStart(10, '0')}` } };
  expect(new CannedTable('live', PAIR).itemsAt([key]).toString()).toBe('[]');
  expect(JSON.parse(new CannedTable('restored', PAIR).itemsAt([key]).toString())).toHaveLength(1);
});

it('cuts the pages of the two tables at different items', () => {
  const lasts = (['restored', 'live'] as const).map((side) =>
    scanned(new CannedTable(side, PAIR), 0, 1).map(({ LastEvaluatedKey }) => LastEvaluatedKey),
  );
  const [restored, live] = lasts.map((keys) => keys.flatMap((key) => (key ? [numberOf(key)] : [])));
  expect(restored!.length * live!.length).toBeGreaterThan(1);
  expect(restored!.filter((number) => live!.includes(number))).toEqual([]);
});

/** For comparison: attributes by name, sets as sets, lists as they are. */
function ordered(item: WireItem): object {
  const value = ([name, typed]: [string, WireItem[string]]): [string, unknown] => {
    const [[type, content] = ['', undefined]] = Object.entries(typed);
    if (type === 'M') return [name, ordered(content as WireItem)];
    return [name, type.length === 2 ? { [type]: new Set(content as string[]) } : typed];
  };
  return Object.fromEntries(Object.entries(item).map(value));
}

it('gives the same items with their attributes in another order', () => {
  const first = (attributes: Pair['attributes']) =>
    scanned(new CannedTable('live', { ...PAIR, attributes }), 0, 1)[0]!.Items[0]!;
  const [plain, other] = [first('same'), first('reversed')];
  expect(JSON.stringify(other)).not.toBe(JSON.stringify(plain));
  expect(ordered(other)).toEqual(ordered(plain));
});

it.each([1, 2, 3, 10, 997, 1000, 5_000_000])('shuffles %i items into an order of all of them', (count) => {
  const { numberAt, positionOf } = shuffled(count);
  const positions = Array.from({ length: Math.min(count, 1000) }, (_, at) => count - 1 - at);
  const numbers = positions.map(numberAt);
  expect(numbers.map(positionOf)).toEqual(positions);
  expect(new Set(numbers).size).toBe(positions.length);
  expect(numbers.every((number) => number >= 0 && number < count)).toBe(true);
});
