const multiplier = 0x5deece66dn;
const mask = (1n << 48n) - 1n;

/**
 * The first `nextDouble()` of `new java.util.Random(seed)`: what `$random(seed)` gives in Step Functions
 * (`$random(42)` is 0.7275636800328681).
 */
export function javaRandomDouble(seed: number): number {
  let state = (BigInt(Math.trunc(seed)) ^ multiplier) & mask;
  const next = (bits: bigint) => {
    state = (state * multiplier + 0xbn) & mask;
    return state >> (48n - bits);
  };
  const high = next(26n) << 27n;
  return Number(high + next(27n)) / 2 ** 53;
}
