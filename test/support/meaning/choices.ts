/**
 * Choices out of a list of numbers: a shorter list, or smaller numbers, make a simpler thing, so that a
 * counterexample shrinks. When the list is used up, every choice is the first.
 */
export class Choices {
  readonly #numbers: readonly number[];
  #used = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** A whole number from 0 to one less than `count`. */
  below(count: number): number {
    const given = this.#numbers[this.#used] ?? 0;
    this.#used += 1;
    return given % count;
  }

  /** True once in so many times. */
  once(inSoMany: number): boolean {
    return this.below(inSoMany) === inSoMany - 1;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }
}
