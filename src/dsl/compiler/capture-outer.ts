import type { Assignments, Draft, DraftFlow, MapDraft } from './draft.ts';
import type { Parts, TemplateNode } from '../ast/expression-node.ts';
import { states, value, variable } from '../ast/node.ts';
import { innerFlows } from './inner-flows.ts';
import { pickParts } from './pick-parts.ts';
import { readsOf } from './reads.ts';
import { unsetVariables } from './unset-variables.ts';
import { mapExpressions, mapReferences, variablesAssigned } from './walk.ts';

/** Variables that may not be set where something stands. */
type Unset = ReadonlySet<string>;

/**
 * A distributed map's body runs in child executions, which cannot read the parent's variables ("Passing data
 * between states with variables"): what it reads from outside is put into each child's input and read there
 * under a name of its own.
 */
export const captureOuter = (flow: DraftFlow): DraftFlow => captureWithin(flow, new Set());

function captureWithin(flow: DraftFlow, outer: Unset): DraftFlow {
  const unset = unsetVariables(flow);
  return {
    startAt: flow.startAt,
    states: flow.states.map((draft): Draft => {
      const here = new Set([...outer, ...(unset.get(draft.name) ?? [])]);
      if (draft.type === 'Parallel')
        return { ...draft, branches: draft.branches.map((branch) => captureWithin(branch, here)) };
      if (draft.type !== 'Map') return draft;
      const inner = { ...draft, body: captureWithin(draft.body, here) };
      return draft.mode === 'distributed' ? capture(inner, here) : inner;
    }),
  };
}

/** What a body reads of a variable: a name of its own, and the field that holds it when it may not be set. */
interface Captured {
  readonly name: string;
  readonly given: TemplateNode;
  readonly within: readonly string[];
}

function capture(map: MapDraft, unset: Unset): MapDraft {
  const own = assignedWithin(map.body);
  const captured = [...readsOf(map.body)]
    .filter(([name]) => !own.has(name))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, parts]) => captureOf(name, parts, unset));
  if (captured.length === 0) return map;
  const byName = new Map(captured.map((one) => [one.name, one]));
  // A map within this one has its own names for what it captures, and an inner scope may not use an outer's.
  const inside = (name: string): string =>
    own.has(`${name}_outer`) ? inside(`${name}_outer`) : `${name}_outer`;
  const body = mapExpressions(map.body, (node) =>
    mapReferences(node, (reference) => {
      const one = byName.get(reference.variable);
      if (one === undefined) return reference;
      return { ...reference, variable: inside(one.name), path: [...one.within, ...reference.path] };
    }),
  );
  const input = map.batch ? ['input', 'BatchInput'] : ['input'];
  const taken: Assignments = Object.fromEntries(
    captured.map(({ name }) => [inside(name), value(states(...input, name))] as const),
  );
  return {
    ...map,
    select: { ...map.select, ...Object.fromEntries(captured.map(({ name, given }) => [name, given])) },
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

/** A variable that may not be set goes in as a field of an object: by itself it would fail the map. */
function captureOf(name: string, parts: Parts, unset: Unset): Captured {
  if (parts !== true || !unset.has(name))
    return { name, given: pickParts(value(variable(name)), parts), within: [] };
  const field: TemplateNode = { kind: 'value', value: variable(name), optional: true };
  return { name, given: { kind: 'object', fields: { [name]: field } }, within: [name] };
}

/** Variables assigned anywhere in a flow, its branches and iterations included. */
function assignedWithin(flow: DraftFlow): ReadonlySet<string> {
  const nested = innerFlows(flow).flatMap((inner) => [...assignedWithin(inner)]);
  return new Set([...variablesAssigned(flow), ...nested]);
}
