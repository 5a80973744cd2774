import type { Json } from '../../asl/machine.ts';
import { SdkNamingError, toSdkNames, toStepFunctionsNames } from '../../asl/sdk-conversion.ts';
import { stepFunctionsErrorName } from '../../asl/sdk-naming.ts';
import { SimulationError } from '../simulation-error.ts';
import { StateFailure } from '../state-failure.ts';
import type { World } from '../world.ts';
import { answerToken } from './answer-token.ts';
import type { IntegrationCall } from './integration.ts';
import { sdkCause } from './sdk-cause.ts';
import { sdkOperation, type SdkOperation } from './sdk-operation.ts';
import { sendCommand, type ServiceFault } from './send-command.ts';
import { whileHolding } from './while-holding.ts';
import { lookUp } from '../look-up.ts';

/** `aws-sdk:<service>:<action>`: sends the action's command through the client given for the service. */
export async function callAwsSdk(call: IntegrationCall): Promise<Json> {
  const answered = answerToken(call);
  if (answered !== undefined) return answered;
  const { stateName, resource, world } = call;
  const service = resource.resourceType.slice('aws-sdk:'.length);
  return whileHolding(world.clock, `the call of '${resource.arn}' by state '${stateName}'`, async () => {
    const operation = sdkOperation(service, resource.action, stateName);
    const client = lookUp(world.clients, service);
    if (client === undefined)
      throw new SimulationError(
        `state '${stateName}' calls ${service}:${resource.action}, and no client is there; ` +
          `pass one in options.clients['${service}']`,
      );
    const request = named(call, () => toSdkNames(operation.schema, 'input', call.arguments));
    const failure = (fault: ServiceFault) => serviceFailure(fault, operation, world);
    const response = await sendCommand(call, { client, operation, request, failure });
    return toStepFunctionsNames(operation.schema, 'output', response);
  });
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

function serviceFailure(fault: ServiceFault, { model }: SdkOperation, world: World): StateFailure {
  const error = stepFunctionsErrorName(model.prefix, fault.name);
  // An error that the service's model lacks comes as the service's general one.
  const known = model.errors.some((modelled) => modelled.name === error);
  return new StateFailure(known ? error : model.generalError, sdkCause(fault, model.prefix, world));
}
