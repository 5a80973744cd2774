import type { Json, JsonObject } from '../../asl/machine.ts';
import { SimulationError } from '../simulation-error.ts';
import { StateFailure } from '../state-failure.ts';
import { TaskTokenError } from '../task-tokens.ts';
import type { World } from '../world.ts';
import type { IntegrationCall } from './integration.ts';
import { sdkCause } from './sdk-cause.ts';
import { objectOf } from '../object-of.ts';

/**
 * `aws-sdk:sfn:sendTaskSuccess`, `sendTaskFailure` and `sendTaskHeartbeat` for a token of this simulation: they
 * answer it. Undefined for anything else, and for a stranger's token when there is a client that may know it.
 */
export function answerToken({
  resource,
  world,
  arguments: given,
  stateName,
}: IntegrationCall): Json | undefined {
  const answer = resource.resourceType === 'aws-sdk:sfn' ? answers[resource.action] : undefined;
  if (answer === undefined) return undefined;
  const args = objectOf(given);
  const { TaskToken: token } = args;
  if (typeof token !== 'string')
    throw new SimulationError(`state '${stateName}': ${resource.action} needs Arguments.TaskToken, a string`);
  if (!world.tokens.knows(token) && world.clients['sfn'] !== undefined) return undefined;
  try {
    answer(world, token, args);
    return {};
  } catch (fault) {
    if (!(fault instanceof TaskTokenError)) throw fault;
    throw new StateFailure(`Sfn.${fault.name}Exception`, sdkCause(fault, 'Sfn', world));
  }
}

type Answer = (world: World, token: string, args: JsonObject) => void;

const answers: { readonly [action: string]: Answer } = {
  sendTaskSuccess: (world, token, { Output }) =>
    world.tokens.sendTaskSuccess(token, output(Output ?? null, world)),
  sendTaskFailure: ({ tokens }, token, { Error: error, Cause: cause }) =>
    tokens.sendTaskFailure(token, {
      ...(typeof error === 'string' ? { error } : {}),
      ...(typeof cause === 'string' ? { cause } : {}),
    }),
  sendTaskHeartbeat: ({ tokens }, token) => tokens.sendTaskHeartbeat(token),
};

/** The API takes the output as JSON text; the integration makes text of a value by itself. */
function output(given: Json, world: World): Json {
  if (typeof given !== 'string') return given;
  try {
    return JSON.parse(given) as Json;
  } catch {
    throw new StateFailure(
      'Sfn.InvalidOutputException',
      sdkCause({ message: "Invalid Output: 'Invalid JSON'" }, 'Sfn', world),
    );
  }
}
