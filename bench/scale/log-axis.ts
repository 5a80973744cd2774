/** Where a value above 0 lies on a logarithmic axis, to a tenth of a pixel. */
export type LogAxis = (value: number) => number;

/** The axis from the least of these values to the greatest, between two places. */
export function axis(values: readonly number[], from: number, to: number): LogAxis {
  const [low, high] = [Math.log10(Math.min(...values)), Math.log10(Math.max(...values))];
  return (value) => Math.round((from + ((Math.log10(value) - low) / (high - low)) * (to - from)) * 10) / 10;
}
