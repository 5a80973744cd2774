import type { FlowNode, StateNode } from './machine-tree.ts';
import { reachable, transitionsOf } from './transitions.ts';

/** The loops of a flow: groups of states each of which can be reached from each other, in the order they are written. */
export function cyclesOf(flow: FlowNode): readonly (readonly StateNode[])[] {
  const entered = reachable(flow);
  return cyclesAmong(flow.states.filter(({ name }) => entered.has(name)));
}

/** The loops that some states of a flow make without the others. */
export function cyclesAmong(states: readonly StateNode[]): readonly (readonly StateNode[])[] {
  const after = new Map(states.map((state) => [state.name, followers(state, states)]));
  const placed = new Set<string>();
  return states.flatMap((state) => {
    const ahead = after.get(state.name) ?? new Set();
    if (placed.has(state.name) || !ahead.has(state.name)) return [];
    const group = states.filter(({ name }) => ahead.has(name) && after.get(name)?.has(state.name));
    for (const { name } of group) placed.add(name);
    return [group];
  });
}

/** The states that can come after one; itself only if it is in a loop. */
function followers(from: StateNode, states: readonly StateNode[]): ReadonlySet<string> {
  const byName = new Map(states.map((state) => [state.name, state]));
  const found = new Set<string>();
  const open = transitionsOf(from).map(({ to }) => to);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = byName.get(name);
    if (state === undefined || found.has(name)) continue;
    found.add(name);
    open.push(...transitionsOf(state).map(({ to }) => to));
  }
  return found;
}
