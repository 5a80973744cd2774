import type { Assignments, Draft, DraftFlow } from './draft.ts';
import { variablesRead } from './walk.ts';

/** Keeps only what some state reads: payloads stay small and data that nobody needs never enters a history. */
export function pruneVariables(flow: DraftFlow): DraftFlow {
  let now = flow;
  for (;;) {
    const read = variablesRead(now);
    const next = prune(now, read);
    if (variablesRead(next).size === read.size) return next;
    now = next;
  }
}

function prune(flow: DraftFlow, read: ReadonlySet<string>): DraftFlow {
  const live = (assign: Assignments): Assignments =>
    Object.fromEntries(Object.entries(assign).filter(([name]) => read.has(name)));
  return {
    startAt: flow.startAt,
    states: flow.states.map((draft): Draft => {
      switch (draft.type) {
        case 'Task':
          return {
            ...draft,
            assign: live(draft.assign),
            catches: draft.catches.map((one) => ({ ...one, assign: live(one.assign) })),
          };
        case 'Pass':
          return { ...draft, assign: live(draft.assign) };
        case 'Parallel':
          return {
            ...draft,
            assign: live(draft.assign),
            catches: draft.catches.map((one) => ({ ...one, assign: live(one.assign) })),
            branches: draft.branches.map((branch) => prune(branch, read)),
          };
        case 'Map':
          return {
            ...draft,
            assign: live(draft.assign),
            catches: draft.catches.map((one) => ({ ...one, assign: live(one.assign) })),
            body: prune(draft.body, read),
          };
        case 'Choice':
        case 'Wait':
        case 'Succeed':
        case 'Fail':
          return draft;
      }
    }),
  };
}
