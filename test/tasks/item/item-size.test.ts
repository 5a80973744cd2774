import { expect, it } from 'vitest';
import type { Item } from '../../../src/tasks/item/item.ts';
import { itemSize } from '../../../src/tasks/item/item-size.ts';

it('grows with every part of an item, down to the elements of nested sets', () => {
  const items: Item[] = [
    {},
    { ab: { S: '' } },
    { ab: { S: 'x'.repeat(100) } },
    { ab: { L: [{ M: { cd: { B: new Uint8Array(200) } } }] } },
    { ab: { L: [{ M: { cd: { SS: ['y'.repeat(200), 'z'.repeat(100)] } } }] } },
    { ab: { NS: ['1'.repeat(38)] }, cd: { BS: [new Uint8Array(400)] }, ef: { N: '1'.repeat(38) } },
  ];
  const sizes = items.map(itemSize);

  expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  expect(sizes[0]).toBe(0);
  expect(sizes.at(-1)).toBeGreaterThanOrEqual(476);
});

it('refuses an attribute that was not read', () => {
  expect(() => itemSize({ a: undefined } as never)).toThrow(
    expect.objectContaining({ name: 'UnreadableItem' }),
  );
});
