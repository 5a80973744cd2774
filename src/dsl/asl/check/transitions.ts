import { isObject, objectsOf, step } from './json-value.ts';
import type { FlowNode, StateNode } from './machine-tree.ts';

/** A way from a state to one beside it. */
export interface Transition {
  /** The state's part that names it: `/Choices[0]/Next`. */
  readonly part: string;
  readonly to: string;
  /** The Assign that applies on this way. */
  readonly assign: unknown;
  readonly kind: 'next' | 'rule' | 'catch';
}

/** The ways out of a state, in the order they are written. */
export function transitionsOf({ type, value }: StateNode): readonly Transition[] {
  const ways: Transition[] = [];
  const add = (part: string, to: unknown, [assign, kind]: readonly [unknown, Transition['kind']]) => {
    if (typeof to === 'string') ways.push({ part, to, assign, kind });
  };
  if (type === 'Choice') {
    for (const [rule, index] of objectsOf(value.Choices))
      add(`/Choices${step(index)}/Next`, rule.Next, [rule.Assign, 'rule']);
    add('/Default', value.Default, [value.Assign, 'rule']);
    return ways;
  }
  if (type !== 'Succeed' && type !== 'Fail') add('/Next', value.Next, [value.Assign, 'next']);
  if (canCatch(type))
    for (const [catcher, index] of objectsOf(value.Catch))
      add(`/Catch${step(index)}/Next`, catcher.Next, [catcher.Assign, 'catch']);
  return ways;
}

const canCatch = (type: string): boolean => type === 'Task' || type === 'Parallel' || type === 'Map';

/** Whether the flow ends in this state. */
export const isTerminal = ({ type, value }: StateNode): boolean =>
  type === 'Succeed' || type === 'Fail' || (type !== 'Choice' && value.End === true);

/** The states that can be entered, StartAt first. */
export function reachable(flow: FlowNode): ReadonlySet<string> {
  const byName = new Map(flow.states.map((state) => [state.name, state]));
  const reached = new Set<string>();
  const open = typeof flow.value.StartAt === 'string' ? [flow.value.StartAt] : [];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = byName.get(name);
    if (state === undefined || reached.has(name)) continue;
    reached.add(name);
    open.push(...transitionsOf(state).map(({ to }) => to));
  }
  return reached;
}

/** The variables that an Assign sets; JSONPath marks computed ones by `.$`. */
export const assignedBy = (assign: unknown): readonly string[] =>
  isObject(assign) ? Object.keys(assign).map((name) => name.replace(/\.\$$/, '')) : [];
