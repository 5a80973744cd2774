import { Command } from 'commander';
import { scaleCommand } from './scale/scale-command.ts';
import { serveCommand } from './serve/serve-command.ts';
import { simulatorCommand } from './simulator/simulator-command.ts';
import { typesCommand } from './types/types-command.ts';

await new Command('bench')
  .description('What Rewind costs, measured: each prints a table, and writes its rows with --out.')
  .helpCommand(false)
  .addCommand(scaleCommand())
  .addCommand(serveCommand())
  .addCommand(simulatorCommand())
  .addCommand(typesCommand())
  .parseAsync(process.argv);
