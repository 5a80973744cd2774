import type { Branch, Json } from '../asl/machine.ts';
import type { Process } from './request.ts';
import { SimulationError } from './simulation-error.ts';
import type { Place } from './visit.ts';
import { visitState, type Transition } from './visit-state.ts';

/**
 * Runs the states of a machine, a branch or an iteration from StartAt to an end. Returns the last output.
 * @throws StateFailure when a state fails and nothing catches it.
 */
export function* runBranch(branch: Branch, input: Json, place: Place): Process<Json> {
  let name: string | undefined = branch.StartAt;
  let value = input;
  let text = JSON.stringify(input);
  while (name !== undefined) {
    const state = branch.States[name];
    if (state === undefined)
      throw new SimulationError(
        `there is no state '${name}'; it has ${Object.keys(branch.States).join(', ')}`,
      );
    const transition: Transition = yield* visitState(place, name, { state, input: value, text });
    ({ output: value, text } = transition);
    name = transition.next;
  }
  return value;
}
