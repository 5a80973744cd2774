import { Command } from 'commander';
import { table } from '../table.ts';
import { writeRows } from '../write-rows.ts';
import type { Shape } from './large-items.ts';
import { type MemoryRow, measureMemory } from './measure-memory.ts';

export const memoryCommand = (): Command =>
  new Command('memory')
    .description(
      'the most memory that resetting and verifying a segment takes, as the deployed functions do it',
    )
    .option('--out <file>', 'write the rows as JSON')
    .option('--megabytes <number>', 'the size of each table, as DynamoDB counts it', Number, 100)
    .action(async (options: { readonly out?: string; readonly megabytes: number }) => {
      const large = Math.ceil((options.megabytes * 2 ** 20) / (400 * 1024));
      // Their JSON is seven times as large, and slow to read and to write.
      const nulls = Math.ceil(large / 8);
      const small = Math.ceil((options.megabytes * 2 ** 20) / 1000);
      const shapes: readonly Shape[] = [
        { kind: 'text', items: large, live: 'others' },
        { kind: 'text', items: large, live: 'shuffled' },
        { kind: 'nulls', items: nulls, live: 'others' },
        { kind: 'nulls', items: nulls, live: 'shuffled' },
        { kind: 'small', items: small, live: 'others' },
        { kind: 'small', items: small, live: 'shuffled' },
      ];
      const rows: MemoryRow[] = [];
      for (const shape of shapes) rows.push(await measureMemory('ResetSegment', shape));
      for (const shape of shapes.filter(({ live }) => live === 'others'))
        rows.push(await measureMemory('VerifySegment', shape));
      console.log(table(rows.map((row) => ({ ...row }))));
      if (options.out !== undefined) writeRows(options.out, { bench: 'memory', rows });
    });
