import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { progressLine } from './progress-line.ts';
import { rehearsalRequest, type RehearsalRequestOptions } from './rehearsal-request.ts';
import { reportText } from './report-text.ts';

interface RehearseOptions extends RehearsalRequestOptions {
  readonly seed: number;
  readonly items: number;
  readonly damage: number;
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

const EXAMPLE = `
Examples:
  rewind rehearse --seed 7 --damage 0.5
  rewind rehearse --fence
  rewind rehearse --request bad-upload.json

where bad-upload.json takes back only what the bad upload has overwritten, and leaves every other order as it is:
  {
    "incidentId": "bad-upload",
    "restorePoint": "2026-11-02T01:20:00Z",
    "tables": [
      {
        "name": "shop-orders",
        "confirm": "shop-orders",
        "only": { "where": [{ "attribute": "note", "equals": "MIGRATED" }] }
      }
    ]
  }`;

/** `rewind rehearse`: a whole recovery on this machine. */
export const rehearseCommand = (): Command =>
  new Command('rehearse')
    .summary('rehearses a whole recovery on this machine, without AWS')
    .description(
      'Rehearses a whole recovery on this machine, without AWS: an application with tables, functions, pipes, rules ' +
        'and schedules runs against an embedded DynamoDB, Lambda and EventBridge on loopback, is damaged, and is ' +
        'taken back to a chosen second by the compiled workflow. Exit status 0 only if every table is byte-equal to ' +
        'its content at the restore point (where only some items are taken back, every other one to what it was at ' +
        'the freeze) and every function, event-source mapping, pipe, rule, schedule and resource policy is as it was.',
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
    .option(
      '--request <file>',
      "instead of these four: the machine's whole input, a file of JSON as `rewind start` takes it, " +
        'for example to take back only some items of a table',
    )
    .option(
      '--fence [names...]',
      'tables that have a write fence, or all that are asked for: a container of the application, which no freeze ' +
        'of functions stops, keeps writing to them (default: none)',
    )
    .option('--json <file>', 'also write the report as JSON')
    .addHelpText('after', EXAMPLE)
    .action(async (options: RehearseOptions, command: Command) => {
      const asked = await rehearsalRequest(options);
      if ('faults' in asked) return command.error(`error: ${asked.faults}`);
      // Loaded when the options are right: the embedded AWS and all tasks take more than a second.
      const { rehearse } = await import('../rehearsal/rehearse.ts');
      const report = await rehearse({
        seed: options.seed,
        items: options.items,
        damage: options.damage,
        request: asked.request,
        fenced: asked.fenced,
        onProgress: (progress) => console.log(progressLine(progress)),
      });
      console.log(reportText(report));
      process.exitCode = report.succeeded ? 0 : 1;
      if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
    });
