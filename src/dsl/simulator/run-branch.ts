import type { Branch, Json } from '../asl/machine.ts';
import { payloadText } from './limits.ts';
import type { Process } from './request.ts';
import { SimulationError } from './simulation-error.ts';
import type { Place } from './visit.ts';
import { visitState, type Transition } from './visit-state.ts';

/**
 * Runs the states of a machine, a branch or an iteration from StartAt, or from where its thread stopped, to an end.
 * Returns the last output.
 * @throws StateFailure when a state fails and nothing catches it.
 */
export function* runBranch(branch: Branch, input: Json, place: Place): Process<Json> {
  let reached: Transition = place.thread.reached ?? {
    next: branch.StartAt,
    output: input,
    text: payloadText(input, branch.StartAt),
  };
  while (reached.next !== undefined) {
    const state = branch.States[reached.next];
    if (state === undefined)
      throw new SimulationError(
        `there is no state '${reached.next}'; it has ${Object.keys(branch.States).join(', ')}`,
      );
    reached = yield* visitState(place, state, reached);
  }
  return reached.output;
}
