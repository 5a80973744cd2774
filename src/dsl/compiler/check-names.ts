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
      (name) =>
        `${workflow}: two states would be named '${name}'; rename the step or way '${lastPart(name)}', which may ` +
        `have the name of one of the compiler's own states, such as 'done', 'each', 'failed' or 'return'`,
    ),
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
