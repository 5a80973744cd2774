import type { Assignments, CatchDraft, Draft, DraftFlow, MapDraft } from './draft.ts';
import { pickParts } from './pick-parts.ts';
import { type Reads, readsOf } from './reads.ts';

/**
 * Keeps only the variables that some state reads, and of those only the parts that are read: payloads stay
 * small, and data that nobody needs never enters a history.
 */
export function pruneVariables(flow: DraftFlow): DraftFlow {
  let now = flow;
  let before = '';
  for (;;) {
    const reads = readsOf(now);
    const seen = JSON.stringify([...reads]);
    if (seen === before) return now;
    before = seen;
    now = prune(now, reads);
  }
}

function prune(flow: DraftFlow, reads: Reads): DraftFlow {
  const live = (assign: Assignments): Assignments =>
    Object.fromEntries(
      Object.entries(assign).flatMap(([name, template]) => {
        const parts = reads.get(name);
        return parts === undefined ? [] : [[name, pickParts(template, parts)]];
      }),
    );
  const caught = (catches: readonly CatchDraft[]): readonly CatchDraft[] =>
    catches.map((one) => ({ ...one, assign: live(one.assign) }));
  const selected = ({ element, select }: MapDraft): Assignments => {
    const { [element]: template, ...others } = select;
    const parts = reads.get(element);
    if (parts === undefined || template === undefined) return others;
    return { [element]: pickParts(template, parts), ...others };
  };
  return {
    startAt: flow.startAt,
    states: flow.states.map((draft): Draft => {
      switch (draft.type) {
        case 'Task':
          return { ...draft, assign: live(draft.assign), catches: caught(draft.catches) };
        case 'Pass':
          return { ...draft, assign: live(draft.assign) };
        case 'Parallel':
          return {
            ...draft,
            assign: live(draft.assign),
            catches: caught(draft.catches),
            branches: draft.branches.map((branch) => prune(branch, reads)),
          };
        case 'Map':
          return {
            ...draft,
            assign: live(draft.assign),
            catches: caught(draft.catches),
            select: selected(draft),
            body: prune(draft.body, reads),
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
