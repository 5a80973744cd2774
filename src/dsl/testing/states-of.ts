import { isOverNothing } from '../asl/graph/describe-state.ts';
import { itemProcessorOf } from '../asl/item-processor.ts';
import type { Branch, State } from '../asl/machine.ts';

/** A branch of a Parallel by its index, or the body of a Map. */
interface Around {
  readonly state: string;
  readonly branch?: number;
}

/** A state of a machine, and the Parallels and Maps that it is in, the outermost first. */
export interface PlacedState {
  readonly state: State;
  readonly around: readonly Around[];
}

/** All states by name, also those within others; not those that no execution enters, in a Map over a literal []. */
export function statesOf(machine: Branch): ReadonlyMap<string, PlacedState> {
  return new Map(within(machine, []));
}

function within(branch: Branch, around: readonly Around[]): readonly (readonly [string, PlacedState])[] {
  return Object.entries(branch.States).flatMap(([name, state]) => [
    [name, { state, around }] as const,
    ...(state.Type === 'Parallel'
      ? state.Branches.flatMap((inner, index) => within(inner, [...around, { state: name, branch: index }]))
      : []),
    ...(state.Type === 'Map' && !isOverNothing(state)
      ? within(itemProcessorOf(state), [...around, { state: name }])
      : []),
  ]);
}
