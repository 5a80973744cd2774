import { missingClient, sdkModel, type SdkCommand, type SdkModel } from '../../asl/sdk-model.ts';
import type { OperationSchema } from '../../asl/sdk-schema.ts';
import { SimulationError } from '../simulation-error.ts';

/** An API action as its installed client package describes it. */
export interface SdkOperation {
  readonly Command: SdkCommand;
  readonly schema: OperationSchema;
  readonly model: SdkModel;
}

/** @throws SimulationError when the service's client package is not installed, or has no such action. */
export function sdkOperation(service: string, action: string, stateName: string): SdkOperation {
  const model = sdkModel(service);
  if (model === undefined)
    throw new SimulationError(
      `state '${stateName}' calls ${service}:${action}, and ${missingClient(service)}; or pass a function that stands in for the integration in options.resources`,
    );
  const [Command, schema] = [model.command(action), model.operation(action)];
  if (Command !== undefined && schema !== undefined) return { Command, schema, model };
  throw new SimulationError(
    `state '${stateName}': ${service} has no action '${action}'; write an API action in camelCase`,
  );
}
