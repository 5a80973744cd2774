import type { FlowNode, StepNode, WorkflowNode } from '../ast/step-node.ts';
import { flowsWithin } from '../ast/walk-steps.ts';
import type { DraftFlow } from './draft.ts';
import { variablesAssigned } from './walk.ts';

/**
 * Names that Step Functions would refuse: of two states of the whole machine, or of a variable that an inner
 * scope sets although an outer one has it ("Passing data between states with variables", "Variable scope").
 */
export function checkNames(
  flow: DraftFlow,
  { name: workflow, flow: authored }: WorkflowNode,
): readonly string[] {
  const names = stateNames(flow);
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [
    ...[...twice].map(
      (name) =>
        `${workflow}: two states would be named '${name}'; rename the step or way '${lastPart(name)}', which may ` +
        `have the name of one of the compiler's own states, such as 'done', 'each', 'failed' or 'return'`,
    ),
    ...usedTwice(authored, [workflow]),
    ...hiddenVariables(flow, new Set()).map(
      (name) =>
        `${workflow}: a step inside another one is named '${name}', like a step or value around it; rename one of them`,
    ),
  ];
}

/** As the author wrote it: `done` of `Copies.Done`. */
const lastPart = (name: string): string => {
  const part = name.split('.').at(-1) ?? name;
  return part.charAt(0).toLowerCase() + part.slice(1);
};

const innerFlows = (flow: DraftFlow): readonly DraftFlow[] =>
  flow.states.flatMap((draft) => {
    if (draft.type === 'Parallel') return draft.branches;
    return draft.type === 'Map' ? [draft.body] : [];
  });

const stateNames = (flow: DraftFlow): readonly string[] => [
  ...flow.states.map(({ name }) => name),
  ...innerFlows(flow).flatMap(stateNames),
];

function hiddenVariables(flow: DraftFlow, outer: ReadonlySet<string>): readonly string[] {
  const own = variablesAssigned(flow);
  const around = new Set([...outer, ...own]);
  return [
    ...[...own].filter((name) => outer.has(name)),
    ...innerFlows(flow).flatMap((inner) => hiddenVariables(inner, around)),
  ];
}

/**
 * Steps of one name in one variable scope: behind a way that set it, the other one's variable would hold a value
 * that is not its own. Ways that exclude each other may use a name twice.
 */
function usedTwice(flow: FlowNode, path: readonly string[]): readonly string[] {
  const faults: string[] = [];
  namesIn(flow, path, faults);
  return faults;
}

/** Steps without a result of their own. */
const UNASSIGNED: ReadonlySet<StepNode['kind']> = new Set(['wait', 'succeed', 'fail']);

function namesIn(flow: FlowNode, path: readonly string[], faults: string[]): ReadonlySet<string> {
  const used = new Set<string>();
  for (const step of flow.steps) {
    const at = 'name' in step ? [...path, step.name] : path;
    const own = 'name' in step && !UNASSIGNED.has(step.kind) ? [step.name] : [];
    for (const name of [...own, ...partsOf(step, at, faults)]) {
      if (used.has(name))
        faults.push(
          `${at.join(' › ')}: another step before it is named '${name}', and both would share a variable; ` +
            `rename one of them`,
        );
      used.add(name);
    }
  }
  return used;
}

/** The names that the inside of a step sets in the scope around it. */
function partsOf(step: StepNode, path: readonly string[], faults: string[]): readonly string[] {
  const inner = flowsWithin(step).map(([label, within]) => namesIn(within, [...path, ...label], faults));
  const separate = step.kind === 'parallel' || step.kind === 'forEach';
  return separate ? [] : [...new Set(inner.flatMap((names) => [...names]))];
}
