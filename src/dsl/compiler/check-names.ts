import type { DraftFlow } from './draft.ts';
import { variablesAssigned } from './walk.ts';

/**
 * Names that Step Functions would refuse: of two states of the whole machine, or of a variable that an inner
 * scope sets although an outer one has it ("Passing data between states with variables", "Variable scope").
 */
export function checkNames(flow: DraftFlow, workflow: string): readonly string[] {
  const names = stateNames(flow);
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [
    ...[...twice].map(
      (name) => `${workflow}: two states would be named '${name}'; rename one of the steps they come from`,
    ),
    ...hiddenVariables(flow, new Set()).map(
      (name) =>
        `${workflow}: a step inside another one is named '${name}', like a step or value around it; rename one of them`,
    ),
  ];
}

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
