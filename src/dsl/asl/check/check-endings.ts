import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import type { FlowNode, MachineTree } from './machine-tree.ts';
import { stateShape } from './shape.ts';
import { isTerminal, reachable, transitionsOf } from './transitions.ts';

/**
 * Flows without an end, and states from which no way leads to one. Step Functions looks only whether the machine
 * has any state that ends it (measured: floci-io/floci#2786); an endless inner flow it takes, and
 * the execution then runs until its timeout.
 */
export const checkEndings: Check = (machine) => machine.flows.flatMap((flow) => checkFlow(flow, machine));

function checkFlow(flow: FlowNode, machine: MachineTree): readonly Fault[] {
  // A state of no known Type may be meant to be the end, and is told elsewhere.
  if (flow.states.some(({ type }) => stateShape(type) === undefined)) return [];
  if (flow === machine.flow && flow.states.length > 0 && !flow.states.some(isTerminal))
    return [
      {
        code: 'missing-end',
        ...at(flow),
        problem: 'no state ends the machine',
        awsMessage: 'Workflow has no terminal state',
        remedy: 'add a Succeed or Fail, or "End": true to the last state',
      },
    ];
  const ending = endingStates(flow);
  const reached = reachable(flow);
  const stuck = flow.states.filter(({ name }) => reached.has(name) && !ending.has(name));
  const [first] = stuck;
  if (first === undefined) return [];
  const names = stuck.map(({ name }) => name).join(', ');
  return [
    {
      code: 'endless-loop',
      ...at(first),
      problem: `from here no way leads to an end: ${names}`,
      remedy: 'lead a way out, for example a Choice that counts',
    },
  ];
}

/** The states from which an end can be reached; a transition to nowhere counts as one, and is told elsewhere. */
function endingStates(flow: FlowNode): ReadonlySet<string> {
  const names = new Set(flow.states.map(({ name }) => name));
  const ending = new Set<string>();
  for (let before = -1; before !== ending.size;) {
    before = ending.size;
    for (const state of flow.states) {
      const ways = transitionsOf(state);
      const ends =
        isTerminal(state) || ways.length === 0 || ways.some(({ to }) => ending.has(to) || !names.has(to));
      if (ends) ending.add(state.name);
    }
  }
  return ending;
}
