import type { Json, StateMachine } from '../../asl/machine.ts';
import type { ResourceFake } from '../resource-fake.ts';
import type { FieldValidationMode } from '../results/misfits.ts';
import { SimulationError } from '../simulation-error.ts';
import { StateFailure } from '../state-failure.ts';
import { parseTaskResource, type TaskResource } from '../task-resource.ts';
import { checkMocks, tasksOf } from './check-mocks.ts';
import { type MockedReply, type MockedResponse, type MockedStates, replyAt } from './mock-config.ts';

interface MockingOptions {
  /** How results are checked (`SimulationOptions.fieldValidationMode`). */
  readonly fieldValidationMode?: FieldValidationMode | undefined;
  /** Whether something else answers a call that the test case does not mention. Default: nothing does. */
  readonly isServed?: (resource: TaskResource) => boolean;
}

/** Fakes as a simulation takes them. */
interface MockedTasks {
  /** By the state's name. */
  readonly tasks: { readonly [state: string]: ResourceFake };
  /** By ARN; a simulation must know an activity before its task is scheduled. */
  readonly activities: { readonly [arn: string]: ResourceFake };
}

/**
 * Fakes for the Task states of a machine, which answer as a test case says: a state's first call with reply 0, the
 * next, be it a retry, another visit or another iteration of a Map, with reply 1. Source: "Testing state machines with
 * Step Functions Local", "Mocked service integrations"; that iterations count on is measured on Step Functions Local
 * 2.0.0 (floci-io/floci#3254). A call that nobody answers rejects the simulation.
 * @throws SimulationError that names the place in the file, for states that the machine does not have or that call
 * nothing, and for results that their call never gives.
 */
export function mockedTasks(
  machine: StateMachine,
  states: MockedStates,
  { fieldValidationMode: mode, isServed = () => false }: MockingOptions = {},
): MockedTasks {
  const found = tasksOf(machine);
  checkMocks(states, { machine, tasks: found, mode });
  const tasks: { [state: string]: ResourceFake } = {};
  const activities: { [arn: string]: ResourceFake } = {};
  for (const [name, { Resource }] of found) {
    const response = Object.hasOwn(states, name) ? states[name] : undefined;
    const resource = parseTaskResource(Resource, name);
    if (response === undefined && isServed(resource)) continue;
    const fake = response === undefined ? unanswered(states) : answering(response);
    tasks[name] = fake;
    if (resource.kind === 'activity') activities[Resource] = fake;
  }
  return { tasks, activities };
}

function answering(response: MockedResponse): ResourceFake {
  let number = 0;
  return (_args, { stateName, token, tokens }) => {
    const reply = replyTo(number++, response, stateName);
    if (token === undefined) return resultOf(reply);
    if ('throws' in reply)
      tokens.sendTaskFailure(token, { error: reply.throws.Error, cause: reply.throws.Cause });
    else tokens.sendTaskSuccess(token, reply.returns);
    return {};
  };
}

function replyTo(number: number, response: MockedResponse, stateName: string): MockedReply {
  const reply = replyAt(response, number);
  if (reply === undefined)
    throw new SimulationError(
      `state '${stateName}' is called for the ${number + 1}. time and its response '${response.name}' has no reply ` +
        `${number}; it has ${response.replies.map(({ key }) => key).join(', ') || 'none'}`,
    );
  return reply;
}

const unanswered =
  (states: MockedStates): ResourceFake =>
  (_args, { stateName, resource }) => {
    throw new SimulationError(
      `nothing says what state '${stateName}' is answered by ${resource}; give it a response in the mock ` +
        `configuration (--mocks), which has one for ${Object.keys(states).join(', ') || 'no state'}`,
    );
  };

function resultOf(reply: MockedReply): Json {
  if ('throws' in reply) throw new StateFailure(reply.throws.Error, reply.throws.Cause);
  return reply.returns;
}
