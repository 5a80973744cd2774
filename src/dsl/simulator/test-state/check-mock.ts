import type { Json, MapState, State } from '../../asl/machine.ts';
import { missingClient } from '../../asl/sdk-model.ts';
import { resultFaults, type ResultFault } from '../results/result-faults.ts';
import { resultShape } from '../results/result-shape.ts';
import { parseTaskResource, type TaskResource } from '../task-resource.ts';
import type { ReadMock, ReadRequest } from './read-request.ts';
import { findInside, type TestedState } from './tested-state.ts';
import { invalidRequest, TestStateError } from './test-state-error.ts';

/**
 * Holds a request against its state: what must be mocked and what may not, and what the mock may be.
 * @throws TestStateError
 */
export function checkMock({ name, state }: TestedState, request: ReadRequest): void {
  const { mock, context, configuration } = request;
  const resource = state.Type === 'Task' ? parseTaskResource(state.Resource, name) : undefined;
  if (mock === undefined) return refuseUnmocked(state, resource);
  if (state.Type !== 'Task' && state.Type !== 'Map' && state.Type !== 'Parallel')
    throw invalidRequest(`State type '${state.Type}' is not supported when a mock is specified`);
  if (context !== undefined) checkContext(context, resource);
  const { errorCausedByState } = configuration;
  if (errorCausedByState !== undefined && findInside(state, errorCausedByState) === undefined)
    throw invalidRequest(
      `errorCausedByState: there is no state '${errorCausedByState}' inside the tested state.`,
    );
  if (mock.kind === 'error') return;
  if (state.Type === 'Map') checkMapResult(state, mock.result);
  else if (state.Type === 'Parallel') {
    if (!Array.isArray(mock.result)) throw invalidRequest('Mocked result must be an array.');
    if (mock.result.length !== state.Branches.length)
      throw invalidRequest(
        'Mocked result must contain the same number of items as number of Parallel branches.',
      );
  } else if (resource !== undefined) checkTaskResult(resource, mock);
}

function refuseUnmocked({ Type }: State, resource: TaskResource | undefined): void {
  if (Type === 'Map' || Type === 'Parallel')
    throw new TestStateError(
      'InvalidDefinition',
      'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]',
    );
  if (resource?.kind === 'activity' || waits(resource))
    throw new TestStateError(
      'InvalidDefinition',
      "TestState API supports activities and the '.sync' and '.waitForTaskToken' integration patterns only when a mock is specified",
    );
}

const waits = (resource: TaskResource | undefined): boolean =>
  resource !== undefined && resource.pattern !== 'requestResponse';

/** The parts that a context object may have. `Map` is none of them. */
const contextParts = ['Execution', 'State', 'StateMachine', 'Task'];

function checkContext(context: object, resource: TaskResource | undefined): void {
  const refused = (what: string) => invalidRequest(`Invalid Context object provided: ${what}`);
  if ('Map' in context) throw refused("'Map' field is not supported when mocking a Context object");
  if ('Task' in context && !waits(resource))
    throw refused(
      "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern",
    );
  for (const [part, value] of Object.entries(context)) {
    if (!contextParts.includes(part))
      throw refused(`there is no field '${part}'; use one of ${contextParts.join(', ')}`);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw refused(`'${part}' field must be an object`);
  }
}

/** A Map that writes its results gives where they are, else the outputs of its iterations. */
function checkMapResult({ ResultWriter }: MapState, result: Json): void {
  const written = ResultWriter?.Resource !== undefined;
  if (!written && !Array.isArray(result)) throw invalidRequest('Mocked result must be an array.');
  if (written && (typeof result !== 'object' || result === null || Array.isArray(result)))
    throw invalidRequest('Mocked result must be a JSON object.');
}

/** @throws TestStateError in AWS's words; also when a mode was asked for and nothing tells the API's output. */
function checkTaskResult(resource: TaskResource, mock: ReadMock & { readonly kind: 'result' }): void {
  if (mock.mode === 'NONE') return;
  const shape = resultShape(resource);
  if (shape === 'unknown') return;
  if ('missing' in shape) {
    if (mock.mode !== undefined) throw invalidRequest(`${mock.mode}: ${missingClient(shape.missing)}.`);
    return;
  }
  const required = mock.mode !== 'PRESENT';
  const [fault] = resultFaults(mock.result, shape, { required, known: false, numericTimes: false });
  if (fault !== undefined) throw invalidRequest(`Mock result schema validation error: ${inAwsWords(fault)}`);
}

function inAwsWords({ field, problem }: ResultFault): string {
  const named = field === '' ? 'The result' : `Field '${field}'`;
  switch (problem.kind) {
    case 'missing':
      return `Required field '${field}' is missing`;
    case 'unknown':
      return `${named} is not known`;
    case 'type':
      return `${named} must be ${problem.expected}`;
    case 'value':
      return `${named} is not an expected value`;
    case 'minimum':
      return `${named} is less than the minimum value`;
    case 'maximum':
      return `${named} exceeds the maximum value`;
    case 'minimum length':
      return `${named} is smaller than the minimum length`;
    case 'maximum length':
      return `${named} exceeds the maximum length`;
  }
}
