import type { JsonObject, TaskState } from '../asl/machine.ts';
import { SimulationError } from '../simulator/simulation-error.ts';
import { statesOf } from './states-of.ts';
import { actionOf, meantBy } from './test-call.ts';
import type { TestRun } from './test-run.ts';

/**
 * A test that names a call which the machine cannot make would say nothing.
 * @throws SimulationError when no Task calls that, as far as the definition tells.
 */
export function refuseUnknownCall(what: string, { machine }: TestRun): void {
  const tasks = [...statesOf(machine).values()].flatMap(({ state }) =>
    state.Type === 'Task' ? [state] : [],
  );
  const known = [...new Set(tasks.map(calledBy))];
  if (known.some((name) => name === what || actionOf(what) === name || isComputed(name))) return;
  if (tasks.some(({ Resource }) => Resource === what || actionOf(Resource) === actionOf(what))) return;
  throw new SimulationError(
    `no Task of the machine calls '${what}'; they call ${known.join(', ') || 'nothing'}`,
  );
}

/** A function or state machine whose name is computed stands as an expression. */
const calledBy = ({ Resource, Arguments, Parameters }: TaskState): string => {
  const given = Arguments ?? Parameters ?? {};
  // All arguments of a call may be one expression.
  if (typeof given === 'string')
    return namesWhatItCalls.includes(actionOf(Resource)) ? given : actionOf(Resource);
  const fields = given as JsonObject;
  const computed = ['FunctionName.$', 'StateMachineArn.$'].find((field) => field in fields);
  return computed === undefined ? meantBy(Resource, fields).called : `{% ${computed} %}`;
};

/** Actions whose calls are told by what they name. */
const namesWhatItCalls = ['lambda:invoke', 'states:startExecution'];

const isComputed = (name: string): boolean => name.startsWith('{%');
