/** The two tables of a reset. */
export type Side = 'restored' | 'live';

/** What damage did to an item: nothing, changed it, took it from the live table, or put it there. */
export type Fate = 'same' | 'overwritten' | 'deleted' | 'added';

/**
 * What damage did to the item of this number: always the same for the same number and share. Of the damaged
 * items, eight in ten are overwritten, one is deleted and one is added.
 * @param damage the share of items that were damaged, 0 to 1.
 */
export function fateOf(number: number, damage: number): Fate {
  const drawn = scattered(number);
  if (drawn >= damage) return 'same';
  const kind = drawn / damage;
  if (kind < 0.8) return 'overwritten';
  return kind < 0.9 ? 'deleted' : 'added';
}

/** Whether one of the tables has an item of this fate. */
export const holds = (side: Side, fate: Fate): boolean =>
  fate !== (side === 'restored' ? 'added' : 'deleted');

/** How many items have which fate. */
export function fatesOf(items: number, damage: number): Record<Fate, number> {
  const found = { same: 0, overwritten: 0, deleted: 0, added: 0 };
  for (let number = 0; number < items; number++) found[fateOf(number, damage)] += 1;
  return found;
}

/** A number from 0 to below 1 that looks drawn (the last steps of MurmurHash3). */
function scattered(number: number): number {
  let mixed = Math.imul(number + 1, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}
