import { Command } from 'commander';
import { VARIANTS, type Variant } from '../../test/exploration/disaster.ts';
import { explore } from '../../test/exploration/explore.ts';
import { table } from '../table.ts';
import { writeRows } from '../write-rows.ts';

interface RecoveryRow {
  /** How the recovery is set up (docs/nothing-lost.md). */
  readonly name: Variant;
  readonly virtualHours: number;
  /** Of CPU, all threads together. */
  readonly seconds: number;
  readonly virtualHoursPerSecond: number;
}

export const recoveryCommand = (): Command =>
  new Command('recovery')
    .description('how fast virtual time passes in a whole recovery, with the real handlers and no fault')
    .option('--out <file>', 'write the rows as JSON')
    .option('--runs <number>', 'how many recoveries', Number, 100)
    .action(async (options: { readonly out?: string; readonly runs: number }) => {
      const rows: RecoveryRow[] = [];
      for (const name of VARIANTS) {
        await measure(name, options.runs / 5);
        rows.push(await measure(name, options.runs));
      }
      console.log(table(rows.map((row) => ({ ...row }))));
      if (options.out !== undefined) writeRows(options.out, { bench: 'recovery', rows });
    });

async function measure(variant: Variant, runs: number): Promise<RecoveryRow> {
  const before = process.cpuUsage();
  let virtual = 0;
  for (let seed = 1; seed <= runs; seed += 1) {
    const { violations, virtualMilliseconds } = await explore({
      variant,
      faults: [],
      seed,
      remedy: 'second',
    });
    if (violations.length > 0) throw new Error(`the recovery breaks ${violations[0]?.invariant}`);
    virtual += virtualMilliseconds;
  }
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  const virtualHours = virtual / 3_600_000;
  return {
    name: variant,
    virtualHours: rounded(virtualHours),
    seconds: rounded(seconds),
    virtualHoursPerSecond: rounded(virtualHours / seconds),
  };
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
