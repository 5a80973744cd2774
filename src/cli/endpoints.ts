import { InvalidArgumentError, Option } from 'commander';
import { missingClient, sdkModel, type SdkClient } from '../dsl/asl/sdk-model.ts';
import { VirtualClock } from '../dsl/simulator/clock.ts';
import { clientOfOptimised } from '../dsl/simulator/integrations/optimised.ts';
import type { SimulationOptions } from '../dsl/simulator/simulate.ts';
import { SimulationError } from '../dsl/simulator/simulation-error.ts';
import type { TaskResource } from '../dsl/simulator/task-resource.ts';

/** What the two options are read as. */
export interface EndpointOptions {
  readonly lambdaEndpoint?: string;
  /** URLs by service. */
  readonly endpoint?: { readonly [service: string]: string };
  /** Of the services; default: that of the environment. */
  readonly region?: string;
}

/** Where Lambda functions are. */
export const lambdaEndpointOption = (): Option =>
  new Option(
    '--lambda-endpoint <url>',
    "where Lambda functions are invoked, such as http://localhost:4566; or one function's own …/invocations",
  ).argParser(urlOf);

/** Where a service is; may be given for several. */
export const endpointOption = (): Option =>
  new Option(
    '--endpoint <service=url>',
    'where a service is, by its name in aws-sdk Resources, such as dynamodb=http://localhost:8000; may be repeated',
  ).argParser(serviceAt);

/** What answers calls at endpoints, as a simulation takes it. */
interface Served extends Pick<SimulationOptions, 'clients' | 'lambdaEndpoint' | 'clock'> {
  /** Whether an endpoint answers a call. */
  readonly isServed: (resource: TaskResource) => boolean;
}

/** The longest that a call to an endpoint may take in real milliseconds: as long as a Lambda function may run. */
const patience = 900_000;

/**
 * The functions and clients at the endpoints, and if there are any a clock that waits for them.
 * @throws Error that names the package to install, when a service's SDK client is not there.
 */
export function endpointsOf({ lambdaEndpoint, endpoint = {}, region }: EndpointOptions): Served {
  const clients = Object.fromEntries(
    Object.entries(endpoint).map(([service, url]) => [service, clientAt(service, url, region)]),
  );
  return {
    clients,
    ...(lambdaEndpoint === undefined && Object.keys(clients).length === 0
      ? {}
      : { clock: new VirtualClock(undefined, { patience }) }),
    ...(lambdaEndpoint === undefined ? {} : { lambdaEndpoint }),
    isServed: ({ kind, resourceType, action, pattern }) => {
      if (kind === 'function' || `${resourceType}:${action}` === 'lambda:invoke')
        return lambdaEndpoint !== undefined;
      const service = resourceType.startsWith('aws-sdk:')
        ? resourceType.slice('aws-sdk:'.length)
        : clientOfOptimised(resourceType);
      return service !== undefined && Object.hasOwn(clients, service) && !pattern.startsWith('sync');
    },
  };
}

function clientAt(service: string, endpoint: string, ownRegion: string | undefined): SdkClient {
  const model = sdkModel(service);
  if (model === undefined) throw new Error(`--endpoint ${service}=${endpoint}: ${missingClient(service)}`);
  const { AWS_REGION = 'us-east-1', AWS_ACCESS_KEY_ID: key, AWS_PROFILE: profile } = process.env;
  // An emulator takes any; the SDK's own search for them would take long and find none.
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = model.connect({
    endpoint,
    region: ownRegion ?? AWS_REGION,
    ...(key === undefined && profile === undefined ? { credentials } : {}),
    ...(service === 's3' ? { forcePathStyle: true } : {}),
  });
  return {
    send: async (command, options) => {
      try {
        return await client.send(command, options);
      } catch (fault) {
        const { code } = fault as NodeJS.ErrnoException;
        if (code === undefined || !unreachable.includes(code)) throw fault;
        // A failure of the task would be caught, and the mistake not be seen.
        throw new SimulationError(
          `nobody answers at ${endpoint}: ${code}; start ${service} there, or give another --endpoint`,
          { cause: fault },
        );
      }
    },
  };
}

/** What Node calls it when there is no server. */
const unreachable = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'];

function serviceAt(text: string, before: EndpointOptions['endpoint'] = {}): { [service: string]: string } {
  const [, service, url] = /^([a-z0-9]+)=(.+)$/.exec(text) ?? [];
  if (service === undefined || url === undefined)
    throw new InvalidArgumentError('Write it as service=url, such as dynamodb=http://localhost:8000.');
  if (Object.hasOwn(before, service)) throw new InvalidArgumentError(`${service} has an endpoint already.`);
  return { ...before, [service]: urlOf(url) };
}

function urlOf(text: string): string {
  const { protocol } = URL.canParse(text) ? new URL(text) : { protocol: undefined };
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new InvalidArgumentError('Give a URL, such as http://localhost:4566.');
  return text;
}
