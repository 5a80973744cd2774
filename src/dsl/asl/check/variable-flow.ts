import type { FlowNode } from './machine-tree.ts';
import { presentAt } from './presence.ts';
import { assignedBy, transitionsOf } from './transitions.ts';

/** The variables that are set on every way to a state, and on some. */
export interface Known {
  readonly surely: ReadonlySet<string>;
  readonly maybe: ReadonlySet<string>;
}

/**
 * What is known when each state of a flow is entered; states that never are have no entry. A state's Assign counts
 * on its Next and not on its Catch, a rule's on that rule's way, and a Choice's own on its Default. What a Choice
 * finds to be there is so on the way that it then takes.
 */
export function knownAt(flow: FlowNode, atStart: Known): ReadonlyMap<string, Known> {
  const states = new Map(flow.states.map((state) => [state.name, state]));
  const known = new Map<string, Known>();
  const open: string[] = [];
  const enter = (name: string, arriving: Known) => {
    if (!states.has(name)) return;
    const before = known.get(name);
    const after = before === undefined ? arriving : joined(before, arriving);
    if (
      before !== undefined &&
      after.surely.size === before.surely.size &&
      after.maybe.size === before.maybe.size
    )
      return;
    known.set(name, after);
    open.push(name);
  };
  if (typeof flow.value.StartAt === 'string') enter(flow.value.StartAt, atStart);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = states.get(name);
    const here = known.get(name);
    if (state === undefined || here === undefined) continue;
    for (const { to, part, assign } of transitionsOf(state)) {
      // Where a variable has been asked for and was there, it is set as far as this way goes.
      const set = [...assignedBy(assign), ...presentAt(part, state)];
      enter(to, { surely: new Set([...here.surely, ...set]), maybe: new Set([...here.maybe, ...set]) });
    }
  }
  return known;
}

/** Sure is what both ways set; `surely` only shrinks and `maybe` only grows, so that the walk ends. */
const joined = (one: Known, other: Known): Known => ({
  surely: new Set([...one.surely].filter((name) => other.surely.has(name))),
  maybe: new Set([...one.maybe, ...other.maybe]),
});
