import type { Json } from '../../asl/machine.ts';
import type { VirtualClock } from '../../simulator/clock.ts';
import { maximumPayloadBytes } from '../../simulator/limits.ts';
import { mockedStates } from '../../simulator/mocks/mock-config.ts';
import { checkName, stateMachineReference } from '../arn.ts';
import { aliasArn, type Revision, type StateMachineRecord, versionArn } from '../catalog/state-machine.ts';
import type { StartRequest } from '../running/nested-execution.ts';
import type { Service, StartedRun } from '../service.ts';
import { invalid, ServiceError } from '../service-error.ts';

/**
 * Starts an execution of a machine, a version, or one of the versions that an alias leads to, as a test case if the
 * ARN names one.
 * @param clock that of the execution that starts it.
 * @throws ServiceError as StartExecution's documentation says.
 */
export function startExecution(request: StartRequest, service: Service, clock?: VirtualClock): StartedRun {
  const started = chosen(request, service);
  const { revision, machineArn } = started;
  const inputText = request.input ?? '{}';
  const input = inputOf(inputText);
  const name = request.name ?? service.uuid();
  checkName(name);
  if (revision.type === 'STANDARD') {
    const arn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const known = service.executions.find(arn);
    const live = service.executions.live(arn);
    if (live !== undefined && known !== undefined && sameInput(live.input, inputText))
      return { record: known, live };
    if (known !== undefined)
      throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  }
  const traceHeader = request.traceHeader === undefined ? {} : { traceHeader: request.traceHeader };
  return service.start({ ...started, ...traceHeader, name, inputText, input }, clock);
}

/** What an ARN stands for: the revision to start, and by what it was chosen. */
function chosen({ stateMachineArn }: StartRequest, service: Service) {
  const { arn, qualifier, testCase } = stateMachineReference(stateMachineArn);
  const machine = service.catalog.machine(arn);
  if (machine === undefined) throw noMachine(stateMachineArn);
  const found = qualified(machine, qualifier, service);
  if (found === undefined) throw noMachine(stateMachineArn);
  if (testCase === undefined) return { machineArn: arn, ...found };
  try {
    mockedStates(service.options.mocks, { machine: machine.name, testCase });
  } catch (fault) {
    const where =
      service.options.mocks === undefined
        ? 'there is no mock configuration; give --mocks FILE'
        : (fault as Error).message;
    throw invalid(`The test case '${testCase}' of '${machine.name}': ${where}`);
  }
  return { machineArn: arn, ...found, testCase };
}

interface Qualified {
  readonly revision: Revision;
  readonly versionArn?: string;
  readonly aliasArn?: string;
}

function qualified(
  machine: StateMachineRecord,
  qualifier: string | undefined,
  service: Service,
): Qualified | undefined {
  if (qualifier === undefined) return { revision: machine.current };
  const alias = machine.aliases.find(({ name }) => name === qualifier);
  const wanted =
    alias === undefined ? `${machine.arn}:${qualifier}` : routed(alias.routing, service.random());
  const version = machine.versions.find((one) => versionArn(machine.arn, one) === wanted);
  if (version === undefined) return undefined;
  return {
    revision: version.revision,
    versionArn: wanted,
    ...(alias === undefined ? {} : { aliasArn: aliasArn(machine.arn, alias) }),
  };
}

/** @param draw from 0 to 1, without 1. */
function routed(routing: StateMachineRecord['aliases'][number]['routing'], draw: number): string {
  let left = draw * 100;
  for (const { stateMachineVersionArn, weight } of routing) {
    left -= weight;
    if (left < 0) return stateMachineVersionArn;
  }
  return (routing.at(-1) as (typeof routing)[number]).stateMachineVersionArn;
}

export const noMachine = (arn: string): ServiceError =>
  new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);

function inputOf(text: string): Json {
  if (text.length * 3 > maximumPayloadBytes && Buffer.byteLength(text) > maximumPayloadBytes)
    throw new ServiceError(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: 'it has more than ${maximumPayloadBytes} bytes'`,
    );
  try {
    return JSON.parse(text) as Json;
  } catch (fault) {
    throw new ServiceError(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: '${(fault as Error).message}'`,
    );
  }
}

const sameInput = (one: string, other: string): boolean =>
  one === other || JSON.stringify(JSON.parse(one)) === JSON.stringify(JSON.parse(other));
