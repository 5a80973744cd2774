import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { isList, isObject, shown } from './json-value.ts';
import type { FlowNode } from './machine-tree.ts';
import { isTerminal, reachable, transitionsOf } from './transitions.ts';

/** Transitions that lead nowhere, and states that no transition leads to. */
export const checkTransitions: Check = ({ flows }) => flows.flatMap(checkFlow);

function checkFlow(flow: FlowNode): readonly Fault[] {
  const { StartAt: start, States: named } = flow.value;
  // That States, or one of them, is no object is told elsewhere.
  if (!isObject(named)) return [];
  const leadsNowhere = (to: string) => !Object.hasOwn(named, to);
  const lost = [
    ...(typeof start === 'string' && leadsNowhere(start) ? [missing(start, at(flow, '/StartAt'))] : []),
    ...flow.states.flatMap((state) =>
      transitionsOf(state)
        .filter(({ to }) => leadsNowhere(to))
        .map(({ to, part }) => missing(to, at(state, part))),
    ),
  ];
  return lost.length > 0 || isBroken(flow) ? lost : unreachable(flow);
}

/** Whether a way is missing, which is told elsewhere, so that no more can be said of what no way leads to. */
const isBroken = ({ value, states }: FlowNode): boolean =>
  typeof value.StartAt !== 'string' ||
  Object.values(isObject(value.States) ? value.States : {}).some((state) => !isObject(state)) ||
  states.some((state) => !isTerminal(state) && transitionsOf(state).every(({ kind }) => kind === 'catch')) ||
  states.some(
    ({ type, value: { Choices } }) =>
      type === 'Choice' && !(isList(Choices) && Choices.some((rule) => isObject(rule))),
  );

function unreachable(flow: FlowNode): readonly Fault[] {
  const reached = reachable(flow);
  return flow.states
    .filter(({ name }) => !reached.has(name))
    .map((state): Fault => ({
      code: 'unreachable-state',
      ...at(state),
      problem: 'no transition leads to it',
      awsMessage: `State "${state.name}" is not reachable.`,
      remedy: 'lead one to it, or remove it',
    }));
}

const missing = (to: string, here: Pick<Fault, 'state' | 'place'>): Fault => ({
  code: 'missing-target',
  ...here,
  problem: `there is no state ${shown(to)} beside it`,
  awsMessage: `Missing 'Next' target: ${to}`,
  remedy: 'name a state of the same States; a branch or map cannot be entered or left by a transition',
});
