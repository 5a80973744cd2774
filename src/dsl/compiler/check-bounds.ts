import { secondsText } from '../ast/duration-text.ts';
import type { StepNode, WorkflowNode } from '../ast/step-node.ts';
import { stepsOf } from '../ast/walk-steps.ts';

/** The longest that an execution may last: one year ("Step Functions service quotas"). */
const YEAR_SECONDS = 31_536_000;

/** What is out of proportion: a workflow longer than any execution, a step that may outlast its own workflow. */
export function checkBounds(workflow: WorkflowNode): readonly string[] {
  const limit = workflow.timeoutSeconds;
  const tooLong = `${workflow.name}: its timeout of ${secondsText(limit)} is more than an execution may last, one year; shorten it`;
  return [...(limit > YEAR_SECONDS ? [tooLong] : []), ...stepsThatOutlast(workflow)];
}

function stepsThatOutlast(workflow: WorkflowNode): readonly string[] {
  const limit = workflow.timeoutSeconds;
  return stepsOf(workflow.flow, [workflow.name]).flatMap(({ step, path }) => {
    const own = boundOf(step);
    if (own === undefined || own < limit) return [];
    return [
      `${path.join(' › ')}: may take ${secondsText(own)}, not less than the workflow's ${secondsText(limit)}; ` +
        remedyFor(step),
    ];
  });
}

function remedyFor(step: StepNode): string {
  if (step.kind === 'wait') return `shorten the wait, or raise the workflow's timeout`;
  if (step.kind === 'run' && step.call.kind === 'workflow')
    return `a child's timeout must be shorter than its parent's`;
  return step.kind === 'poll' || step.kind === 'callback'
    ? `lower giveUpAfter, or raise the workflow's timeout`
    : `lower the step's timeout, or raise the workflow's`;
}

function boundOf(step: StepNode): number | undefined {
  switch (step.kind) {
    case 'run':
    case 'callback':
    case 'repeat':
      return step.call.timeoutSeconds;
    case 'poll':
      return step.giveUpAfterSeconds + step.call.timeoutSeconds;
    case 'wait':
      return 'seconds' in step.wait && step.wait.seconds.kind === 'literal'
        ? Number(step.wait.seconds.value)
        : undefined;
    case 'choose':
    case 'parallel':
    case 'forEach':
    case 'try':
    case 'succeed':
    case 'fail':
    case 'pointOfNoReturn':
      return undefined;
  }
}
