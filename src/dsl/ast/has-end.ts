import type { FlowNode, StepNode } from './step-node.ts';

/** Whether a flow ends the execution itself on every way, so that nothing comes behind it. */
export function hasEnd(flow: FlowNode): boolean {
  const last = flow.steps.at(-1);
  return last !== undefined && endsAlways(last);
}

function endsAlways(step: StepNode): boolean {
  switch (step.kind) {
    case 'fail':
    case 'succeed':
      return true;
    case 'choose':
      return hasEnd(step.otherwise) && step.cases.every(({ flow }) => hasEnd(flow));
    case 'try':
      return (
        hasEnd(step.flow) &&
        step.clauses.every(({ flow }) => hasEnd(flow)) &&
        (step.otherwise === undefined || hasEnd(step.otherwise))
      );
    case 'run':
    case 'callback':
    case 'poll':
    case 'repeat':
    case 'wait':
    case 'parallel':
    case 'forEach':
    case 'pointOfNoReturn':
      return false;
  }
}
