import type { Assignments, Draft, DraftFlow, MapDraft } from './draft.ts';
import { states, value, variable } from '../ast/node.ts';
import { pickParts } from './pick-parts.ts';
import { readsOf } from './reads.ts';
import { mapExpressions, mapReferences, variablesAssigned } from './walk.ts';

/**
 * A distributed map's body runs in child executions, which cannot read the parent's variables ("Passing data
 * between states with variables"): what it reads from outside is put into each child's input and read there
 * under a name of its own.
 */
export function captureOuter(flow: DraftFlow): DraftFlow {
  return {
    startAt: flow.startAt,
    states: flow.states.map((draft): Draft => {
      if (draft.type === 'Parallel') return { ...draft, branches: draft.branches.map(captureOuter) };
      if (draft.type !== 'Map') return draft;
      const inner = { ...draft, body: captureOuter(draft.body) };
      return draft.mode === 'distributed' ? capture(inner) : inner;
    }),
  };
}

function capture(map: MapDraft): MapDraft {
  const own = assignedWithin(map.body);
  const captured = [...readsOf(map.body)]
    .filter(([name]) => !own.has(name))
    .sort(([left], [right]) => (left < right ? -1 : 1));
  if (captured.length === 0) return map;
  const names = new Set(captured.map(([name]) => name));
  // A map within this one has its own names for what it captures, and an inner scope may not use an outer's.
  const inside = (name: string): string =>
    own.has(`${name}_outer`) ? inside(`${name}_outer`) : `${name}_outer`;
  const body = mapExpressions(map.body, (node) =>
    mapReferences(node, (reference) =>
      names.has(reference.variable) ? { ...reference, variable: inside(reference.variable) } : reference,
    ),
  );
  const given = captured.map(([name, parts]) => [name, pickParts(value(variable(name)), parts)] as const);
  const input = map.batch ? ['input', 'BatchInput'] : ['input'];
  const taken: Assignments = Object.fromEntries(
    captured.map(([name]) => [inside(name), value(states(...input, name))] as const),
  );
  return {
    ...map,
    select: { ...map.select, ...Object.fromEntries(given) },
    body: {
      startAt: body.startAt,
      states: body.states.map((draft) =>
        draft.name === body.startAt && draft.type === 'Pass'
          ? { ...draft, assign: { ...draft.assign, ...taken } }
          : draft,
      ),
    },
  };
}

/** Variables assigned anywhere in a flow, its branches and iterations included. */
function assignedWithin(flow: DraftFlow): ReadonlySet<string> {
  const nested = flow.states.flatMap((draft) => {
    if (draft.type === 'Parallel') return draft.branches;
    return draft.type === 'Map' ? [draft.body] : [];
  });
  return new Set([...variablesAssigned(flow), ...nested.flatMap((inner) => [...assignedWithin(inner)])]);
}
