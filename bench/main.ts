import { Command } from 'commander';
import { typesCommand } from './types/types-command.ts';

await new Command('bench')
  .description('What Rewind costs, measured: each prints a table, and writes its rows with --out.')
  .helpCommand(false)
  .addCommand(typesCommand())
  .parseAsync(process.argv);
