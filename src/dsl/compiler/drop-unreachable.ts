import type { Draft, DraftFlow } from './draft.ts';

/**
 * Leaves out what no way leads to: the good end behind a choice whose ways all end, the clause of a try for errors
 * that its body recovers from by itself. An author's step that nothing leads to is refused before.
 */
export function dropUnreachable(flow: DraftFlow): DraftFlow {
  const states = new Map(flow.states.map((draft) => [draft.name, draft]));
  const reached = new Set<string>();
  const open = [flow.startAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const draft = states.get(name);
    if (draft === undefined || reached.has(name)) continue;
    reached.add(name);
    open.push(...targetsOf(draft));
  }
  return {
    startAt: flow.startAt,
    states: flow.states.filter(({ name }) => reached.has(name)).map(withDroppedParts),
  };
}

function withDroppedParts(draft: Draft): Draft {
  if (draft.type === 'Parallel') return { ...draft, branches: draft.branches.map(dropUnreachable) };
  return draft.type === 'Map' ? { ...draft, body: dropUnreachable(draft.body) } : draft;
}

function targetsOf(draft: Draft): readonly string[] {
  switch (draft.type) {
    case 'Task':
    case 'Parallel':
    case 'Map':
      return [draft.next, ...draft.catches.map(({ next }) => next)];
    case 'Pass':
    case 'Wait':
      return [draft.next];
    case 'Choice':
      return [...draft.choices.map(({ next }) => next), draft.otherwise];
    case 'Succeed':
    case 'Fail':
      return [];
  }
}
