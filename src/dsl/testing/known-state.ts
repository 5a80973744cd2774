import { nearest } from '../asl/check/nearest.ts';
import type { StateMachine } from '../asl/machine.ts';
import { SimulationError } from '../simulator/simulation-error.ts';
import { statesOf } from './states-of.ts';

/**
 * A test that names a state which is not there would say nothing.
 * @throws SimulationError when the machine has no such state.
 */
export function refuseUnknownState(name: string, machine: StateMachine): void {
  const states = statesOf(machine);
  if (states.has(name)) return;
  const meant = nearest(name, states.keys());
  throw new SimulationError(
    `the machine has no state '${name}'; ${
      meant === undefined ? `it has ${[...states.keys()].join(', ')}` : `did you mean '${meant}'?`
    }`,
  );
}
