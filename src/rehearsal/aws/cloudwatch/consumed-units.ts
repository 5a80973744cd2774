const MINUTE = 60_000;

/** The write units that calls have consumed, by table and minute. */
export class ConsumedUnits {
  readonly #minutes = new Map<string, Map<number, number>>();

  /** @param at milliseconds since the epoch. */
  count(table: string, units: number, at: number): void {
    const minutes = this.#minutes.get(table) ?? new Map<number, number>();
    this.#minutes.set(table, minutes);
    const minute = Math.floor(at / MINUTE) * MINUTE;
    minutes.set(minute, (minutes.get(minute) ?? 0) + units);
  }

  /** The minutes that begin in a span of time and had any, in order. */
  between(table: string, from: number, before: number): { readonly at: number; readonly units: number }[] {
    return [...(this.#minutes.get(table) ?? [])]
      .filter(([at]) => at >= from && at < before)
      .map(([at, units]) => ({ at, units }))
      .sort((one, other) => one.at - other.at);
  }
}
