/** What a caller tells of the capacity units that its requests to one table use. */
export interface Spending {
  /** Capacity units used so far. */
  readonly units: number;
  /** The units that one request should not exceed by choice. */
  readonly burst: number;
  /**
   * Returns when the next request may be sent.
   * @param expected units that it is likely to use: charged at once, so that those who ask meanwhile wait for them.
   */
  ready(expected?: number): Promise<void>;
  /**
   * Charges what a request has used.
   * @param units as its answer tells.
   * @param expected what `ready` has charged for it already.
   */
  spent(units: number, expected?: number): void;
  /** A request was refused, or a part of it left undone, because the table gives no more. */
  throttled(): void;
}

/**
 * Counts units and never waits: for a restored table, which nobody else uses. What it refuses is answered by
 * backoff alone.
 */
export class Unpaced implements Spending {
  readonly burst = Infinity;
  units = 0;

  async ready(): Promise<void> {}

  spent(units: number): void {
    this.units += units;
  }

  throttled(): void {}
}
