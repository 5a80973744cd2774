import { Command, InvalidArgumentError, Option } from 'commander';
import { createEndpoint } from '../dsl/endpoint/endpoint.ts';
import { realTime, virtualTime } from '../dsl/endpoint/running/time.ts';
import { type EndpointServer, type Listening, serve } from '../dsl/endpoint/wire/server.ts';
import { isLoopback } from '../dsl/endpoint/wire/why-refused.ts';
import { type EndpointOptions, endpointOption, endpointsOf, lambdaEndpointOption } from './endpoints.ts';
import { jsonOf } from './json-of.ts';

interface ServeOptions extends Listening, EndpointOptions {
  readonly region: string;
  readonly account: string;
  readonly seed: number;
  readonly time: 'real' | 'virtual';
  readonly patience: number;
  readonly data?: string;
  readonly keep: number;
  readonly mocks?: string;
}

const EXAMPLE = `
Examples:
  rewind serve
  rewind serve --time virtual --mocks MockConfigFile.json
  rewind serve --data .rewind --lambda-endpoint http://127.0.0.1:3001 --endpoint dynamodb=http://127.0.0.1:8000

  aws stepfunctions list-state-machines --endpoint-url http://127.0.0.1:8083

A test case of the mock configuration is chosen by the ARN that is started: ...:stateMachine:Order#HappyPath.
StartSyncExecution and TestState: SDKs and the AWS CLI put sync- before the host's name, unless told not to:
AWS_DISABLE_HOST_PREFIX_INJECTION=true for the CLI, { disableHostPrefix: true } for a JavaScript client.

Memory: about 1 KB for each ended execution that is known (100,000 stay under 512 MB in all); their histories are
in a file, in the folder of --data or a temporary one. More is in docs/serve.md.`;

/** `rewind serve`: the API of Step Functions on this machine, for SDKs and the AWS CLI. */
export const serveCommand = (): Command =>
  new Command('serve')
    .summary('speaks the Step Functions API on this machine')
    .description(
      'Serves the API of AWS Step Functions without AWS, for unmodified SDK clients and the AWS CLI. Machines are run ' +
        'by the simulator, in real or in virtual time. Stops at Ctrl-C.',
    )
    .option('--port <number>', 'where to listen; 0 for any free port', numberFrom(0, 65_535), 8083)
    .option(
      '--host <address>',
      'the address to listen on; any but a loopback one is open to others',
      '127.0.0.1',
    )
    .option('--region <name>', 'the region in ARNs', 'us-east-1')
    .option('--account <number>', 'the account in ARNs, twelve digits', accountOf, '123456789012')
    .addOption(
      new Option(
        '--time <kind>',
        'real: as on the wall; virtual: waits, retries and timeouts take no real time, and every execution has time of its own',
      )
        .choices(['real', 'virtual'])
        .default('real'),
    )
    .option(
      '--patience <seconds>',
      'with virtual time: how long an answer to a task token or of a worker is waited for before time goes on',
      numberFrom(0, 86_400),
      5,
    )
    .option('--data <folder>', 'keep everything there for the next start (default: nothing is kept)')
    .option(
      '--keep <number>',
      'ended executions that are known; the oldest are forgotten',
      numberFrom(0),
      200_000,
    )
    .option('--seed <number>', 'of jitter, aliases, $random() and $uuid()', numberFrom(0), 1)
    .option('--mocks <file>', 'what tasks answer: a MockConfigFile.json of Step Functions Local')
    .addOption(lambdaEndpointOption())
    .addOption(endpointOption())
    .addHelpText('after', EXAMPLE)
    .action(async (options: ServeOptions) => {
      process.once('uncaughtException', endWith);
      const server = await started(options);
      const { url } = server;
      console.log(
        `Step Functions API at ${url} (${options.time} time${options.data === undefined ? ', nothing is kept' : `, kept in ${options.data}`})\n` +
          `  aws stepfunctions list-state-machines --region ${options.region} --endpoint-url ${url}`,
      );
      await new Promise<void>((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
      });
      await server.close();
    });

/** Ends at once with what nobody waits for, such as a disk that is full: what was written stays, and can be read. */
function endWith(fault: Error): void {
  // Words of ours have a cause; the rest is a fault of the endpoint itself, which is to be found.
  console.error(`rewind: ${fault.cause === undefined ? fault.stack : fault.message}`);
  process.exit(1);
}

async function started(options: ServeOptions): Promise<EndpointServer> {
  const { host, time, patience, mocks } = options;
  const log = (line: string) => console.error(line);
  if (!isLoopback(host)) log(`warning: ${host} is open to others, and whoever reaches it can do everything`);
  const endpoint = createEndpoint({
    ...options,
    folder: options.data,
    time: time === 'real' ? realTime() : virtualTime(patience * 1000),
    mocks: mocks === undefined ? undefined : await jsonOf(mocks),
    lambdaEndpoint: options.lambdaEndpoint,
    clients: endpointsOf(options).clients ?? {},
    log,
  });
  try {
    const server = await serve(endpoint, options, log);
    return {
      url: server.url,
      close: async () => {
        await server.close();
        endpoint.close();
      },
    };
  } catch (fault) {
    endpoint.close();
    throw listening(fault as NodeJS.ErrnoException, options);
  }
}

function listening(fault: NodeJS.ErrnoException, { host, port }: Listening): Error {
  if (fault.code === 'EADDRINUSE')
    return new Error(
      `${host}:${port} is taken by another process; stop it, or give another --port (0 for any free one)`,
    );
  if (fault.code === 'EACCES') return new Error(`port ${port} may not be used; give a --port from 1024`);
  if (fault.code === 'EADDRNOTAVAIL' || fault.code === 'ENOTFOUND')
    return new Error(`${host} is no address of this machine; give another --host`);
  return fault;
}

function numberFrom(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(
      `Give a whole number from ${least}${most < Number.MAX_SAFE_INTEGER ? ` to ${most}` : ''}.`,
    );
  };
}

function accountOf(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw new InvalidArgumentError('An account has twelve digits.');
}
