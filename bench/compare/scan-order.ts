/** The order in which a scan brings a table's items: which number is at which position, and back. */
export interface ScanOrder {
  readonly numberAt: (position: number) => number;
  readonly positionOf: (number: number) => number;
}

/** By number. */
export const ASCENDING: ScanOrder = { numberAt: (position) => position, positionOf: (number) => number };

/**
 * An order that has nothing to do with the numbers' own, computed: position times a factor, modulo the count. The
 * factor is about the golden section of the count, so that neighbours in one order are far apart in the other, and
 * any stretch of one order is spread evenly over the other.
 */
export function shuffled(count: number): ScanOrder {
  let factor = Math.max(1, Math.round(count * 0.618_033_988_75));
  while (greatestCommonDivisor(factor, count) !== 1) factor += 1;
  const shift = Math.floor(count / 3);
  const back = inverse(factor, count);
  return {
    numberAt: (position) => (position * factor + shift) % count,
    positionOf: (number) => ((number + count - shift) * back) % count,
  };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** What multiplied by `factor` leaves 1 modulo `count` (the extended Euclidean algorithm). */
function inverse(factor: number, count: number): number {
  let [rest, nextRest] = [count, factor % count];
  let [sum, nextSum] = [0, 1];
  while (nextRest !== 0) {
    const times = Math.floor(rest / nextRest);
    [rest, nextRest] = [nextRest, rest - times * nextRest];
    [sum, nextSum] = [nextSum, sum - times * nextSum];
  }
  return (sum + count) % count;
}
