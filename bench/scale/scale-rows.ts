import { predictDeleteAndCopy } from './predict-delete-and-copy.ts';
import { predictRewind } from './predict-rewind.ts';
import type { Prediction } from './prediction.ts';
import type { Setting } from './setting.ts';
import { widthOf } from './width.ts';

/** Sizes and damages that a scale model is made of. */
export interface Grid {
  readonly items: readonly number[];
  readonly damage: readonly number[];
}

export const GRID: Grid = { items: [1e5, 1e6, 1e7, 1e8, 1e9, 1e10], damage: [0, 0.001, 0.01, 0.1, 1] };

/**
 * Every size at every damage; and the known way, to which the damage is all the same: as the reference does it, one
 * segment and one call after the other, and with as many segments at once as Rewind.
 */
export async function scaleRows({ items, damage }: Grid, setting: Setting): Promise<readonly Prediction[]> {
  const rows: Prediction[] = [];
  for (const size of items) {
    for (const part of damage) rows.push(await predictRewind({ items: size, damage: part }, setting));
    const disaster = { items: size, damage: 1 };
    const wide = widthOf(disaster, setting);
    const ways = [
      await predictDeleteAndCopy('delete-and-copy, as wide', { disaster, setting, width: wide }),
      await predictDeleteAndCopy('delete-and-copy', { disaster, setting, width: { segments: 1, atOnce: 1 } }),
    ];
    rows.push(...ways.flatMap((way) => damage.map((part) => ({ ...way, damage: part }))));
  }
  return rows;
}
