import { Command } from 'commander';
import { VARIANTS, type Variant } from '../../test/exploration/disaster.ts';
import { explore } from '../../test/exploration/explore.ts';
import { table } from '../table.ts';
import { writeRows } from '../write-rows.ts';

interface RecoveryRow {
  /** How the recovery is set up (docs/nothing-lost.md), and how long a person thinks about its plan. */
  readonly name: string;
  readonly virtualHours: number;
  /** Of CPU, all threads together. */
  readonly seconds: number;
  readonly virtualHoursPerSecond: number;
}

interface Measured {
  readonly variant: Variant;
  readonly answerAfterHours?: number;
}

const SETTINGS: readonly Measured[] = [
  ...VARIANTS.map((variant) => ({ variant })),
  { variant: 'guarded', answerAfterHours: 160 },
];

export const recoveryCommand = (): Command =>
  new Command('recovery')
    .description('how fast virtual time passes in a whole recovery, with the real handlers and no fault')
    .option('--out <file>', 'write the rows as JSON')
    .option('--runs <number>', 'how many recoveries', Number, 100)
    .action(async (options: { readonly out?: string; readonly runs: number }) => {
      const rows: RecoveryRow[] = [];
      for (const setting of SETTINGS) {
        await measure(setting, options.runs / 5);
        rows.push(await measure(setting, options.runs));
      }
      console.log(table(rows.map((row) => ({ ...row }))));
      if (options.out !== undefined) writeRows(options.out, { bench: 'recovery', rows });
    });

async function measure({ variant, answerAfterHours }: Measured, runs: number): Promise<RecoveryRow> {
  const before = process.cpuUsage();
  let virtual = 0;
  for (let seed = 1; seed <= runs; seed += 1) {
    const { violations, virtualMilliseconds } = await explore({
      variant,
      ...(answerAfterHours === undefined ? {} : { answerAfterHours }),
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
    name: answerAfterHours === undefined ? variant : `${variant}, answered after ${answerAfterHours} hours`,
    virtualHours: rounded(virtualHours),
    seconds: rounded(seconds),
    virtualHoursPerSecond: rounded(virtualHours / seconds),
  };
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
