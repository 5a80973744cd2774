import type { Only } from '../../src/tasks/selection/only.ts';
import { keyText } from '../support/restorable-table.ts';
import { sensitiveItem, sensitiveItems, type Item } from '../support/sensitive-items.ts';
import type { Variant } from './disaster.ts';

/** A table that is taken back. */
interface NamedTable {
  /** What it held at the restore point. */
  readonly good: readonly Item[];
  /** What it holds since the damage. */
  readonly damaged: readonly Item[];
  /** What is asked for of it; default all. */
  readonly only?: Only;
  /** Whether `only` means an item; one that does in either table is taken back, and every other one stays. */
  readonly isMeant?: (item: Item) => boolean;
}

/** By name. */
export type NamedTables = Readonly<Record<string, NamedTable>>;

/** What items of the bad upload are marked with: it must not be seen outside the tables and the requests. */
export const UPLOAD = 'upload-of-ann-7';

const uploaded = (number: number, content: string): Item => ({
  ...sensitiveItem(number, content),
  upload: { S: UPLOAD },
});

/** An item of another tenant, whose keys begin otherwise. */
const ofOther = (number: number, content?: string): Item => ({
  ...sensitiveItem(number, content),
  pk: { S: `OTHER-TOP-SECRET-${number}` },
});

const WHOLE: NamedTables = {
  orders: {
    good: sensitiveItems(10, 13),
    damaged: [sensitiveItem(11, 'spoilt'), ...sensitiveItems(12, 14)],
  },
  clients: {
    good: sensitiveItems(30, 33),
    damaged: [...sensitiveItems(30, 32), sensitiveItem(33, 'spoilt')],
  },
};

/** Of one table only what a bad upload has marked, of the other one only one tenant's items. */
const SELECTED: NamedTables = {
  orders: {
    good: sensitiveItems(10, 13),
    // Two are marked; others have deleted 13 and made 15.
    damaged: [
      sensitiveItem(10),
      uploaded(11, 'spoilt'),
      sensitiveItem(12),
      uploaded(14, 'made up'),
      sensitiveItem(15),
    ],
    only: { where: [{ attribute: 'upload', equals: UPLOAD }] },
    isMeant: ({ upload }) => upload?.S === UPLOAD,
  },
  clients: {
    good: [...sensitiveItems(30, 33), ofOther(40), ofOther(41)],
    damaged: [
      ...sensitiveItems(30, 31),
      sensitiveItem(33, 'spoilt'),
      sensitiveItem(34),
      ofOther(40, 'worked on'),
      ofOther(42),
    ],
    only: { partitionKey: { beginsWith: 'TOP-' } },
    isMeant: ({ pk }) => pk?.S?.startsWith('TOP-') === true,
  },
};

/** The tables that are taken back. */
export const namedTables = (variant: Variant): NamedTables => (variant === 'selective' ? SELECTED : WHOLE);

/**
 * What a table must hold when it is taken back.
 * @param untouched what it would hold if no recovery had written to it.
 */
export function takenBack({ good, isMeant = () => true }: NamedTable, untouched: readonly Item[]): Item[] {
  const restored = new Map(good.map((item) => [keyText(item), item]));
  const live = new Map(untouched.map((item) => [keyText(item), item]));
  return [...new Set([...restored.keys(), ...live.keys()])]
    .map((key) => ({ restored: restored.get(key), live: live.get(key) }))
    .map((pair) => (Object.values(pair).some((item) => item && isMeant(item)) ? pair.restored : pair.live))
    .filter((item) => item !== undefined);
}
