import type { CallNode, FlowNode, StepNode } from './step-node.ts';

/** The flows within a step, each with what its steps' paths have after the step's own. */
export function flowsWithin(step: StepNode): readonly (readonly [path: readonly string[], flow: FlowNode])[] {
  switch (step.kind) {
    case 'choose':
      return [
        ...step.cases.map(({ label, flow }) => [[label], flow] as const),
        [['otherwise'], step.otherwise],
      ];
    case 'parallel':
      return Object.entries(step.branches).map(([label, flow]) => [[label], flow]);
    case 'forEach':
      return [[[], step.flow]];
    case 'try':
      return [
        [[], step.flow],
        ...step.clauses.map(({ label, flow }) => [[label], flow] as const),
        ...(step.otherwise ? [[['otherwise'], step.otherwise] as const] : []),
        ...(step.last ? [[['finally'], step.last] as const] : []),
      ];
    case 'run':
    case 'callback':
    case 'poll':
    case 'repeat':
    case 'wait':
    case 'succeed':
    case 'fail':
    case 'pointOfNoReturn':
      return [];
  }
}

/** The calls that a step makes itself, its undo included; not those of the flows within it. */
export function callsOf(step: StepNode): readonly CallNode[] {
  switch (step.kind) {
    case 'run':
      return step.undo === undefined ? [step.call] : [step.call, step.undo];
    case 'callback':
    case 'poll':
    case 'repeat':
      return [step.call];
    case 'choose':
    case 'parallel':
    case 'forEach':
    case 'try':
    case 'wait':
    case 'succeed':
    case 'fail':
    case 'pointOfNoReturn':
      return [];
  }
}

/** Every step of a flow, in order and however deep, with its path. */
export function stepsOf(
  flow: FlowNode,
  path: readonly string[] = [],
): readonly { readonly step: StepNode; readonly path: readonly string[] }[] {
  return flow.steps.flatMap((step) => {
    const at = 'name' in step ? [...path, step.name] : path;
    const inner = flowsWithin(step).flatMap(([label, within]) => stepsOf(within, [...at, ...label]));
    return [{ step, path: at }, ...inner];
  });
}

/** The steps of a flow and of what is inside its choices and tries: those that run in its own sequence. */
export const inlineSteps = (flow: FlowNode): readonly StepNode[] =>
  flow.steps.flatMap((step) => [
    step,
    ...(step.kind === 'choose' || step.kind === 'try'
      ? flowsWithin(step).flatMap(([, inner]) => inlineSteps(inner))
      : []),
  ]);
