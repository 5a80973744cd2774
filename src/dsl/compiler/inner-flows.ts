import type { DraftFlow } from './draft.ts';

/** The flows of a flow's branches and iterations. */
export const innerFlows = (flow: DraftFlow): readonly DraftFlow[] =>
  flow.states.flatMap((draft) => {
    if (draft.type === 'Parallel') return draft.branches;
    return draft.type === 'Map' ? [draft.body] : [];
  });

/** The names of all states, however deep. */
export const stateNames = (flow: DraftFlow): readonly string[] => [
  ...flow.states.map(({ name }) => name),
  ...innerFlows(flow).flatMap(stateNames),
];
