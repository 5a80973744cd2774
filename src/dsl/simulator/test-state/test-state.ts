import type { Json, JsonObject } from '../../asl/machine.ts';
import { executionArn, stateMachineArn } from '../arns.ts';
import { queryLanguageOf } from '../find-query-language.ts';
import { uuid, type Process } from '../request.ts';
import { runBranch } from '../run-branch.ts';
import { assignmentsOf, Scope } from '../scope.ts';
import { createWorld, type SimulationOptions } from '../simulate.ts';
import { waitsForToken } from '../task-resource.ts';
import { newThread } from '../thread.ts';
import type { Visit } from '../visit.ts';
import type { World } from '../world.ts';
import { checkMock } from './check-mock.ts';
import { drive } from './drive.ts';
import type { InspectionData, Notes } from './inspection.ts';
import { readRequest, type ReadRequest } from './read-request.ts';
import type { TestStateRequest } from './request.ts';
import { runTested } from './run-tested.ts';
import { ONLY_STATE, testedState, type TestedState } from './tested-state.ts';

/**
 * What one attempt of a state came to.
 *
 * @example
 * const goesOn = ({ status, nextState }: TestStateResult) => status === 'SUCCEEDED' && nextState !== undefined;
 */
export interface TestStateResult {
  /** RETRIABLE: a Retrier would try again; CAUGHT_ERROR: a Catcher took the error. */
  readonly status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  /** Of a state that succeeded, or of the Catcher. */
  readonly output?: Json;
  /** Absent at an end. */
  readonly nextState?: string;
  readonly error?: string;
  readonly cause?: string;
  /** Absent at level INFO. */
  readonly inspectionData?: InspectionData;
}

/**
 * Runs one state as the TestState API does: a single attempt, with its call, its iterations or its branches mocked,
 * or its call made to what `options` have. For whole executions use `simulate`.
 * @throws TestStateError for what the API refuses; SimulationError when an unmocked call has nobody to answer it.
 *
 * @example
 * const tested = await testState({
 *   definition: {
 *     Type: 'Task',
 *     QueryLanguage: 'JSONata',
 *     Resource: 'arn:aws:states:::lambda:invoke',
 *     Arguments: { FunctionName: 'Track', Payload: '{% $states.input %}' },
 *     Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 2, MaxAttempts: 5 }],
 *     End: true,
 *   },
 *   inspectionLevel: 'DEBUG',
 *   mock: { errorOutput: { error: 'Busy' } },
 *   stateConfiguration: { retrierRetryCount: 3 },
 * });
 * tested.status; // → "RETRIABLE"
 * tested.inspectionData?.errorDetails; // → { "retryIndex": 0, "retryBackoffIntervalSeconds": 16 }
 */
export async function testState(
  request: TestStateRequest,
  options: SimulationOptions = {},
): Promise<TestStateResult> {
  const read = readRequest(request);
  const tested = testedState(request.definition, request.stateName);
  checkMock(tested, read);
  const world = createWorld(options);
  const notes: Notes = { input: read.input };
  const [machine, name] = [world.uuid(), world.uuid()];
  const arn = executionArn(world, machine, name).replace(':execution:', ':express:');
  const process = testing(tested, { world, read, notes, names: { machine, name, arn } });
  const ending = await world.clock.runUntil(drive(process, { world, executionArn: arn, mock: read.mock }));
  return read.level === 'INFO' ? ending : { ...ending, inspectionData: notes };
}

interface Surroundings {
  readonly world: World;
  readonly read: ReadRequest;
  readonly notes: Notes;
  readonly names: { readonly machine: string; readonly name: string; readonly arn: string };
}

function* testing(
  tested: TestedState,
  around: Surroundings,
): Process<Omit<TestStateResult, 'inspectionData'>> {
  const { read: request, notes } = around;
  const { name, state, ofMachine } = tested;
  const token = state.Type === 'Task' && waitsForToken(state.Resource) ? yield* uuid() : undefined;
  const scope = new Scope();
  scope.assign(assignmentsOf(request.variables), name);
  const visit: Visit = {
    context: {},
    givenContext: request.context ?? madeContext(tested, around, token),
    queryLanguage: ofMachine,
    scope,
    thread: newThread(0),
    region: around.world.region,
    asOf: around.world.asOf,
    observed: false,
    runBranch,
    iterations: [],
    name,
    state,
    language: queryLanguageOf(state, ofMachine),
    input: request.input,
    enteredEventId: 0,
    enteredAt: new Date(around.world.clock.now()),
    retryCount: request.configuration.retrierRetryCount ?? 0,
    token,
  };
  return yield* runTested(visit, { request, notes });
}

/** As AWS makes it: an Express execution of a machine with made-up names; every state goes by one name. */
function madeContext(
  { state }: TestedState,
  { world, read, names: { machine, name, arn } }: Surroundings,
  token: string | undefined,
): JsonObject {
  const now = new Date(world.clock.now()).toISOString();
  const { retrierRetryCount = 0 } = read.configuration;
  const retried = state.Type === 'Task' || state.Type === 'Map' || state.Type === 'Parallel';
  return {
    Execution: {
      Id: arn,
      Input: read.input,
      Name: name,
      RoleArn: read.roleArn ?? world.roleArn ?? null,
      StartTime: now,
    },
    StateMachine: { Id: stateMachineArn(world, machine), Name: machine },
    State: { Name: ONLY_STATE, EnteredTime: now, ...(retried ? { RetryCount: retrierRetryCount } : {}) },
    ...(token === undefined ? {} : { Task: { Token: token } }),
  };
}
