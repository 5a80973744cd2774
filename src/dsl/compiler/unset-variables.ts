import type { Assignments, Draft, DraftFlow } from './draft.ts';
import { variablesAssigned } from './walk.ts';

/**
 * For each state of a flow, the variables of the flow's own that some way to it does not set: those of a choice
 * whose way was not taken, or of a step that failed.
 */
export function unsetVariables(flow: DraftFlow): ReadonlyMap<string, ReadonlySet<string>> {
  const all = variablesAssigned(flow);
  const states = new Map(flow.states.map((draft) => [draft.name, draft]));
  const unset = new Map<string, ReadonlySet<string>>();
  const waiting: [name: string, unset: ReadonlySet<string>][] = [[flow.startAt, all]];
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    const [name, entering] = entry;
    const known = unset.get(name);
    const now = new Set([...(known ?? []), ...entering]);
    const draft = states.get(name);
    if (draft === undefined || known?.size === now.size) continue;
    unset.set(name, now);
    for (const [next, assigned] of waysOn(draft))
      waiting.push([next, new Set([...now].filter((variable) => !Object.hasOwn(assigned, variable)))]);
  }
  return unset;
}

/** The states behind a state, with what is assigned on the way. */
function waysOn(draft: Draft): readonly (readonly [next: string, assigned: Assignments])[] {
  switch (draft.type) {
    case 'Task':
    case 'Parallel':
    case 'Map':
      return [
        [draft.next, draft.assign],
        ...draft.catches.map(({ next, assign }) => [next, assign] as const),
      ];
    case 'Pass':
      return [[draft.next, draft.assign]];
    case 'Wait':
      return [[draft.next, {}]];
    case 'Choice':
      return [...draft.choices.map(({ next }) => [next, {}] as const), [draft.otherwise, {}]];
    case 'Succeed':
    case 'Fail':
      return [];
  }
}
