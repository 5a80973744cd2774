import type { Branch, State } from './machine.ts';

/** A machine, a branch or a map's body: the states among which transitions lead, and a scope of variables. */
export interface MachineFlow {
  readonly startAt: string;
  readonly states: readonly FlowState[];
  /** Whether its executions are apart from the outer one's, so that it reads none of its variables. */
  readonly distributed: boolean;
}

/** A state with the flows inside it. */
export interface FlowState {
  readonly name: string;
  readonly state: State;
  readonly inner: readonly MachineFlow[];
}

/** A machine or branch as flows within flows. */
export function flowOf(branch: Branch, distributed = false): MachineFlow {
  return {
    startAt: branch.StartAt,
    distributed,
    states: Object.entries(branch.States).map(([name, state]) => ({ name, state, inner: innerFlows(state) })),
  };
}

function innerFlows(state: State): readonly MachineFlow[] {
  if (state.Type === 'Parallel') return state.Branches.map((branch) => flowOf(branch));
  if (state.Type !== 'Map') return [];
  return [flowOf(state.ItemProcessor, state.ItemProcessor.ProcessorConfig?.Mode === 'DISTRIBUTED')];
}

/** Every state of a flow, those of the flows inside it included. */
export function allStates(flow: MachineFlow): readonly FlowState[] {
  return flow.states.flatMap((one) => [one, ...one.inner.flatMap(allStates)]);
}

/** A state's own field by name, also one that the types do not know because it has no place there. */
export const fieldOf = (state: State, field: string): unknown =>
  (state as unknown as Readonly<Record<string, unknown>>)[field];
