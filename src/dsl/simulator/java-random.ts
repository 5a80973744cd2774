const multiplier = 0x5deece66dn;
const mask = (1n << 48n) - 1n;

/** `java.util.Random` of a seed, as far as `nextDouble` goes: each call gives the next number in [0, 1). */
export function javaRandom(seed: number): () => number {
  let state = (BigInt(Math.trunc(seed)) ^ multiplier) & mask;
  const next = (bits: bigint) => {
    state = (state * multiplier + 0xbn) & mask;
    return state >> (48n - bits);
  };
  return () => {
    const high = next(26n) << 27n;
    return Number(high + next(27n)) / 2 ** 53;
  };
}
