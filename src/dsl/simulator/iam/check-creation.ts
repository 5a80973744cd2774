import { itemProcessorOf } from '../../asl/item-processor.ts';
import type { Branch, StateMachine } from '../../asl/machine.ts';
import { SimulationError } from '../simulation-error.ts';
import type { World } from '../world.ts';
import { authorityOf } from './authority.ts';

/**
 * Asks whether the roles may have what CreateStateMachine itself does for their machines: the rule that tells of the
 * end of children.
 * @throws SimulationError in the words in which CreateStateMachine refuses (seen on AWS), with what is missing.
 */
export function checkCreation(machines: { readonly [name: string]: StateMachine }, world: World): void {
  for (const [name, machine] of Object.entries(machines)) {
    const missing = waitsForChildren(machine)
      ? (authorityOf(world, name, 'creation')?.missingForChildren() ?? [])
      : [];
    if (missing.length > 0)
      throw new SimulationError(
        `state machine '${name}': its role is not authorized to create managed-rule; allow it ` +
          missing.map(({ action, anyOf }) => `${action} on ${anyOf[0]}`).join(', '),
      );
  }
}

const waitsForChildren = (branch: Branch): boolean =>
  Object.values(branch.States).some((state) => {
    if (state.Type === 'Task') return state.Resource.includes(':states:startExecution.sync');
    if (state.Type === 'Parallel') return state.Branches.some(waitsForChildren);
    return state.Type === 'Map' && waitsForChildren(itemProcessorOf(state));
  });
