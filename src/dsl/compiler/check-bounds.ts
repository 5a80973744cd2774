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
    return [...fault, ...flowsOf(step).flatMap((inner) => faultsOf(inner, at, limit))];
  });
}

function boundOf(step: StepNode): number | undefined {
  if (step.kind === 'run') return step.call.timeoutSeconds;
  if (step.kind === 'poll') return step.giveUpAfterSeconds + step.call.timeoutSeconds;
  if (step.kind === 'wait' && step.seconds.kind === 'literal') return Number(step.seconds.value);
  return undefined;
}

function flowsOf(step: StepNode): readonly FlowNode[] {
  switch (step.kind) {
    case 'choose':
      return [...step.cases.map((one) => one.flow), step.otherwise];
    case 'parallel':
      return Object.values(step.branches);
    case 'forEach':
      return [step.flow];
    case 'run':
    case 'poll':
    case 'wait':
    case 'fail':
    case 'pointOfNoReturn':
      return [];
  }
}
