import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { shown } from './json-value.ts';
import type { FlowNode } from './machine-tree.ts';
import { reachable, transitionsOf } from './transitions.ts';

/** Transitions that lead nowhere, and states that no transition leads to. */
export const checkTransitions: Check = ({ flows }) => flows.flatMap(checkFlow);

function checkFlow(flow: FlowNode): readonly Fault[] {
  const names = new Set(flow.states.map(({ name }) => name));
  const reached = reachable(flow);
  const { StartAt: start } = flow.value;
  return [
    ...(typeof start === 'string' && !names.has(start) ? [missing(start, at(flow, '/StartAt'))] : []),
    ...flow.states.flatMap((state) =>
      transitionsOf(state)
        .filter(({ to }) => !names.has(to))
        .map(({ to, part }) => missing(to, at(state, part))),
    ),
    // Without a StartAt nothing is reached, which its own finding tells.
    ...(typeof start === 'string' ? flow.states : [])
      .filter(({ name }) => !reached.has(name))
      .map((state): Fault => ({
        code: 'unreachable-state',
        ...at(state),
        problem: 'no transition leads to it',
        remedy: 'lead one to it, or remove it',
      })),
  ];
}

const missing = (to: string, here: Pick<Fault, 'state' | 'place'>): Fault => ({
  code: 'missing-target',
  ...here,
  problem: `there is no state ${shown(to)} beside it`,
  remedy: 'name a state of the same States; a branch or map cannot be entered or left by a transition',
});
