import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { progressLine } from './progress-line.ts';
import { reportText } from './report-text.ts';

interface RehearseOptions {
  readonly seed: number;
  readonly items: number;
  readonly damage: number;
  readonly incident?: string;
  readonly restorePoint?: string;
  /** `true` when the option names none. */
  readonly tables?: string[] | true;
  readonly confirm?: string;
  readonly json?: string;
}

const whole =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
    return value;
  };

function fraction(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('Give a fraction of the items from 0 to 1, for example 0.25.');
  return value;
}

/** `rewind rehearse`: a whole recovery on this machine. */
export const rehearseCommand = (): Command =>
  new Command('rehearse')
    .summary('rehearses a whole recovery on this machine, without AWS')
    .description(
      'Rehearses a whole recovery on this machine, without AWS: an application with tables and functions runs ' +
        'against an embedded DynamoDB and Lambda on loopback, is damaged, and is taken back to a chosen second ' +
        'by the compiled workflow. Exit status 0 only if every table is byte-equal to its content at the ' +
        'restore point and every function and event-source mapping is as it was.',
    )
    .addOption(
      new Option('--seed <n>', 'the same seed gives the same rehearsal')
        .default(1)
        .argParser(whole(0, 2 ** 31)),
    )
    .addOption(
      new Option('--items <n>', 'items over all tables').default(20_000).argParser(whole(10, 1_000_000)),
    )
    .addOption(
      new Option('--damage <fraction>', 'share of the items damaged, 0 to 1')
        .default(0.1)
        .argParser(fraction),
    )
    .option('--incident <id>', 'the incident id that is asked for (default: rehearsal)')
    .option(
      '--restore-point <time>',
      'the second that is asked for; the application lives from 2026-11-02T01:00:00Z and is damaged at 01:25 ' +
        '(default: 2026-11-02T01:20:00Z)',
    )
    .option('--tables [names...]', 'the tables that are asked for (default: all four)')
    .option('--confirm <name>', "what is typed to confirm each table (default: each table's own name)")
    .option('--json <file>', 'also write the report as JSON')
    .action(async (options: RehearseOptions) => {
      // Loaded when the options are right: the embedded AWS and all tasks take more than a second.
      const { rehearse } = await import('../rehearsal/rehearse.ts');
      const report = await rehearse({
        seed: options.seed,
        items: options.items,
        damage: options.damage,
        request: {
          ...(options.incident === undefined ? {} : { incidentId: options.incident }),
          ...(options.restorePoint === undefined ? {} : { restorePoint: options.restorePoint }),
          ...(options.tables === undefined ? {} : { tables: options.tables === true ? [] : options.tables }),
          ...(options.confirm === undefined ? {} : { confirm: options.confirm }),
        },
        onProgress: (progress) => console.log(progressLine(progress)),
      });
      console.log(reportText(report));
      process.exitCode = report.succeeded ? 0 : 1;
      if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
    });
