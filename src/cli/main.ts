import { Command, CommanderError } from 'commander';
import { checkCommand } from './check-command.ts';
import { coverageCommand } from './coverage-command.ts';
import { rehearseCommand } from './rehearse-command.ts';
import { reportCommand } from './report-command.ts';
import { serveCommand } from './serve-command.ts';
import { simulateCommand } from './simulate-command.ts';
import { startCommand } from './start-command.ts';
import { statusCommand } from './status-command.ts';
import { synthCommand } from './synth-command.ts';
import { thawCommand } from './thaw-command.ts';

/**
 * The command line. Exit status: 0 for success, 1 for a recovery, rehearsal or simulation that failed, 2 for a command
 * that was not understood.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('rewind')
    .description(
      'Disaster recovery for DynamoDB and Lambda applications: freeze, restore to a second, reset by difference, ' +
        'prove, thaw.',
    )
    .showHelpAfterError('(rewind --help shows what there is)')
    .addCommand(checkCommand())
    .addCommand(coverageCommand())
    .addCommand(rehearseCommand())
    .addCommand(reportCommand())
    .addCommand(serveCommand())
    .addCommand(simulateCommand())
    .addCommand(startCommand())
    .addCommand(statusCommand())
    .addCommand(synthCommand())
    .addCommand(thawCommand())
    .exitOverride();
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else {
      console.error(`rewind: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
}
