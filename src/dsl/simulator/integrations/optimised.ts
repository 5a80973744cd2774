import type { Json, JsonObject } from '../../asl/machine.ts';
import { stepFunctionsErrorName } from '../../asl/sdk-naming.ts';
import { stateMachineArnOf } from '../arns.ts';
import { SimulationError } from '../simulation-error.ts';
import { StateFailure } from '../state-failure.ts';
import { asJson } from './as-json.ts';
import type { IntegrationCall } from './integration.ts';
import { sdkOperation, type SdkOperation } from './sdk-operation.ts';
import { sendCommand, type ServiceFault } from './send-command.ts';
import { whileHolding } from './while-holding.ts';
import { objectOf } from '../object-of.ts';

/** How an optimised integration differs from the SDK's call of the same action. */
interface Optimised {
  /** The client that it goes through. */
  readonly client: string;
  /** What begins its error names, and what its causes call the service. */
  readonly errors: { readonly prefix: string; readonly service: string };
  /** What the integration makes of the arguments. */
  readonly request?: (args: JsonObject, call: IntegrationCall) => JsonObject;
  /** What a response means that is no error to the SDK. */
  readonly check?: (response: JsonObject) => void;
}

const services: { readonly [resourceType: string]: Optimised } = {
  dynamodb: { client: 'dynamodb', errors: { prefix: 'DynamoDB', service: 'AmazonDynamoDBv2' } },
  events: {
    client: 'eventbridge',
    errors: { prefix: 'EventBridge', service: 'AmazonEventBridge' },
    request: eventRequest,
    check: refuseFailedEntries,
  },
  sns: {
    client: 'sns',
    errors: { prefix: 'SNS', service: 'AmazonSNS' },
    request: ({ Message, ...rest }) => ({ ...rest, Message: asText(Message ?? null) }),
  },
  sqs: {
    client: 'sqs',
    errors: { prefix: 'SQS', service: 'AmazonSQS' },
    request: ({ MessageBody, ...rest }) => ({ ...rest, MessageBody: asText(MessageBody ?? null) }),
  },
};

/** The service whose client an optimised integration goes through; undefined for those that go through none. */
export const clientOfOptimised = (resourceType: string): string | undefined =>
  Object.hasOwn(services, resourceType) ? services[resourceType]?.client : undefined;

/**
 * An optimised integration (`sns:publish`, `dynamodb:getItem`): the service's own API names, messages that may be
 * given as JSON values, and error names of its own. Sent through the client of the service.
 */
export async function callOptimised(call: IntegrationCall): Promise<Json> {
  const { stateName, resource, world } = call;
  const optimised = services[resource.resourceType] as Optimised;
  const client = world.clients[optimised.client];
  if (client === undefined)
    throw new SimulationError(
      `state '${stateName}' calls ${resource.resourceType}:${resource.action}, and nothing stands in for it; pass a ` +
        `function in options.resources['${resource.arn}'], or a client in options.clients['${optimised.client}']`,
    );
  return whileHolding(world.clock, `the call of '${resource.arn}' by state '${stateName}'`, async () => {
    const operation = sdkOperation(optimised.client, resource.action, stateName);
    const args = objectOf(call.arguments);
    const request = optimised.request?.(args, call) ?? args;
    const failure = (fault: ServiceFault) => serviceFailure(fault, optimised, operation);
    const response = asJson(await sendCommand(call, { client, operation, request, failure })) as JsonObject;
    optimised.check?.(response);
    return response;
  });
}

const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Details may be JSON values, and every event names the execution and its machine among its resources. */
function eventRequest(args: JsonObject, { executionArn }: IntegrationCall): JsonObject {
  const origin = [executionArn, stateMachineArnOf(executionArn)];
  const { Entries: given } = args;
  // Whatever else it is, the service refuses it.
  if (!Array.isArray(given)) return args;
  const entries = (given as readonly Json[]).map((one) => {
    const { Detail, Resources, ...entry } = objectOf(one);
    return {
      ...entry,
      ...(Detail === undefined ? {} : { Detail: asText(Detail) }),
      Resources: [...(Array.isArray(Resources) ? (Resources as readonly Json[]) : []), ...origin],
    };
  });
  return { ...args, Entries: entries };
}

function refuseFailedEntries(response: JsonObject): void {
  const { FailedEntryCount, Entries } = response;
  if (FailedEntryCount === 0 || FailedEntryCount === undefined) return;
  throw new StateFailure(
    'EventBridge.FailedEntry',
    JSON.stringify({ Entries: Entries ?? [], FailedEntryCount }),
  );
}

/** An error that the service's model lacks comes as the service's general one. */
function serviceFailure(
  { name, message, Code = name, $metadata }: ServiceFault,
  { errors: { prefix, service } }: Optimised,
  { model }: SdkOperation,
): StateFailure {
  const error = stepFunctionsErrorName(model.prefix, name);
  const known = model.errors.some((modelled) => modelled.name === error);
  const general = `${service.replace(/v2$/, '')}Exception`;
  const { httpStatusCode = 400, requestId = '00000000-0000-0000-0000-000000000000' } = $metadata ?? {};
  return new StateFailure(
    `${prefix}.${known ? error.slice(model.prefix.length + 1) : general}`,
    `${message} (Service: ${service}; Status Code: ${httpStatusCode}; Error Code: ${Code}; ` +
      `Request ID: ${requestId}; Proxy: null)`,
  );
}
