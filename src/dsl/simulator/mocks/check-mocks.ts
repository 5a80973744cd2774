import { nearest } from '../../asl/check/nearest.ts';
import { itemProcessorOf } from '../../asl/item-processor.ts';
import type { Branch, State, StateMachine, TaskState } from '../../asl/machine.ts';
import { type FieldValidationMode, misfits } from '../results/misfits.ts';
import { resultShape } from '../results/result-shape.ts';
import { SimulationError } from '../simulation-error.ts';
import { parseTaskResource } from '../task-resource.ts';
import type { MockedResponse, MockedStates } from './mock-config.ts';

interface Mocked {
  readonly machine: StateMachine;
  /** By name. */
  readonly tasks: ReadonlyMap<string, TaskState>;
  readonly mode: FieldValidationMode | undefined;
}

/** Holds a test case against the machine before anything runs. @throws SimulationError that names the place. */
export function checkMocks(states: MockedStates, { machine, tasks, mode }: Mocked): void {
  for (const [name, response] of Object.entries(states)) {
    const task = tasks.get(name);
    if (task === undefined) throw notMockable(name, response, machine);
    const resource = parseTaskResource(task.Resource, name);
    const shape = resultShape(resource);
    for (const { key, reply } of response.replies) {
      if ('throws' in reply) continue;
      const wrong = misfits(reply.returns, shape, mode);
      if (wrong.length > 0)
        throw new SimulationError(
          `MockedResponses.${response.name}.${key}.Return is not what ${resource.resourceType}:${resource.resource} of ` +
            `state '${name}' gives: ${wrong.join('; ')}`,
        );
    }
  }
}

function notMockable(name: string, { place }: MockedResponse, machine: StateMachine): SimulationError {
  const states = statesOf(machine);
  const type = states.find(([other]) => other === name)?.[1].Type;
  if (type !== undefined)
    return new SimulationError(`${place}: the state is a ${type}, which calls nothing; mock the Tasks only`);
  const names = states.map(([other]) => other);
  const meant = nearest(name, names);
  const remedy = meant === undefined ? `it has ${names.join(', ')}` : `write ${meant}`;
  return new SimulationError(`${place}: the state machine has no such state; ${remedy}`);
}

/** All Task states by name, however deep. */
export const tasksOf = (machine: StateMachine): ReadonlyMap<string, TaskState> =>
  new Map(
    statesOf(machine).flatMap(([name, state]) =>
      state.Type === 'Task' ? [[name, state] satisfies [string, TaskState]] : [],
    ),
  );

function statesOf(branch: Branch): readonly (readonly [name: string, state: State])[] {
  return Object.entries(branch.States).flatMap(([name, state]) => {
    const bodies =
      state.Type === 'Parallel' ? state.Branches : state.Type === 'Map' ? [itemProcessorOf(state)] : [];
    return [[name, state] as const, ...bodies.flatMap(statesOf)];
  });
}
