import { Command } from 'commander';
import { compareCommand } from './compare/compare-command.ts';
import { lambdasCommand } from './lambdas/lambdas-command.ts';
import { memoryCommand } from './memory/memory-command.ts';
import { recoveryCommand } from './recovery/recovery-command.ts';
import { resetCommand } from './reset/reset-command.ts';
import { scaleCommand } from './scale/scale-command.ts';
import { serveCommand } from './serve/serve-command.ts';
import { simulatorCommand } from './simulator/simulator-command.ts';
import { typesCommand } from './types/types-command.ts';

await new Command('bench')
  .description(
    'What Rewind costs, measured or predicted: each prints a table, and writes its rows with --out.',
  )
  .helpCommand(false)
  .addCommand(compareCommand())
  .addCommand(lambdasCommand())
  .addCommand(memoryCommand())
  .addCommand(recoveryCommand())
  .addCommand(resetCommand())
  .addCommand(scaleCommand())
  .addCommand(serveCommand())
  .addCommand(simulatorCommand())
  .addCommand(typesCommand())
  .parseAsync(process.argv);
