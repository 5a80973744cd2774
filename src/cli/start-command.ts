import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import type * as z from 'zod';
import { restorePointText } from '../tasks/restore-point.ts';
import type { RewindRequest } from '../workflow/rewind.ts';
import { duration } from '../tasks/report/duration-text.ts';
import { followExecution } from './follow-execution.ts';
import { clientConfiguration } from './incident-options.ts';
import { paint } from './progress-line.ts';
import { outcomeText } from './outcome-text.ts';
import { confirmTables, type RequestOptions, requestOf } from './recovery-request.ts';

interface StartOptions extends RequestOptions {
  readonly machine: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly watch: boolean;
}

const LOOK_MILLISECONDS = 5_000;

const EXAMPLE = `
Examples:
  rewind start --machine <arn> --incident bad-upload-42 --restore-point 2026-11-22T03:14:07Z --table shop-orders
  rewind start --machine <arn> --request bad-upload-42.json

The ARN of the machine is in the outputs of the recovery's stack. A second try is started with the same incident id, and
goes on where the first one stopped. Stopping this command does not stop the recovery.`;

/** `rewind start`: starts a recovery, and follows it to its end. */
export const startCommand = (): Command =>
  new Command('start')
    .summary('starts a recovery and follows it to its end')
    .description(
      'Starts the state machine Rewind with a request that is checked first, and shows what it does until it has ' +
        'ended, with your own AWS credentials. Exit status 0 only when the application is recovered.',
    )
    .addOption(
      new Option('--machine <arn>', 'the state machine Rewind').makeOptionMandatory().argParser(machineArn),
    )
    .option('--incident <id>', 'names this disaster; a second try has the same')
    .option('--restore-point <time>', 'the second to go back to, with its offset: 2026-11-22T03:14:07Z')
    .option('--table <names...>', 'the tables to take back, whole')
    .option('--confirm <names...>', 'their names a second time; without it you are asked for them')
    .option('--by <name>', 'who asks for it, for the report')
    .option('--approval', 'wait for a yes before anything is written')
    .option('--keep-restored-tables', 'keep the restored copies after success')
    .option('--request <file>', "instead of all these: the machine's whole input, a file of JSON")
    .option('--no-watch', 'do not follow the recovery')
    .option('--region <region>', "AWS region (default: the machine's)")
    .option('--endpoint <url>', 'another AWS endpoint, for a rehearsal')
    .addHelpText('after', EXAMPLE)
    .action(async (options: StartOptions, command: Command) => {
      const region = regionOf(options.machine);
      if (options.region !== undefined && options.region !== region)
        return command.error(
          `error: the machine is in ${region}, not in ${options.region}; leave --region out`,
        );
      const asked = await requestOf(options, Date.now());
      if ('faults' in asked) return command.error(`error: ${asked.faults}`);
      const request = asked.request;
      console.log(inWords(request, Date.now()));
      const refusal = await confirmTables(request, process.stdin.isTTY ? ask : undefined);
      if (refusal !== undefined) return command.error(`error: ${refusal}`);
      await start(request, { ...options, region });
    });

async function start(request: z.input<typeof RewindRequest>, options: StartOptions): Promise<void> {
  const client = new SFNClient(clientConfiguration(options));
  const { executionArn = '' } = await client.send(
    new StartExecutionCommand({
      stateMachineArn: options.machine,
      // Every try of an incident has a name of its own, and one that is repeated by mistake within a second has not.
      name: `${request.incidentId}-${restorePointText(Date.now()).replaceAll(/[-:]/g, '')}`,
      input: JSON.stringify(request),
    }),
  );
  console.log(`Started: ${executionArn}`);
  if (!options.watch) return;
  const followed = await followExecution(executionArn, {
    client,
    entered: (words, at) => console.log(`${paint('dim', at?.toISOString().slice(11, 19) ?? '')}  ${words}`),
    found: (words) => console.log(`          ${words}`),
    pause: () => sleep(LOOK_MILLISECONDS),
  });
  console.log(outcomeText(followed, request.incidentId));
  if (followed.execution.status !== 'SUCCEEDED') process.exitCode = 1;
}

/** What is asked for, before it is asked for: times in UTC and in this machine's own time zone. */
function inWords(
  { incidentId, restorePoint, tables, approval }: z.input<typeof RewindRequest>,
  now: number,
): string {
  const at = new Date(restorePoint);
  const names = tables.map(({ name, only }) => (only === undefined ? name : `${name} (some of its items)`));
  return [
    paint('bold', `Incident ${incidentId}: back to ${restorePointText(at.getTime())}`),
    `  in your time  ${at.toString()}, ${duration((now - at.getTime()) / 1000)} ago`,
    `  tables        ${names.join(', ')}`,
    `  meanwhile     the application is frozen; what was written to these tables since then is lost`,
    ...(approval === true ? ['  approval      is asked for before anything is written'] : []),
  ].join('\n');
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

/** An ARN is `arn:partition:service:region:account:…`. */
const regionOf = (arn: string): string | undefined => arn.split(':')[3];

function machineArn(text: string): string {
  if (/^arn:[^:]+:states:[^:]+:\d{12}:stateMachine:.+$/.test(text)) return text;
  throw new InvalidArgumentError('Give the ARN of a state machine, arn:aws:states:…:stateMachine:….');
}
