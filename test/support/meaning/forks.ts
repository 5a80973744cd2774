/** Which of several things that happen at once comes first: one run of a workflow takes one of the ways. */
export class Forks {
  readonly #taken: readonly number[];
  readonly #met: { readonly taken: number; readonly ways: number }[] = [];

  constructor(taken: readonly number[]) {
    this.#taken = taken;
  }

  choose(ways: number): number {
    if (ways === 1) return 0;
    const taken = this.#taken[this.#met.length] ?? 0;
    this.#met.push({ taken, ways });
    return taken;
  }

  /** The ways to take in the next run, or undefined after the last. */
  next(): readonly number[] | undefined {
    const last = this.#met.findLastIndex(({ taken, ways }) => taken + 1 < ways);
    if (last === -1) return undefined;
    return this.#met.slice(0, last + 1).map(({ taken }, index) => (index === last ? taken + 1 : taken));
  }
}
