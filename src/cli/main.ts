import { Command, CommanderError } from 'commander';
import { failureText } from './aws-failure-text.ts';

/** Each command by its name, loaded when it is asked for: the clients of AWS that others need take their time. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import('./check-command.ts')).checkCommand(),
  coverage: async () => (await import('./coverage-command.ts')).coverageCommand(),
  rehearse: async () => (await import('./rehearse-command.ts')).rehearseCommand(),
  report: async () => (await import('./report-command.ts')).reportCommand(),
  serve: async () => (await import('./serve-command.ts')).serveCommand(),
  simulate: async () => (await import('./simulate-command.ts')).simulateCommand(),
  start: async () => (await import('./start-command.ts')).startCommand(),
  status: async () => (await import('./status-command.ts')).statusCommand(),
  synth: async () => (await import('./synth-command.ts')).synthCommand(),
  thaw: async () => (await import('./thaw-command.ts')).thawCommand(),
};

/**
 * The command line. Exit status: 0 for success, 1 for a recovery, rehearsal or simulation that failed, 2 for a command
 * that was not understood.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const [, , asked = ''] = argv;
  const named = Object.hasOwn(COMMANDS, asked) ? COMMANDS[asked] : undefined;
  const program = new Command('rewind')
    .description(
      'Disaster recovery for DynamoDB and Lambda applications: freeze, restore to a second, reset by difference, ' +
        'prove, thaw.',
    )
    .showHelpAfterError('(rewind --help shows what there is)')
    .exitOverride();
  const loading = named === undefined ? Object.values(COMMANDS) : [named];
  for (const load of loading) program.addCommand((await load()).exitOverride());
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else {
      console.error(`rewind: ${failureText(error)}`);
      process.exitCode = 1;
    }
  }
}
