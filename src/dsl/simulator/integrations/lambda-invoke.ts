import type { Json, JsonObject } from '../../asl/machine.ts';
import { bareName } from '../arns.ts';
import { SimulationError } from '../simulation-error.ts';
import { StateFailure } from '../state-failure.ts';
import type { IntegrationCall } from './integration.ts';
import { whileHolding } from './while-holding.ts';

/** The longest that a Lambda function may run, in milliseconds. Source: "Lambda quotas". */
const maximumRunMilliseconds = 900_000;

/** `lambda:invoke`: calls the function of that name in this process. */
export async function invokeLambda(call: IntegrationCall): Promise<Json> {
  const { world, stateName } = call;
  const { FunctionName, Payload } = call.arguments as JsonObject;
  if (typeof FunctionName !== 'string')
    throw new SimulationError(`state '${stateName}': lambda:invoke needs Arguments.FunctionName, a string`);
  const name = bareName(FunctionName, 'function');
  const run = world.functions[name];
  if (run === undefined)
    throw new SimulationError(
      `state '${stateName}' invokes the function '${name}', which is not there; pass it in options.functions['${name}']`,
    );
  const reply = await whileHolding(world.clock, async (clock) => {
    const limit = clock.now() + maximumRunMilliseconds;
    const { executionArn, signal } = call;
    const deadline = Math.min(call.deadline ?? limit, limit);
    try {
      // The payload is copied, and the reply goes through JSON text, as they would on their way to Lambda.
      return asJson(await run(structuredClone(Payload ?? {}), { clock, deadline, executionArn, signal }));
    } catch (fault) {
      if (fault instanceof SimulationError || fault instanceof StateFailure) throw fault;
      throw functionFailure(fault);
    }
  });
  return { ExecutedVersion: '$LATEST', Payload: reply, StatusCode: 200 };
}

const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value) ?? 'null') as Json;

/** What the Node.js runtime reports of a thrown error, without its stack. */
function functionFailure(fault: unknown): StateFailure {
  const [errorType, errorMessage] =
    fault instanceof Error ? [fault.name, fault.message] : [typeof fault, String(fault)];
  return new StateFailure(errorType, JSON.stringify({ errorMessage, errorType, trace: [] }));
}
