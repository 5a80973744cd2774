import { expect, it } from 'vitest';
import { LargeItems, type Shape } from '../../bench/memory/large-items.ts';
import { measureMemory } from '../../bench/memory/measure-memory.ts';

interface Page {
  readonly Items: readonly { readonly pk: { readonly S: string } }[];
  readonly LastEvaluatedKey?: { readonly pk: { readonly S: string } };
}

function scanned(table: LargeItems): string[] {
  const keys: string[] = [];
  let after: string | undefined;
  do {
    const page = JSON.parse(table.page(after)) as Page;
    keys.push(...page.Items.map(({ pk }) => pk.S));
    after = page.LastEvaluatedKey?.pk.S;
  } while (after !== undefined);
  return keys;
}

it('makes a shuffled table of the same items, each of them once', () => {
  const shape: Shape = { kind: 'small', items: 5_000, live: 'shuffled' };
  const restored = scanned(new LargeItems(shape, 'rewind-orders'));
  const live = scanned(new LargeItems(shape, 'orders'));
  expect(new Set(restored).size).toBe(5_000);
  expect(live).not.toEqual(restored);
  expect(live.toSorted()).toEqual(restored.toSorted());
});

it('measures a whole reset of two tables that share no item', async () => {
  const row = await measureMemory('ResetSegment', { kind: 'small', items: 1_200, live: 'others' });
  expect(row).toMatchObject({ name: 'ResetSegment, small, others', items: 1_200, writes: 2_400 });
  expect(row.peakMiB).toBeGreaterThan(30);
});
