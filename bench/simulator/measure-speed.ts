import { isDeepStrictEqual } from 'node:util';
import type { Runner } from './runner.ts';
import type { Workload } from './workloads.ts';

export interface SpeedRow {
  /** The contender. */
  readonly name: string;
  readonly shape: string;
  readonly queryLanguage: Workload['queryLanguage'];
  readonly transitionsPerSecond: number;
}

/**
 * The median speed of each runner at a workload. They take turns, so that whatever else the machine does meets all
 * of them; the first turns, in which code is still compiled, do not count.
 * @throws Error when one of them gives another output than the workload's.
 */
export async function measureSpeed(
  { shape, queryLanguage, transitions, output: expected }: Workload,
  runners: readonly Runner[],
  { turns, warmUp }: { readonly turns: number; readonly warmUp: number },
): Promise<readonly SpeedRow[]> {
  const measured = runners.map((runner) => ({ runner, rates: new Array<number>() }));
  for (let turn = 0; turn < warmUp + turns; turn++)
    for (const { runner, rates } of measured) {
      const { output, seconds } = await runner.turn();
      if (!isDeepStrictEqual(output, expected))
        throw new Error(`${runner.name} gives another output for ${shape} in ${queryLanguage}`);
      if (turn >= warmUp) rates.push(transitions / seconds);
    }
  return measured.map(({ runner: { name }, rates }) => ({
    name,
    shape,
    queryLanguage,
    transitionsPerSecond: Math.round(median(rates)),
  }));
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? Number.NaN;
