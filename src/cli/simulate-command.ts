import { basename } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { StateMachine } from '../dsl/asl/machine.ts';
import type { PolicyDocument } from '../dsl/asl/policy-document.ts';
import type { HistoryEvent } from '../dsl/simulator/history-event.ts';
import { RolePolicy } from '../dsl/simulator/iam/role-policy.ts';
import { mockedStates } from '../dsl/simulator/mocks/mock-config.ts';
import { mockedTasks } from '../dsl/simulator/mocks/mocked-tasks.ts';
import {
  type ExecutionIdentity,
  type ExecutionResult,
  type SimulationOptions,
  simulate,
} from '../dsl/simulator/simulate.ts';
import { jsonOf } from './json-of.ts';
import { policyText, usesOf } from './policy-text.ts';
import { type EndpointOptions, endpointOption, endpointsOf, lambdaEndpointOption } from './endpoints.ts';
import { paint } from './progress-line.ts';

interface SimulateOptions extends EndpointOptions {
  readonly definition: string;
  readonly input?: string;
  readonly mocks?: string;
  readonly machine?: string;
  readonly testCase?: string;
  readonly policy?: string;
  readonly fieldValidation?: 'STRICT' | 'PRESENT' | 'NONE';
  readonly seed: number;
  readonly json?: true;
  readonly watch?: true;
}

const EXAMPLE = `
Examples:
  rewind simulate --definition order.asl.json --input order.json --mocks MockConfigFile.json --test-case HappyPath
  rewind simulate --definition order.asl.json --lambda-endpoint http://localhost:4566

What the tasks answer is said by a mock configuration file of Step Functions Local; calls that it does not mention are
made to the endpoints that are given. Waits, retries and timeouts take no real time. Under a policy, a call that it does
not allow fails as on AWS; what the run did not use is told at the end.`;

/** `rewind simulate`: one execution of any definition, on this machine and in virtual time. */
export const simulateCommand = (): Command =>
  new Command('simulate')
    .summary('runs a definition on this machine, in virtual time')
    .description(
      'Runs one execution of a definition in the Amazon States Language without AWS, in virtual time, and prints ' +
        'the states that it goes through and how it ends. Exit status 0 only when it succeeds.',
    )
    .requiredOption('--definition <file>', 'the definition, such as machine.asl.json')
    .option('--input <file>', 'the input, a file of JSON (default: {})')
    .option('--mocks <file>', 'what the tasks answer: a MockConfigFile.json of Step Functions Local')
    .option('--machine <name>', 'the state machine in it, if it has several')
    .option('--test-case <name>', 'the test case in it, if it has several')
    .option('--policy <file>', "the role's policy: an IAM policy in JSON, or a list of its statements")
    .addOption(
      new Option(
        '--field-validation <mode>',
        'how mocked results are held against the APIs; by default STRICT for services whose SDK client is installed',
      ).choices(['STRICT', 'PRESENT', 'NONE']),
    )
    .addOption(lambdaEndpointOption())
    .addOption(endpointOption())
    .option('--seed <number>', 'of jitter, $random() and $uuid()', seedOf, 1)
    .option('--watch', 'print each state when it is entered, not only at the end; with --json to stderr')
    .option('--json', 'print the outcome and the whole history as JSON')
    .addHelpText('after', EXAMPLE)
    .action(async (options: SimulateOptions, command: Command) => {
      if (options.mocks === undefined && (options.machine ?? options.testCase) !== undefined)
        command.error(
          'error: --machine and --test-case choose from a mock configuration; give it with --mocks',
        );
      const machine = await machineOf(options.definition);
      const input = options.input === undefined ? {} : await jsonOf(options.input);
      const policy = options.policy === undefined ? undefined : await policyOf(options.policy);
      const result = await simulate(machine, input, {
        ...(await worldOf(machine, options)),
        ...(policy === undefined ? {} : { policy }),
      });
      const uses = policy && usesOf(policy);
      if (options.json) console.log(JSON.stringify({ ...outcomeOf(result), policy: uses }, null, 2));
      else {
        if (!options.watch) for (const event of result.history) showEntered(event, result.startDate);
        console.log(ending(result));
        if (uses) for (const line of policyText(uses)) console.error(line);
      }
      if (result.status !== 'SUCCEEDED') process.exitCode = 1;
    });

async function machineOf(file: string): Promise<StateMachine> {
  const definition = await jsonOf(file);
  const { States } = (definition ?? {}) as { readonly States?: unknown };
  if (typeof States !== 'object' || States === null)
    throw new Error(
      `${file}: it is no state machine, which has StartAt and States; see rewind check ${file}`,
    );
  return definition as unknown as StateMachine;
}

async function worldOf(machine: StateMachine, options: SimulateOptions): Promise<SimulationOptions> {
  const { definition, mocks, seed, fieldValidation: fieldValidationMode } = options;
  const states = mocks === undefined ? {} : mockedStates(await jsonOf(mocks), options);
  const { isServed, ...served } = endpointsOf(options);
  const fakes = mockedTasks(machine, states, { fieldValidationMode, isServed });
  let start: number | undefined;
  const onEvent = (event: HistoryEvent, { parentArn }: ExecutionIdentity) => {
    start ??= event.timestamp.getTime();
    if (parentArn === undefined) showEntered(event, start, options.json ? console.error : console.log);
  };
  return {
    name: basename(definition).replace(/(\.asl)?\.json$/, ''),
    seed,
    ...fakes,
    ...served,
    ...(fieldValidationMode === undefined ? {} : { fieldValidationMode }),
    ...(options.watch ? { onEvent } : {}),
  };
}

/** @throws Error that names the file, for what is no policy of a role. */
async function policyOf(file: string): Promise<RolePolicy> {
  const given = (await jsonOf(file)) as unknown as PolicyDocument;
  try {
    return new RolePolicy(given);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** `00:01:30  Track`: the virtual time since the start, and the state. */
function showEntered(
  { timestamp, stateEnteredEventDetails: entered }: HistoryEvent,
  start: number,
  print: (line: string) => void = console.log,
): void {
  if (entered === undefined) return;
  print(`${paint('dim', since(timestamp.getTime() - start))}  ${entered.name}`);
}

/** Hours, minutes and seconds, and days where there are any. */
function since(milliseconds: number): string {
  const days = Math.floor(milliseconds / 86_400_000);
  const time = new Date(milliseconds % 86_400_000).toISOString().slice(11, 19);
  return days === 0 ? time : `${days} d ${time}`;
}

function ending({ status, output, error, cause, virtualMilliseconds }: ExecutionResult): string {
  const good = status === 'SUCCEEDED';
  const words = good
    ? JSON.stringify(output)
    : [error, cause].filter((part) => part !== undefined).join(': ');
  return `${paint('dim', since(virtualMilliseconds))}  ${paint(good ? 'green' : 'red', status)}  ${words}`.trimEnd();
}

const outcomeOf = ({ status, output, error, cause, virtualMilliseconds, history }: ExecutionResult) => ({
  status,
  output,
  error,
  cause,
  virtualMilliseconds,
  history,
});

function seedOf(text: string): number {
  const seed = Number(text);
  if (text.trim() === '' || !Number.isInteger(seed)) throw new InvalidArgumentError('Give a whole number.');
  return seed;
}
