import { Command } from 'commander';
import { VARIANTS } from '../../test/exploration/disaster.ts';
import { explore, type Case } from '../../test/exploration/explore.ts';
import { parseFault } from '../../test/exploration/fault.ts';
import { table } from '../table.ts';
import { writeRows } from '../write-rows.ts';

interface RecoveryRow {
  /** How the recovery is set up (docs/nothing-lost.md), and what it waits for. */
  readonly name: string;
  readonly virtualHours: number;
  /** Of CPU, all threads together. */
  readonly seconds: number;
  readonly virtualHoursPerSecond: number;
}

type Measured = Pick<Case, 'variant'> & Partial<Case>;

/** Half-way through the reset, which leaves the application frozen. */
const HALF_RESET = parseFault('refused@BatchWriteItem#2');
const TEN_DAYS = { remedy: 10 * 24 };
const THIRTEEN_DAYS = { remedy: 13 * 24 };

const SETTINGS: Readonly<Record<string, Measured>> = {
  ...Object.fromEntries(VARIANTS.map((variant) => [variant, { variant }])),
  'guarded, answered after 160 hours': { variant: 'guarded', delays: { answer: 160 } },
  'plain, restored in 8 hours': { variant: 'plain', delays: { restore: 8 } },
  'plain, restored in 11 hours': { variant: 'plain', delays: { restore: 11 } },
  'plain, redriven after 13 days': {
    variant: 'plain',
    faults: [HALF_RESET],
    remedy: 'redrive',
    delays: THIRTEEN_DAYS,
  },
  'guarded, thawed by hand after 10 days': {
    variant: 'guarded',
    faults: [HALF_RESET],
    remedy: 'thaw',
    delays: TEN_DAYS,
  },
};

export const recoveryCommand = (): Command =>
  new Command('recovery')
    .description('how fast virtual time passes in a whole recovery, with the real handlers')
    .option('--out <file>', 'write the rows as JSON')
    .option('--runs <number>', 'how many recoveries', Number, 100)
    .action(async (options: { readonly out?: string; readonly runs: number }) => {
      const rows: RecoveryRow[] = [];
      for (const [name, setting] of Object.entries(SETTINGS)) {
        await measure(setting, options.runs / 5);
        rows.push({ name, ...(await measure(setting, options.runs)) });
      }
      console.log(table(rows.map((row) => ({ ...row }))));
      if (options.out !== undefined) writeRows(options.out, { bench: 'recovery', rows });
    });

async function measure(setting: Measured, runs: number): Promise<Omit<RecoveryRow, 'name'>> {
  const before = process.cpuUsage();
  let virtual = 0;
  for (let seed = 1; seed <= runs; seed += 1) {
    const { violations, struck, virtualMilliseconds } = await explore({
      faults: [],
      remedy: 'second',
      ...setting,
      seed,
    });
    if (violations.length > 0) throw new Error(`the recovery breaks ${violations[0]?.invariant}`);
    if (struck.length !== (setting.faults ?? []).length) throw new Error('there was no call to fail');
    virtual += virtualMilliseconds;
  }
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  const virtualHours = virtual / 3_600_000;
  return {
    virtualHours: rounded(virtualHours),
    seconds: rounded(seconds),
    virtualHoursPerSecond: rounded(virtualHours / seconds),
  };
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
