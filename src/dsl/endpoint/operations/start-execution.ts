import type { Json } from '../../asl/machine.ts';
import type { VirtualClock } from '../../simulator/clock.ts';
import { maximumPayloadBytes } from '../../simulator/limits.ts';
import { mockedStates } from '../../simulator/mocks/mock-config.ts';
import { mockedTasks } from '../../simulator/mocks/mocked-tasks.ts';
import { checkName, startedReference } from '../arn.ts';
import {
  aliasArn,
  machineOf,
  type Revision,
  type StateMachineRecord,
  versionArn,
} from '../catalog/state-machine.ts';
import type { StartRequest } from '../running/nested-execution.ts';
import type { Service, StartedRun } from '../service.ts';
import { invalid, ServiceError } from '../service-error.ts';

/** What an execution that starts another hands on to it. */
interface Starter {
  readonly clock: VirtualClock;
  readonly generation: number;
}

/**
 * Starts an execution of a machine, a version, or one of the versions that an alias leads to, as a test case if the
 * ARN names one.
 * @param starter what an execution that starts it is like.
 * @throws ServiceError as StartExecution's documentation says.
 */
export function startExecution(request: StartRequest, service: Service, starter?: Starter): StartedRun {
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
  const { clock, generation = 0 } = starter ?? {};
  return service.start({ ...started, ...traceHeader, generation, name, inputText, input }, clock);
}

/** What an ARN stands for: the revision to start, and by what it was chosen. */
function chosen({ stateMachineArn }: StartRequest, service: Service) {
  const { arn, qualifier, testCase } = startedReference(stateMachineArn);
  const machine = service.catalog.machine(arn);
  if (machine === undefined) throw noMachine(stateMachineArn);
  const found = qualified(machine, qualifier, service);
  if (found === undefined) throw noMachine(stateMachineArn);
  if (testCase === undefined) return { machineArn: arn, ...found };
  return { machineArn: arn, ...found, mocked: mockedBy(testCase, found.revision, service) };
}

/** @throws ServiceError ValidationException for a test case that there is not, or that the machine cannot have. */
function mockedBy(testCase: string, revision: Revision, { options: { mocks } }: Service) {
  const { machineName: machine } = revision;
  if (mocks === undefined)
    throw invalid(`there is no mock configuration for the test case '${testCase}'; give --mocks FILE`);
  try {
    const states = mockedStates(mocks, { machine, testCase });
    return mockedTasks(machineOf(revision), states, { isServed: () => true });
  } catch (fault) {
    throw invalid((fault as Error).message);
  }
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
