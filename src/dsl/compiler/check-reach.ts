import { hasEnd } from '../ast/has-end.ts';
import type { FlowNode, WorkflowNode } from '../ast/step-node.ts';
import { flowsWithin } from '../ast/walk-steps.ts';

/** Steps that nothing leads to, since every way of the step before them ends. */
export const checkReach = (workflow: WorkflowNode): readonly string[] =>
  faultsOf(workflow.flow, [workflow.name]);

function faultsOf(flow: FlowNode, path: readonly string[]): readonly string[] {
  return flow.steps.flatMap((step, index) => {
    const at = 'name' in step ? [...path, step.name] : path;
    const inner = flowsWithin(step).flatMap(([label, within]) => faultsOf(within, [...at, ...label]));
    const next = flow.steps[index + 1];
    if (next === undefined || !hasEnd({ steps: [step], returns: undefined })) return inner;
    const name = 'name' in next ? next.name : next.kind;
    return [
      ...inner,
      `${[...path, name].join(' › ')}: nothing leads to it, since every way of '${at.at(-1)}' ends; ` +
        `let one way go on, or leave the step out`,
    ];
  });
}
