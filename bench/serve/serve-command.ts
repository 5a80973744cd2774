import { Command } from 'commander';
import { table } from '../table.ts';
import { writeRows } from '../write-rows.ts';
import { measureEndpoint } from './measure-endpoint.ts';

export const serveCommand = (): Command =>
  new Command('serve')
    .description('what executions cost `rewind serve` in time and memory, without the wire')
    .option('--out <file>', 'write the rows as JSON')
    .option('--executions <number>', 'how many', Number, 100_000)
    .action(async (options: { readonly out?: string; readonly executions: number }) => {
      const rows = [await measureEndpoint(options.executions)];
      console.log(table(rows.map((row) => ({ ...row }))));
      if (options.out !== undefined) writeRows(options.out, { bench: 'serve', rows });
    });
