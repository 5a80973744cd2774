import type { Json, JsonObject } from '../../asl/machine.ts';
import { bareName, executionArn, isExecutionName, stateMachineArn } from '../arns.ts';
import { need } from '../iam/need.ts';
import { spelledRedrive } from '../redrive.ts';
import { SimulationError } from '../simulation-error.ts';
import { StateFailure } from '../state-failure.ts';
import type { EndedExecution, IntegrationCall, StartedExecution } from './integration.ts';
import { lookUp } from '../look-up.ts';
import { objectOf } from '../object-of.ts';

/**
 * `states:startExecution`: runs a nested state machine on the same clock. Without a pattern, or with
 * `.waitForTaskToken`, the child goes its own way; with `.sync` and `.sync:2` the task waits for it (their results
 * differ in whether Input and Output are JSON text).
 */
export async function startExecution(call: IntegrationCall): Promise<Json> {
  const { world, stateName } = call;
  const { StateMachineArn, Input, Name } = objectOf(call.arguments);
  if (typeof StateMachineArn !== 'string')
    throw new SimulationError(
      `state '${stateName}': startExecution needs Arguments.StateMachineArn, a string`,
    );
  const machineName = bareName(StateMachineArn, 'stateMachine');
  const machine = lookUp(world.machines, machineName);
  if (machine === undefined)
    throw new SimulationError(
      `state '${stateName}' starts the state machine '${machineName}', which is not there; ` +
        `pass it in options.machines['${machineName}']`,
    );
  const name = typeof Name === 'string' ? Name : world.uuid();
  if (!isExecutionName(name)) throw serviceFailure('InvalidName', `Invalid Name: '${name}'`);
  const arn = executionArn(world, machineName, name);
  if (world.executionArns.has(arn))
    throw serviceFailure('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  const input = childInput(Input);
  const started = call.startExecution(machineName, machine, { input, name });
  return resultOf(call, started, { input, name, stateMachineArn: stateMachineArn(world, machineName) });
}

/**
 * What a task has of an execution that it has started: the receipt, or with `.sync` and `.sync:2` its description
 * once it has ended.
 * @throws StateFailure States.TaskFailed when it was waited for and did not succeed.
 */
export async function resultOf(
  call: IntegrationCall,
  started: StartedExecution,
  known: KnownExecution,
): Promise<Json> {
  const receipt = { ExecutionArn: started.arn, StartDate: started.startDate };
  if (!call.resource.pattern.startsWith('sync')) return receipt;

  call.submitted(receipt);
  // A role that may not stop it leaves it running.
  const stop = () => {
    if (call.refusalOf?.([need('states:StopExecution', started.arn)]) === undefined) started.stop();
  };
  if (call.signal.aborted) stop();
  call.signal.addEventListener('abort', stop);
  const ended = await started.ended;
  const unseen = call.signal.aborted
    ? undefined
    : call.refusalOf?.([need('states:DescribeExecution', started.arn)]);
  if (unseen !== undefined) throw unseen;
  const description = describe(started, ended, known);
  if (ended.status !== 'SUCCEEDED')
    throw new StateFailure('States.TaskFailed', JSON.stringify(asText(description)));
  return call.resource.pattern === 'sync:2' ? description : asText(description);
}

/** Input is given as a value or as JSON text; nothing means an empty object. */
export function childInput(given: Json | undefined): Json {
  if (given === undefined || given === null) return {};
  if (typeof given !== 'string') return given;
  try {
    return JSON.parse(given) as Json;
  } catch {
    throw serviceFailure('InvalidExecutionInput', 'Invalid State Machine Execution Input: not JSON text');
  }
}

export function serviceFailure(code: string, message: string): StateFailure {
  return new StateFailure(
    `StepFunctions.${code}Exception`,
    `${message} (Service: AWSStepFunctions; Status Code: 400; Error Code: ${code}; ` +
      'Request ID: 00000000-0000-0000-0000-000000000000; Proxy: null)',
  );
}

/** What of an execution is known from its start. */
interface KnownExecution {
  readonly input: Json;
  readonly name: string;
  readonly stateMachineArn: string;
}

/** What DescribeExecution tells of the ended child; its dates are milliseconds since the epoch here. */
function describe(started: StartedExecution, ended: EndedExecution, known: KnownExecution): JsonObject {
  return {
    ...(ended.cause === undefined ? {} : { Cause: ended.cause }),
    ...(ended.error === undefined ? {} : { Error: ended.error }),
    ExecutionArn: started.arn,
    Input: known.input,
    InputDetails: { Included: true },
    Name: known.name,
    ...(ended.output === undefined ? {} : { Output: ended.output, OutputDetails: { Included: true } }),
    ...spelledRedrive(ended),
    StartDate: started.startDate,
    StateMachineArn: known.stateMachineArn,
    Status: ended.status,
    StopDate: ended.stopDate,
  };
}

function asText(description: JsonObject): JsonObject {
  const { Input, Output } = description;
  return {
    ...description,
    Input: JSON.stringify(Input),
    ...(Output === undefined ? {} : { Output: JSON.stringify(Output) }),
  };
}
