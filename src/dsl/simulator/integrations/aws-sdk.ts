import type { Json } from '../../asl/machine.ts';
import {
  stepFunctionsErrorName,
  stepFunctionsServiceNames,
  toSdkNames,
  toStepFunctionsNames,
  SdkNamingError,
  type OperationSchema,
  type SdkService,
} from '../../asl/sdk-naming.ts';
import { SimulationError } from '../simulation-error.ts';
import { StateFailure } from '../state-failure.ts';
import type { SdkClient } from '../world.ts';
import type { IntegrationCall } from './integration.ts';
import { whileHolding } from './while-holding.ts';

/** The client package of each service that can be called; loaded when first needed. */
const clientPackages: { readonly [S in SdkService]: () => Promise<object> } = {
  dynamodb: () => import('@aws-sdk/client-dynamodb'),
  lambda: () => import('@aws-sdk/client-lambda'),
  sfn: () => import('@aws-sdk/client-sfn'),
};

interface Operation {
  readonly Command: new (input: unknown) => never;
  readonly schema: OperationSchema;
  /** Whether the service's model has an error of this name. */
  readonly modelled: (errorName: string) => boolean;
}

/** `aws-sdk:<service>:<action>`: sends the action's command through the client given for the service. */
export async function callAwsSdk(call: IntegrationCall): Promise<Json> {
  const service = serviceOf(call);
  const client = call.world.clients[service];
  const what = `${service}:${call.resource.resource}`;
  if (client === undefined)
    throw new SimulationError(
      `state '${call.stateName}' calls ${what}, and no client is there; pass one in options.clients['${service}']`,
    );
  return whileHolding(call.world.clock, async () => {
    const operation = await loadOperation(call, service);
    const request = named(call, () => toSdkNames(operation.schema, 'input', call.arguments));
    const response = await send(client, new operation.Command(request), call.signal).catch(
      (fault: unknown) => {
        throw fault instanceof SimulationError ? fault : serviceFailure(fault, service, operation);
      },
    );
    if (typeof response !== 'object' || response === null)
      throw new SimulationError(
        `state '${call.stateName}': the client answered ${what} with nothing; give its mock a reply for this command`,
      );
    const { $metadata: _metadata, ...members } = response as { $metadata?: unknown };
    return toStepFunctionsNames(operation.schema, 'output', members);
  });
}

/** Async, so that a mock which answers with no promise at all counts as an answer too. */
async function send(client: SdkClient, command: never, abortSignal: AbortSignal): Promise<unknown> {
  return client.send(command, { abortSignal });
}

function serviceOf({ resource, stateName }: IntegrationCall): SdkService {
  const service = resource.resourceType.slice('aws-sdk:'.length);
  if (service in clientPackages) return service as SdkService;
  throw new SimulationError(
    `state '${stateName}': the service '${service}' is not simulated; use one of ${Object.keys(clientPackages).join(', ')}`,
  );
}

async function loadOperation(call: IntegrationCall, service: SdkService): Promise<Operation> {
  const { resource: action } = call.resource;
  const exported = (await clientPackages[service]()) as { readonly [name: string]: unknown };
  const name = action.slice(0, 1).toUpperCase() + action.slice(1);
  const Command = exported[`${name}Command`] as Operation['Command'] | undefined;
  const schema = exported[`${name}$`] as OperationSchema | undefined;
  if (Command === undefined || schema === undefined || action === name)
    throw new SimulationError(
      `state '${call.stateName}': ${service} has no action '${action}'; write an API action in camelCase`,
    );
  return { Command, schema, modelled: (errorName) => `${errorName}$` in exported };
}

/** A wrong name in the arguments is the definition's mistake: Step Functions refuses it at creation. */
function named<T>({ stateName }: IntegrationCall, translate: () => T): T {
  try {
    return translate();
  } catch (fault) {
    if (!(fault instanceof SdkNamingError)) throw fault;
    throw new SimulationError(`state '${stateName}': Arguments/${fault.message}`);
  }
}

function serviceFailure(fault: unknown, service: SdkService, operation: Operation): StateFailure {
  const prefix = stepFunctionsServiceNames[service];
  const { name, message, $metadata } = fault as {
    name: string;
    message: string;
    $metadata?: { httpStatusCode?: number; requestId?: string };
  };
  // An error that the service's model lacks comes as the service's general one.
  const errorName = operation.modelled(name) ? name : prefix;
  const { httpStatusCode = 400, requestId = '00000000-0000-0000-0000-000000000000' } = $metadata ?? {};
  return new StateFailure(
    stepFunctionsErrorName(prefix, errorName),
    `${message} (Service: ${prefix}, Status Code: ${httpStatusCode}, Request ID: ${requestId})`,
  );
}
