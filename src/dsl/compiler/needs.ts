import type { CallNode, FlowNode, StepNode, WorkflowNode } from '../ast/step-node.ts';

/** What a machine's role must be allowed, as data: sorted, each once. */
export interface Needs {
  /** Lambda functions it invokes, by task name. */
  readonly tasks: readonly string[];
  /** State machines it starts and waits for, by workflow name. */
  readonly workflows: readonly string[];
  /** IAM actions of its SDK integrations, for example `dynamodb:DescribeTable`. */
  readonly actions: readonly string[];
  /** Whether it starts executions of itself, as a distributed map does. */
  readonly distributedMap: boolean;
}

/** Services whose IAM prefix is not their SDK integration's name. */
const IAM_PREFIX: Readonly<Record<string, string>> = { sfn: 'states' };

/** What the steps of a workflow, undos included, call. */
export function needsOf(workflow: WorkflowNode): Needs {
  const calls: CallNode[] = [];
  let distributedMap = false;
  const visit = (flow: FlowNode): void => flow.steps.forEach(visitStep);
  const visitStep = (step: StepNode): void => {
    switch (step.kind) {
      case 'run':
        calls.push(step.call, ...(step.undo ? [step.undo] : []));
        break;
      case 'poll':
        calls.push(step.call);
        break;
      case 'choose':
        [...step.cases.map((one) => one.flow), step.otherwise].forEach(visit);
        break;
      case 'parallel':
        Object.values(step.branches).forEach(visit);
        break;
      case 'forEach':
        distributedMap ||= step.mode === 'distributed';
        visit(step.flow);
        break;
      case 'wait':
      case 'fail':
      case 'pointOfNoReturn':
        break;
    }
  };
  visit(workflow.flow);
  const sorted = (names: readonly (string | false)[]) =>
    [...new Set(names.filter((name): name is string => name !== false))].sort();
  return {
    tasks: sorted(calls.map((call) => call.kind === 'task' && call.task)),
    workflows: sorted(calls.map((call) => call.kind === 'workflow' && call.workflow)),
    actions: sorted(
      calls.map(
        (call) =>
          call.kind === 'sdk' &&
          `${IAM_PREFIX[call.service] ?? call.service}:${call.action.charAt(0).toUpperCase()}${call.action.slice(1)}`,
      ),
    ),
    distributedMap,
  };
}
