/** A rate limit as AWS keeps it: so many at once, and so many more a second. Who comes too early waits. */
export class Bucket {
  readonly #size: number;
  readonly #perSecond: number;
  #level: number;
  #at = -Infinity;

  constructor({ bucket, perSecond }: { readonly bucket: number; readonly perSecond: number }) {
    this.#size = bucket;
    this.#perSecond = perSecond;
    this.#level = bucket;
  }

  /** Takes one, on credit if there is none. */
  take(now: number): void {
    this.#fill(now);
    this.#level -= 1;
  }

  /** Milliseconds until what was taken on credit has flowed in. */
  wait(now: number): number {
    this.#fill(now);
    return (Math.max(0, -this.#level) / this.#perSecond) * 1000;
  }

  #fill(now: number): void {
    this.#level = Math.min(this.#size, this.#level + ((now - this.#at) / 1000) * this.#perSecond);
    this.#at = now;
  }
}
