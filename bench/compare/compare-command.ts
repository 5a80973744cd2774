import { Command } from 'commander';
import { contenderCode } from '../contender/contender-code.ts';
import { table } from '../table.ts';
import type { ShapeName } from '../tables/shapes.ts';
import { writeRows } from '../write-rows.ts';
import type { Pair } from './canned-table.ts';
import { type CompareRow, measureCompare } from './measure-compare.ts';

interface CompareOptions {
  readonly out?: string;
  readonly shapes: readonly ShapeName[];
  readonly items: readonly number[];
  readonly orders: readonly Pair['order'][];
  readonly damage: readonly number[];
  readonly attributes: readonly Pair['attributes'][];
}

export const compareCommand = (): Command =>
  new Command('compare')
    .description(
      'how fast two tables are compared, with nothing written: pages of a scan from a process of its own, beside ' +
        'what JSON.parse alone reaches on the same pages',
    )
    .option('--out <file>', 'write the rows as JSON')
    .option('--shapes <names>', 'of the items: 200 B, 1 KB, 10 KB', list, ['1 KB'])
    .option('--items <numbers>', 'how many', numbers, [100_000, 1_000_000, 5_000_000])
    .option('--orders <names>', 'in which the two scans bring them: same, shuffled', list, [
      'same',
      'shuffled',
    ])
    .option('--damage <shares>', 'shares of the items that differ, each 0 to 1', numbers, [0.01])
    .option('--attributes <names>', "order of an item's attributes in the two tables: same, reversed", list, [
      'same',
    ])
    .action(async ({ out, ...options }: CompareOptions) => {
      const code = contenderCode();
      const rows: CompareRow[] = [];
      for (const pair of pairsOf(options)) {
        console.error(`${JSON.stringify(pair)} …`);
        rows.push(...(await measureCompare(pair, code)));
      }
      code.remove();
      console.log(table(rows.map(shown)));
      if (out !== undefined) writeRows(out, { bench: 'compare', rows });
    });

const list = (text: string): string[] => text.split(',').map((each) => each.trim());
const numbers = (text: string): number[] => list(text).map(Number);

const pairsOf = ({ shapes, items, orders, damage, attributes }: CompareOptions): Pair[] =>
  shapes.flatMap((shape) =>
    items.flatMap((count) =>
      orders.flatMap((order) =>
        attributes.flatMap((arranged) =>
          damage.map((share) => ({ shape, items: count, damage: share, order, attributes: arranged })),
        ),
      ),
    ),
  );

const shown = (row: CompareRow) => ({
  name: row.name === 'rewind' ? 'rewind' : `JSON.parse, ${row.from}`,
  shape: row.shape,
  items: row.items,
  order: row.order,
  attributes: row.attributes,
  damage: String(row.damage),
  'MB/s': Math.round(row.megabytesPerSecond),
  'MB/CPU s': Math.round(row.megabytesPerCpuSecond),
  'of JSON.parse': row.ratio.toFixed(2),
  'by CPU': row.cpuRatio.toFixed(2),
  'of received': row.ratioToReceived.toFixed(2),
  'reads by key': row.lookups,
  'peak MiB': Math.round(row.peakMiB),
});
