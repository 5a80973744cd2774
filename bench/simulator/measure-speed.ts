import { isDeepStrictEqual } from 'node:util';
import type { Contender } from './contenders.ts';
import type { Workload } from './workloads.ts';

export interface SpeedRow {
  /** The contender. */
  readonly name: string;
  readonly shape: string;
  readonly queryLanguage: Workload['queryLanguage'];
  readonly transitionsPerSecond: number;
}

/**
 * The median speed of each contender at a workload. They take turns, so that whatever else the machine does meets all
 * of them; the first turns, in which code is still compiled, do not count.
 * @throws Error when one of them gives another output than the workload's.
 */
export async function measureSpeed(
  workload: Workload,
  contenders: readonly Contender[],
  { turns, warmUp }: { readonly turns: number; readonly warmUp: number },
): Promise<readonly SpeedRow[]> {
  const { shape, queryLanguage, transitions } = workload;
  const runners = contenders.flatMap(({ name, ready }) => {
    const run = ready(workload);
    return run === undefined ? [] : [{ name, run, rates: new Array<number>() }];
  });
  for (let turn = 0; turn < warmUp + turns; turn++)
    for (const { name, run, rates } of runners) {
      const begun = process.hrtime.bigint();
      const output = await run();
      const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
      if (!isDeepStrictEqual(output, workload.output))
        throw new Error(`${name} gives another output for ${shape} in ${queryLanguage}`);
      if (turn >= warmUp) rates.push(transitions / seconds);
    }
  return runners.map(({ name, rates }) => ({
    name,
    shape,
    queryLanguage,
    transitionsPerSecond: Math.round(median(rates)),
  }));
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? Number.NaN;
