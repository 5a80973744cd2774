import { Command } from 'commander';
import { divisionOf } from '../../src/tasks/preflight/segments.ts';
import { contenderCode } from '../contender/contender-code.ts';
import { table } from '../table.ts';
import { Press } from '../tables/press.ts';
import { shapes } from '../tables/shapes.ts';
import { writeRows } from '../write-rows.ts';
import { measureReset, type ResetRow } from './measure-reset.ts';

interface ResetOptions {
  readonly out?: string;
  readonly items: number;
  readonly damage: readonly number[];
  readonly segments?: number;
  readonly beside: number;
}

export const resetCommand = (): Command =>
  new Command('reset')
    .description(
      'what it takes to reset a damaged table: by difference, and by deleting and copying every item; the same ' +
        'engine in a process of its own, the same items of about 1 KB',
    )
    .option('--out <file>', 'write the rows as JSON')
    .option('--items <number>', 'how many', Number, 100_000)
    .option(
      '--damage <shares>',
      'shares of the items that are damaged, each 0 to 1',
      shares,
      [0, 0.001, 0.01, 0.1, 1],
    )
    .option(
      '--segments <number>',
      "scan segments at once; default: as the recovery's preflight sizes them",
      Number,
    )
    .option(
      '--beside <segments>',
      'both ways in so many segments at once, at the last damage; 0: not',
      Number,
      4,
    )
    .action(async ({ out, items, damage, beside: wide, segments = ownSegments(items) }: ResetOptions) => {
      const code = contenderCode();
      const rows: ResetRow[] = [];
      const measure = async (run: Pick<ResetRow, 'name' | 'damage' | 'segments'>) => {
        console.error(`${run.name}, damage ${run.damage}, ${run.segments} segments …`);
        return measureReset({ ...run, items }, code);
      };
      for (const share of damage)
        for (const name of ['rewind', 'delete-and-copy'] as const)
          rows.push(await measure({ name, damage: share, segments: name === 'rewind' ? segments : 1 }));
      // What the known way would gain from segments.
      const beside: ResetRow[] = [];
      for (const share of wide > 0 ? damage.slice(-1) : [])
        for (const name of ['rewind', 'delete-and-copy'] as const)
          beside.push(await measure({ name, damage: share, segments: wide }));
      code.remove();
      console.log(table(rows.map(shown)));
      console.log(`\n${table(ratios(rows))}`);
      if (wide > 0) console.log(`\nBoth in ${wide} segments at once:\n${table(beside.map(shown))}`);
      if (out !== undefined) writeRows(out, { bench: 'reset', items, rows, beside });
    });

const shares = (text: string): number[] => text.split(',').map(Number);

/** As many segments as the preflight gives a table of this size. */
function ownSegments(items: number): number {
  const press = new Press(shapes['1 KB']);
  let bytes = 0;
  for (let number = 0; number < items; number++) bytes += press.sizeOf(number);
  return divisionOf({ bytes, ceilings: {} }).segments;
}

const shown = (row: ResetRow) => ({
  name: row.name,
  damage: String(row.damage),
  seconds: rounded(row.seconds, 1),
  'CPU seconds': rounded(row.cpuSeconds, 1),
  "engine's": rounded(row.engineCpuSeconds, 1),
  calls: row.calls,
  "ledger's": row.ledgerCalls,
  'read units': row.readUnits,
  'write units': row.writeUnits,
  'peak MiB': Math.round(row.peakMiB),
});

/** How many times what Rewind takes the known way takes, at each damage. */
function ratios(rows: readonly ResetRow[]) {
  return rows
    .filter(({ name }) => name === 'rewind')
    .map((ours) => {
      const theirs = rows.find(({ name, damage }) => name !== 'rewind' && damage === ours.damage)!;
      const both = ({ cpuSeconds, engineCpuSeconds }: ResetRow) => cpuSeconds + engineCpuSeconds;
      const times = (of: 'seconds' | 'calls' | 'readUnits' | 'writeUnits') => ratio(theirs[of] / ours[of]);
      return {
        damage: String(ours.damage),
        'delete-and-copy takes: seconds': times('seconds'),
        "CPU seconds with the engine's": ratio(both(theirs) / both(ours)),
        calls: times('calls'),
        'read units': times('readUnits'),
        'write units': times('writeUnits'),
      };
    });
}

const ratio = (times: number): string => `${rounded(times, 2).toLocaleString('en-US')} x`;

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
