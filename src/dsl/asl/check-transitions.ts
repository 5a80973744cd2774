import type { MachineFault } from './machine-fault.ts';
import type { State } from './machine.ts';
import { allStates, type MachineFlow } from './machine-flow.ts';

/** Characters that a state's name may have. Source: "Step Functions service quotas". */
const LONGEST_NAME = 80;

/** Transitions that lead nowhere, states that no transition leads to, and names that cannot be. */
export function checkTransitions(machine: MachineFlow): readonly MachineFault[] {
  return [...checkFlow(machine, ''), ...checkNames(machine)];
}

function checkFlow(flow: MachineFlow, place: string): MachineFault[] {
  const targets = new Map(flow.states.map(({ name, state }) => [name, transitionsOf(state)]));
  const reached = reachable(flow.startAt, targets);
  const start = targets.has(flow.startAt) ? [] : [unknown(place, 'StartAt', flow.startAt)];
  return [
    ...start,
    ...flow.states.flatMap(({ name, inner }) => [
      ...(targets.get(name) ?? [])
        .filter(({ to }) => !targets.has(to))
        .map(({ field, to }) => unknown(name, field, to)),
      ...(reached.has(name)
        ? []
        : [{ state: name, problem: 'no transition leads to it; remove it or lead one to it' }]),
      ...inner.flatMap((one) => checkFlow(one, name)),
    ]),
  ];
}

interface Transition {
  readonly field: string;
  readonly to: string;
}

function transitionsOf(state: State): readonly Transition[] {
  const transitions: Transition[] = [];
  if ('Next' in state && state.Next !== undefined) transitions.push({ field: 'Next', to: state.Next });
  if (state.Type === 'Choice') {
    state.Choices.forEach((rule, index) =>
      transitions.push({ field: `Choices[${index}].Next`, to: rule.Next }),
    );
    if (state.Default !== undefined) transitions.push({ field: 'Default', to: state.Default });
  }
  if ('Catch' in state)
    state.Catch?.forEach((one, index) => transitions.push({ field: `Catch[${index}].Next`, to: one.Next }));
  return transitions;
}

function reachable(
  startAt: string,
  targets: ReadonlyMap<string, readonly Transition[]>,
): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [startAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    open.push(...(targets.get(name) ?? []).map(({ to }) => to));
  }
  return reached;
}

const unknown = (state: string, field: string, to: string): MachineFault => ({
  state,
  problem: `${field} names '${to}', which is no state beside it; name one that is`,
});

/** A name must be unique in the whole machine, branches and map bodies included (ASL specification, "States"). */
function checkNames(machine: MachineFlow): MachineFault[] {
  const names = allStates(machine).map(({ name }) => name);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return [
    ...[...new Set(twice)].map((state) => ({
      state,
      problem: 'another state of the machine has the same name; rename one',
    })),
    ...names
      .filter((name) => name.length > LONGEST_NAME)
      .map((state) => ({
        state,
        problem: `its name has ${state.length} characters, more than ${LONGEST_NAME}; shorten it`,
      })),
  ];
}
