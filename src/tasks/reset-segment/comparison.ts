import type { Found } from '../incident.ts';
import type { StoredItem } from '../wire/stored-item.ts';
import type { Cursor } from '../ledger/segment-progress.ts';
import { Candidates } from './candidates.ts';
import type { Lookup } from './confirm.ts';
import type { ReadPage } from './scan-pages.ts';
import { type Side, type Sides, otherSide } from './sides.ts';
import { Window, type WindowBounds } from './window.ts';

/** Each waits for DynamoDB most of the time, and holds some megabytes of candidates and counterparts. */
const LOOKUPS_AT_ONCE = 3;

/** What a comparison does with what it finds. */
export interface Findings {
  /** The restored item must be written: the live table lacks it or holds another. */
  put(restored: StoredItem, live: StoredItem | undefined): Promise<void>;
  /** The live table's item must go: the restored table has none under this key. */
  doom(live: StoredItem): Promise<void>;
  /** The live table has this item as it is. */
  keep(restored: StoredItem): void;
}

/** Where a comparison begins, and what was counted before. */
export interface Standpoint {
  readonly cursors: Sides<Cursor>;
  readonly counts: Found;
}

interface Surroundings {
  readonly pages: Sides<ReadPage>;
  readonly lookups: Sides<Lookup>;
  readonly findings: Findings;
  readonly bounds: WindowBounds;
}

/** What both tables hold under one key. */
interface Pair {
  readonly restored: StoredItem;
  readonly live: StoredItem | undefined;
}

interface Scan {
  cursor: Cursor;
  readonly window: Window;
  readonly candidates: Candidates;
  arrived: number;
  /** The number of the latest of its items that has met its counterpart. */
  met: number;
}

/**
 * Two scans of the same segment, joined by key through one window a side.
 *
 * The order of a scan and the division into segments are DynamoDB's own affair, so neither is relied upon:
 * an item whose counterpart has not come by the time its window overflows, or by the end, is looked up in
 * the other table by key. Each key is judged exactly once over all segments, because the restored table has
 * the word: its item is put or unchanged where the restored scan brings it, and a live item is judged only
 * when the restored table has none. So a live item that turns out to have a counterpart is let go: that
 * counterpart comes, or came, in some restored scan.
 *
 * Items past their TTL count like any others: the result is the exact content at the restore point.
 */
export class Comparison {
  readonly #around: Surroundings;
  readonly #scans: Sides<Scan>;
  readonly #counts: Found;

  constructor(around: Surroundings, { cursors, counts }: Standpoint) {
    this.#around = around;
    this.#counts = { ...counts };
    const scan = (cursor: Cursor): Scan => ({
      cursor,
      window: new Window(around.bounds),
      candidates: new Candidates(),
      arrived: 0,
      met: 0,
    });
    this.#scans = { restored: scan(cursors.restored), live: scan(cursors.live) };
  }

  /** Whether both scans are through; `settle` may still have work. */
  get ended(): boolean {
    return this.#scans.restored.cursor === 'end' && this.#scans.live.cursor === 'end';
  }

  /** Whether the live scan has brought what the restored one is still to bring; never once it is through. */
  get isLiveAhead(): boolean {
    return this.#scans.live.cursor !== 'end' && this.#behind() === 'restored';
  }

  /** A place to go on from. It is complete only right after `settle`. */
  get standpoint(): Standpoint {
    const { restored, live } = this.#scans;
    return { cursors: { restored: restored.cursor, live: live.cursor }, counts: { ...this.#counts } };
  }

  /** Reads and judges one page of the scan that is behind. */
  async advance(): Promise<void> {
    const side = this.#behind();
    const scan = this.#scans[side];
    const page = await this.#around.pages[side](typeof scan.cursor === 'string' ? undefined : scan.cursor);
    scan.cursor = page.next ?? 'end';
    this.#counts[side] += page.items.length;
    for (const item of page.items) {
      const differing = this.#meet(side, item);
      if (differing) await this.#differs(differing);
    }
    scan.candidates.add(scan.window.overflow());
    await this.#confirm(side, false);
  }

  /**
   * Judges everything that is still unmatched.
   * @throws Error when the restored items were not judged exactly once each.
   */
  async settle(): Promise<void> {
    for (const side of ['restored', 'live'] as const) {
      const scan = this.#scans[side];
      scan.candidates.add(scan.window.drain());
      await this.#confirm(side, true);
    }
    const { restored, puts, unchanged } = this.#counts;
    if (restored !== puts + unchanged)
      throw new Error(`${restored} restored items were read, but ${puts + unchanged} were judged`);
  }

  /**
   * The scan to read next: the one with fewer items since its latest match. Where the orders agree, that is
   * the one whose unread part holds the counterparts of what the other's window holds.
   */
  #behind(): Side {
    const { restored, live } = this.#scans;
    if (restored.cursor === 'end') return 'live';
    if (live.cursor === 'end') return 'restored';
    return restored.arrived - restored.met < live.arrived - live.met ? 'restored' : 'live';
  }

  /** @returns the pair when the item has met a counterpart that differs. */
  #meet(side: Side, item: StoredItem): Pair | undefined {
    const scan = this.#scans[side];
    const other = this.#scans[otherSide(side)];
    scan.arrived += 1;
    const counterpart = other.window.take(item.identity);
    if (!counterpart) {
      scan.window.add(item, scan.arrived);
      return undefined;
    }
    scan.met = scan.arrived;
    other.met = Math.max(other.met, counterpart.arrival);
    const pair =
      side === 'restored'
        ? { restored: item, live: counterpart.item }
        : { restored: counterpart.item, live: item };
    return this.#isKept(pair) ? undefined : pair;
  }

  /** Looks candidates up in the other table, in full batches, or until none is left. */
  async #confirm(side: Side, all: boolean): Promise<void> {
    const lookup = this.#around.lookups[otherSide(side)];
    const { candidates } = this.#scans[side];
    for (;;) {
      const batches = candidates.several(LOOKUPS_AT_ONCE, all);
      if (batches.length === 0) return;
      const looked = await Promise.all(
        batches.map(async (batch) => ({
          batch,
          counterparts: await lookup(batch.map(({ item }) => item.key)),
        })),
      );
      for (const { batch, counterparts } of looked)
        for (const { item } of batch) await this.#confirmed(side, item, counterparts.get(item.identity));
    }
  }

  async #confirmed(side: Side, item: StoredItem, counterpart: StoredItem | undefined): Promise<void> {
    if (side === 'restored') {
      const pair = { restored: item, live: counterpart };
      if (!this.#isKept(pair)) await this.#differs(pair);
    } else if (!counterpart) {
      this.#counts.deletes += 1;
      await this.#around.findings.doom(item);
    }
  }

  #isKept({ restored, live }: Pair): boolean {
    if (!live?.same(restored)) return false;
    this.#counts.unchanged += 1;
    this.#around.findings.keep(restored);
    return true;
  }

  async #differs({ restored, live }: Pair): Promise<void> {
    this.#counts.puts += 1;
    await this.#around.findings.put(restored, live);
  }
}
