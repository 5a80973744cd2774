import { writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { table } from '../table.ts';
import { writeRows } from '../write-rows.ts';
import { CHANGED, changes } from './changes.ts';
import { PHASES } from './phases.ts';
import { plot } from './plot.ts';
import type { Prediction } from './prediction.ts';
import { GRID, scaleRows } from './scale-rows.ts';
import { type Setting, SETTING } from './setting.ts';

interface Options {
  readonly out?: string;
  readonly plot?: string;
  readonly rate: number;
  readonly itemBytes: number;
  readonly items: readonly number[];
  readonly damage: readonly number[];
  readonly readQuota: number;
  readonly writeQuota: number;
  readonly warmRead?: number;
  readonly warmWrite?: number;
  readonly segments?: number;
  readonly atOnce?: number;
  readonly restoreMinutes: number;
  readonly functions: number;
}

export const scaleCommand = (): Command =>
  new Command('scale')
    .description(
      "how long a recovery takes and what it costs by the table's size and damage, as a model predicts it: the " +
        "compiled machines in the simulator, within AWS's documented limits, beside deleting and copying everything",
    )
    .option('--out <file>', 'write the rows as JSON')
    .option('--plot <file>', 'draw time and cost over the size as an SVG')
    .option(
      '--rate <MB/s>',
      'what one core compares in a second, both tables counted',
      above(0),
      SETTING.megabytesPerCore,
    )
    .option('--item-bytes <number>', 'size of an item', above(0), SETTING.itemBytes)
    .option('--items <numbers>', 'sizes of the table', list(above(0)), GRID.items)
    .option('--damage <fractions>', 'parts of the items that are wrong', list(fraction), GRID.damage)
    .option('--read-quota <units/s>', 'what the account allows one table', above(0), SETTING.quota.read)
    .option('--write-quota <units/s>', 'what the account allows one table', above(0), SETTING.quota.write)
    .option(
      '--warm-read <units/s>',
      'what both tables are warmed to; default: as new ones of their size',
      above(0),
    )
    .option('--warm-write <units/s>', 'the same', above(0))
    .option('--segments <number>', "default: by the table's size", above(0))
    .option('--at-once <number>', 'segments at once; default: as the workflows have it', above(0))
    .option('--restore-minutes <number>', 'what the restore takes', above(0), SETTING.restoreSeconds / 60)
    .option('--functions <number>', 'functions to freeze', above(0), SETTING.functions)
    .action(async (options: Options) => {
      const setting = settingOf(options);
      const rows = await scaleRows(options, setting);
      console.log(table(rows.filter(isShown).map(shown)));
      const items = Math.min(CHANGED.items, Math.max(...options.items));
      const changed = await changes(setting, { ...CHANGED, items });
      console.log(
        `\n${items.toLocaleString('en-US')} items, damage ${CHANGED.damage}:\n${table(changed.map((row) => ({ ...row, minutes: rounded(row.minutes), dollars: rounded(row.dollars) })))}`,
      );
      if (options.out !== undefined)
        writeRows(options.out, { bench: 'scale', rows, changes: changed, setting });
      if (options.plot !== undefined) writeFileSync(options.plot, plot(rows));
    });

const settingOf = (options: Options): Setting => ({
  ...SETTING,
  itemBytes: options.itemBytes,
  megabytesPerCore: options.rate,
  quota: { read: options.readQuota, write: options.writeQuota },
  warm: { read: options.warmRead, write: options.warmWrite },
  segments: options.segments,
  atOnce: options.atOnce,
  restoreSeconds: options.restoreMinutes * 60,
  functions: options.functions,
});

/** Of the known way, which takes as long whatever the damage, one row for each size is enough to look at. */
const isShown = ({ name, items, damage }: Prediction, _index: number, rows: readonly Prediction[]): boolean =>
  name === 'rewind' || rows.find((row) => row.name === name && row.items === items)?.damage === damage;

/** A row as the table has it: without what would make it too wide. */
const shown = (row: Prediction) => ({
  name: row.name,
  items: row.items,
  damage: row.name === 'rewind' ? String(row.damage) : 'any',
  minutes: rounded(row.minutes),
  dollars: rounded(row.dollars),
  bottleneck: row.bottleneck,
  ...Object.fromEntries(PHASES.map((phase) => [phase, rounded(row[phase])])),
  'write units': row.writeUnits,
  'read units': row.readUnits,
});

/** To three digits at least. */
const rounded = (value: number): number => (value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

function above(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!(value > least)) throw new InvalidArgumentError(`It is not a number above ${least}.`);
    return value;
  };
}

function fraction(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('It is not a number from 0 to 1.');
  return value;
}

const list =
  (each: (text: string) => number) =>
  (text: string): readonly number[] =>
    text.split(',').map(each);
