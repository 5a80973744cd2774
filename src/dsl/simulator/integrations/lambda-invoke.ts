import type { Json } from '../../asl/machine.ts';
import { bareName } from '../arns.ts';
import type { SimulatedFunction } from '../invocation.ts';
import { SimulationError } from '../simulation-error.ts';
import { StateFailure } from '../state-failure.ts';
import { withoutAbsent } from '../without-absent.ts';
import { asJson } from './as-json.ts';
import type { AsyncInvocation, IntegrationCall } from './integration.ts';
import { whileHolding } from './while-holding.ts';
import { objectOf } from '../object-of.ts';

/** The longest that a Lambda function may run, in milliseconds. Source: "Lambda quotas". */
const maximumRunMilliseconds = 900_000;

/** `lambda:invoke`: calls the function of that name in this process; with InvocationType Event without waiting. */
export async function invokeLambda(call: IntegrationCall): Promise<Json> {
  const { FunctionName, Payload = {}, InvocationType } = objectOf(call.arguments);
  if (typeof FunctionName !== 'string')
    throw new SimulationError(
      `state '${call.stateName}': lambda:invoke needs Arguments.FunctionName, a string`,
    );
  const invoked = findFunction(call, FunctionName);
  const payload = payloadOf(Payload);
  if (InvocationType === 'Event') {
    call.beside(invokeBeside(call, invoked, payload));
    return { StatusCode: 202 };
  }
  const reply = await run(call, invoked, payload);
  return { ExecutedVersion: '$LATEST', Payload: reply, StatusCode: 200 };
}

/** A Payload that is a string is JSON text already: the function gets what it means (seen on AWS). */
function payloadOf(given: Json): Json {
  if (typeof given !== 'string') return given;
  try {
    return JSON.parse(given) as Json;
  } catch {
    throw new StateFailure(
      'Lambda.InvalidRequestContentException',
      `Could not parse request body into json: Could not parse payload into json: '${given}' (Service: AWSLambda; ` +
        'Status Code: 400; Error Code: InvalidRequestContentException; ' +
        'Request ID: 00000000-0000-0000-0000-000000000000; Proxy: null)',
    );
  }
}

/** A Resource that is a function's ARN: the arguments are its payload, and its result is the task's. */
export async function invokeFunction(call: IntegrationCall): Promise<Json> {
  return run(call, findFunction(call, call.resource.arn), call.arguments);
}

interface Found {
  readonly name: string;
  readonly run: SimulatedFunction;
}

function findFunction({ world, stateName }: IntegrationCall, reference: string): Found {
  const name = bareName(reference, 'function');
  const found = world.findFunction(name);
  if (found !== undefined) return { name, run: found };
  throw new SimulationError(
    `state '${stateName}' invokes the function '${name}', which is not there; pass it in options.functions['${name}']`,
  );
}

function run(
  { world, stateName, executionArn, signal, deadline }: IntegrationCall,
  invoked: Found,
  payload: Json,
): Promise<Json> {
  return whileHolding(
    world.clock,
    `the function '${invoked.name}' of state '${stateName}'`,
    async (clock) => {
      const limit = clock.now() + maximumRunMilliseconds;
      const { tokens } = world;
      const invocation = {
        clock,
        deadline: Math.min(deadline ?? limit, limit),
        executionArn,
        signal,
        tokens,
      };
      try {
        // The payload is copied, and the reply goes through JSON text, as they would on their way to Lambda.
        return asJson(await invoked.run(structuredClone(payload), invocation));
      } catch (fault) {
        if (fault instanceof SimulationError || fault instanceof StateFailure) throw fault;
        throw functionFailure(fault);
      }
    },
  );
}

/** Runs on, whatever becomes of the task and its execution. Lambda's own two retries are not simulated. */
async function invokeBeside(call: IntegrationCall, invoked: Found, payload: Json): Promise<AsyncInvocation> {
  const told = { functionName: invoked.name, payload, startDate: call.world.clock.now() };
  try {
    await run({ ...call, deadline: undefined, signal: new AbortController().signal }, invoked, payload);
    return told;
  } catch (fault) {
    if (!(fault instanceof StateFailure)) throw fault;
    return { ...told, ...withoutAbsent(fault.error, fault.causeText) };
  }
}

/** What the Node.js runtime reports of a thrown error, without its stack. */
function functionFailure(fault: unknown): StateFailure {
  const [errorType, errorMessage] =
    fault instanceof Error ? [fault.name, fault.message] : [typeof fault, String(fault)];
  return new StateFailure(errorType, JSON.stringify({ errorMessage, errorType, trace: [] }));
}
