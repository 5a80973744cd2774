import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { enumerationsOf, type Enumeration } from './sdk-enumerations.ts';
import { stepFunctionsErrorName, stepFunctionsServiceName } from './sdk-naming.ts';
import type { OperationSchema } from './sdk-schema.ts';

/** An SDK client package as far as its model goes. */
export interface SdkModel {
  /** What the names of the service's errors begin with: `DynamoDb`. */
  readonly prefix: string;
  /** The model of an action as a resource names it, `describeTable`; undefined when the client has none such. */
  readonly operation: (action: string) => OperationSchema | undefined;
  /** The class of an action's command; undefined when the client has none such. */
  readonly command: (action: string) => SdkCommand | undefined;
  /** A client of the service, with the configuration that its constructor takes. */
  readonly connect: (config: object) => SdkClient;
  /** Its errors as Step Functions names them, sorted. An error that the model lacks comes as the general one. */
  readonly errors: readonly SdkErrorModel[];
  /** What a text member of a structure must be one of, where the model says so. */
  readonly enumeration: Enumeration;
  /** `DynamoDb.DynamoDbException` */
  readonly generalError: string;
}

/** As much of an AWS SDK v3 client as is used. */
export interface SdkClient {
  send(command: never, options?: { abortSignal?: AbortSignal }): Promise<unknown>;
}

export type SdkCommand = new (input: unknown) => never;

export interface SdkErrorModel {
  readonly name: string;
  /** `throttling`: nothing was done; `fault`: the service failed and may have done it; `refusal`: anything else. */
  readonly kind: 'throttling' | 'fault' | 'refusal';
}

/** The first version line whose clients are known to export their schemas. */
const VERSION_LINE = '^3.1163.0';

/**
 * The name of a service in a resource ARN, by the end of its package's name: `dynamodb`, `cloudwatchlogs` of
 * `client-cloudwatch-logs`, `config` of `client-config-service`. Both come from the service's id in the SDK.
 */
export const serviceOfPackage = (end: string): string => end.replaceAll('-', '').replace(/service$/, '');

/** By the current directory and the service. */
const models = new Map<string, SdkModel>();

/**
 * The model of a service by its name in a resource ARN, out of its client package: the one that the current
 * directory's project has installed, else this one's own. Nothing is loaded before it is asked for.
 * Undefined when there is no such package; `missingClient` says so in words.
 */
export function sdkModel(service: string): SdkModel | undefined {
  const project = process.cwd();
  const place = `${project}\n${service}`;
  const known = models.get(place);
  if (known !== undefined) return known;
  for (const from of [join(project, 'package.json'), import.meta.url]) {
    const require = createRequire(from);
    const path = packagePath(require, service);
    if (path === undefined) continue;
    const model = readModel(require(path) as Exports, path);
    if (model !== undefined) models.set(place, model);
    return model;
  }
  return undefined;
}

/** Why a service cannot be called, and what to install. */
export const missingClient = (service: string): string =>
  `the model of the service '${service}' is in its SDK client, and none with a model is installed; ` +
  `run: npm install --save-dev @aws-sdk/client-${service}@${VERSION_LINE} ` +
  `(a name of several words has dashes between them)`;

/** The folder of the client package: its name has dashes that the service's name in an ARN has lost. */
function packagePath(require: NodeJS.Require, service: string): string | undefined {
  for (const folder of require.resolve.paths('@aws-sdk/client') ?? []) {
    const scope = join(folder, '@aws-sdk');
    const found = entriesOf(scope).find(
      (name) => name.startsWith('client-') && serviceOfPackage(name.slice('client-'.length)) === service,
    );
    if (found !== undefined) return join(scope, found);
  }
  return undefined;
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

type Exports = { readonly [name: string]: unknown };
type Client = new (config: object) => SdkClient & { readonly config: { readonly serviceId?: string } };

function readModel(exports: Exports, folder: string): SdkModel | undefined {
  const schemas = Object.entries(exports).filter(
    (entry): entry is [string, readonly unknown[]] => entry[0].endsWith('$') && Array.isArray(entry[1]),
  );
  const Client = clientOf(exports);
  // The id is in no schema: a client knows its own, and making one opens no connection.
  const serviceId = Client && new Client({ region: 'us-east-1' }).config.serviceId;
  if (schemas.length === 0 || Client === undefined || serviceId === undefined) return undefined;
  const prefix = stepFunctionsServiceName(serviceId);
  return {
    prefix,
    operation: (action) => {
      const schema = exports[`${exportName(action)}$`];
      return Array.isArray(schema) && schema[0] === OPERATION ? schema : undefined;
    },
    command: (action) => exports[`${exportName(action)}Command`] as SdkCommand | undefined,
    connect: (config) => new Client(config),
    errors: schemas
      .filter(([, schema]) => schema[0] === ERROR && !String(schema[1]).startsWith('smithy.'))
      .map(([, schema]) => errorModel(prefix, schema))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    enumeration: enumerationsOf(exports, folder),
    generalError: stepFunctionsErrorName(prefix, prefix),
  };
}

/** `describeTable` is `DescribeTable`; an action that begins with a capital is none. */
const exportName = (action: string): string =>
  /^[a-z]/.test(action) ? action.charAt(0).toUpperCase() + action.slice(1) : '';

/** The first elements of @smithy/core's encoding of an operation and of an error. */
const OPERATION = 9;
const ERROR = -3;

function clientOf(exports: Exports): Client | undefined {
  const name = Object.keys(exports).find((key) => /^[A-Za-z0-9]+Client$/.test(key));
  return name === undefined ? undefined : (exports[name] as Client);
}

/** What the SDK itself takes for throttling (`@smithy/core/retry`), apart from limits that last. */
const THROTTLING =
  /^(.*Throttl(ed|ing).*|BandwidthLimitExceeded|PriorRequestNotComplete|ProvisionedThroughputExceeded(Exception)?|RequestLimitExceeded(Exception)?|SlowDown|TooManyRequests(Exception)?|TransactionInProgressException)$/;

/** Names of faults that pass; others that are called server faults, as those of a missing key, do not. */
const FAULT = /^(Internal|Service|Temporar|Unavailable)/;

function errorModel(prefix: string, [, , name, traits]: readonly unknown[]): SdkErrorModel {
  const errorName = String(name);
  const ofServer =
    typeof traits === 'object' && traits !== null && 'error' in traits && traits.error === 'server';
  const isFault = ofServer && FAULT.test(errorName);
  return {
    name: stepFunctionsErrorName(prefix, errorName),
    kind: THROTTLING.test(errorName) ? 'throttling' : isFault ? 'fault' : 'refusal',
  };
}
