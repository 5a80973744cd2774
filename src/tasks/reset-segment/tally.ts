import { writeCost } from '../estimate/write-cost.ts';
import type { Item, KeyNames } from '../item/item.ts';
import type { Selection } from '../selection/selection.ts';
import { itemDigest } from '../verify-segment/item-digest.ts';
import type { StoredItem } from '../wire/stored-item.ts';
import type { Findings } from './comparison.ts';
import type { Reckoning } from './reckoning.ts';
import { indexTakes, type SecondaryIndex } from './secondary-index.ts';

/** How findings are judged. */
export interface Judging {
  /** Which pairs are passed on; undefined for all. */
  readonly selection: Selection | undefined;
  /** Whether the content to expect is summed, which needs every item of both tables to be digested. */
  readonly expects: boolean;
  /** Whether an item's time to live is over: it need not be put back (`hasExpired` has the rule). */
  readonly isOver: (item: Item) => boolean;
  /** Those of the live table. */
  readonly indexes: readonly SecondaryIndex[];
}

/**
 * Passes on what is selected of a comparison's findings, and keeps count: of what is left alone, of what the
 * rest consumes, of what no index lets in, and of what the table must hold in the end. Each key comes by exactly once.
 */
export class Tally implements Findings {
  readonly #onward: Findings;
  readonly #judging: Judging;
  /** The names of each secondary index's key attributes. */
  readonly #indexKeys: readonly KeyNames[];
  readonly #sum: { -readonly [Name in keyof Reckoning]: Reckoning[Name] };
  readonly #refusedBy: Map<string, number>;

  constructor(onward: Findings, judging: Judging, start: Reckoning) {
    this.#onward = onward;
    this.#judging = judging;
    this.#indexKeys = judging.indexes.map(({ key }) => key.map(({ name }) => name));
    this.#refusedBy = new Map(start.refusedBy);
    this.#sum = { ...start, expectedDigests: start.expectedDigests.copy() };
  }

  get reckoning(): Reckoning {
    return {
      ...this.#sum,
      refusedBy: new Map(this.#refusedBy),
      expectedDigests: this.#sum.expectedDigests.copy(),
    };
  }

  async put(restored: StoredItem, live: StoredItem | undefined): Promise<void> {
    if (!live && this.#judging.isOver(restored.item)) this.#sum.leftPuts += 1;
    else if (this.#selects(restored, live)) {
      this.#change(live, restored);
      this.#offer(restored.item);
      this.#expect(restored);
      await this.#onward.put(restored, live);
    } else {
      this.#sum.leftPuts += 1;
      if (live) this.#expect(live);
    }
  }

  async doom(live: StoredItem): Promise<void> {
    if (this.#selects(undefined, live)) {
      this.#change(live, undefined);
      await this.#onward.doom(live);
    } else {
      this.#sum.leftDeletes += 1;
      this.#expect(live);
    }
  }

  keep(restored: StoredItem): void {
    if (this.#selects(restored, restored)) this.#sum.selected += 1;
    this.#expect(restored);
    this.#onward.keep(restored);
  }

  // An item is parsed only where something asks for its attributes: most of a table is never asked for.

  #selects(restored: StoredItem | undefined, live: StoredItem | undefined): boolean {
    const { selection } = this.#judging;
    return selection === undefined || selection.selects({ restored: restored?.item, live: live?.item });
  }

  #change(before: StoredItem | undefined, after: StoredItem | undefined): void {
    const cost = writeCost({ before: before?.item, after: after?.item }, this.#indexKeys);
    this.#sum.selected += 1;
    this.#sum.writeUnits += cost.writeUnits;
    this.#sum.indexWriteUnits += cost.indexWriteUnits;
  }

  /** Whether the live table takes it: an item that it holds already need not be asked about. */
  #offer(restored: Item): void {
    const refusing = this.#judging.indexes.filter((index) => !indexTakes(index, restored));
    if (refusing.length > 0) this.#sum.refused += 1;
    for (const { name } of refusing) this.#refusedBy.set(name, (this.#refusedBy.get(name) ?? 0) + 1);
  }

  #expect(stored: StoredItem): void {
    if (!this.#judging.expects) return;
    this.#sum.expectedItems += 1;
    this.#sum.expectedDigests.add(itemDigest(stored.wireItem));
  }
}
