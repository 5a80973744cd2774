const multiplier = 0x5deece66dn;
const mask = (1n << 48n) - 1n;

/** `java.util.Random` of a seed, as far as its numbers are used here. */
export interface JavaRandom {
  /** The next number in [0, 1). */
  nextDouble(): number;
  /** The next whole number in [0, bound). */
  nextInt(bound: number): number;
}

export function javaRandom(seed: number): JavaRandom {
  let state = (BigInt(Math.trunc(seed)) ^ multiplier) & mask;
  const next = (bits: bigint) => {
    state = (state * multiplier + 0xbn) & mask;
    return state >> (48n - bits);
  };
  return {
    nextDouble() {
      const high = next(26n) << 27n;
      return Number(high + next(27n)) / 2 ** 53;
    },
    nextInt(bound) {
      const size = BigInt(bound);
      if ((size & -size) === size) return Number((size * next(31n)) >> 31n);
      for (;;) {
        const bits = next(31n);
        // As Java does it: so that every number is as likely as any other.
        if (bits - (bits % size) + (size - 1n) < 1n << 31n) return Number(bits % size);
      }
    },
  };
}
