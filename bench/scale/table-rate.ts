import { DOUBLING_SECONDS, NEW_TABLE, PARTITION, PARTITION_BYTES } from './limits.ts';
import type { SharedRate } from './stage.ts';

interface Throughput {
  readonly kind: 'read' | 'write';
  readonly tableBytes: number;
  /** Units a second that the account allows one table. */
  readonly quota: number;
  /** Units a second that the table has been warmed to; default: what a new table of this size bears. */
  readonly warm?: number | undefined;
}

/**
 * What an on-demand table bears: what its partitions give, at least what a new table is promised, twice as much
 * half an hour after it was used in full, and never more than the quota.
 */
export class TableRate implements SharedRate {
  readonly #kind: 'read' | 'write';
  readonly #quota: number;
  #bears: number;
  #fullSince: number | undefined;

  constructor({ kind, tableBytes, quota, warm = 0 }: Throughput) {
    const partitions = Math.ceil(tableBytes / PARTITION_BYTES);
    this.#kind = kind;
    this.#quota = quota;
    this.#bears = Math.max(NEW_TABLE[kind], partitions * PARTITION[kind], warm);
  }

  get name(): string {
    return this.#bears < this.#quota ? `warm ${this.#kind} throughput` : `table ${this.#kind} quota`;
  }

  at(now: number): number {
    if (this.#fullSince !== undefined && now >= this.#doublesAt(this.#fullSince)) {
      this.#bears *= 2;
      this.#fullSince = undefined;
    }
    return Math.min(this.#quota, this.#bears);
  }

  usedInFull(now: number): number {
    if (this.#bears >= this.#quota) return Infinity;
    this.#fullSince ??= now;
    return this.#doublesAt(this.#fullSince);
  }

  #doublesAt(fullSince: number): number {
    return fullSince + DOUBLING_SECONDS * 1000;
  }
}
