import type { FlowNode, StepNode, WorkflowNode } from '../ast/step-node.ts';

/** What is unbounded or out of proportion: a step that may outlast its own workflow. */
export function checkBounds(workflow: WorkflowNode): readonly string[] {
  return faultsOf(workflow.flow, [workflow.name], workflow.timeoutSeconds);
}

function faultsOf(flow: FlowNode, path: readonly string[], limit: number): string[] {
  return flow.steps.flatMap((step) => {
    const at = 'name' in step ? [...path, step.name] : path;
    const own = boundOf(step);
    const fault =
      own !== undefined && own >= limit
        ? [
            `${at.join(' › ')}: may take ${own} seconds, not less than the workflow's ${limit}; ` +
              `a child's timeout must be shorter than its parent's`,
          ]
        : [];
    return [
      ...fault,
      ...flowsOf(step).flatMap(([label, inner]) => faultsOf(inner, [...at, ...label], limit)),
    ];
  });
}

function boundOf(step: StepNode): number | undefined {
  if (step.kind === 'run') return step.call.timeoutSeconds;
  if (step.kind === 'poll') return step.giveUpAfterSeconds + step.call.timeoutSeconds;
  if (step.kind === 'wait' && step.seconds.kind === 'literal') return Number(step.seconds.value);
  return undefined;
}

/** The flows within a step, with what their paths have after the step's. */
function flowsOf(step: StepNode): readonly (readonly [path: readonly string[], flow: FlowNode])[] {
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
    case 'run':
    case 'poll':
    case 'wait':
    case 'fail':
    case 'pointOfNoReturn':
      return [];
  }
}
