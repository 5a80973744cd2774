import { hasEnd } from '../ast/has-end.ts';
import type { FlowNode, StepNode, WorkflowNode } from '../ast/step-node.ts';
import { flowsWithin } from '../ast/walk-steps.ts';
import type { DraftFlow } from './draft.ts';
import { stateNames } from './inner-flows.ts';
import { stepsByState } from './step-places.ts';

/**
 * What nothing leads to: steps behind one whose ways all end, and the clauses of a try in which nothing can fail;
 * `flow` has only the states that something leads to.
 */
export const checkReach = (flow: DraftFlow, workflow: WorkflowNode): readonly string[] => [
  ...faultsOf(workflow.flow, [workflow.name]),
  ...idleTries(flow, workflow),
];

function idleTries(flow: DraftFlow, workflow: WorkflowNode): readonly string[] {
  const states = new Set(stateNames(flow));
  const idle = new Map<StepNode, readonly string[]>();
  const busy = new Set<StepNode>();
  for (const [state, { step, path }] of stepsByState(workflow))
    if (step.kind === 'try' && (step.clauses.length > 0 || step.otherwise)) {
      if (states.has(`${state}.Caught`)) busy.add(step);
      else idle.set(step, path);
    }
  return [...idle].flatMap(([step, path]) =>
    busy.has(step)
      ? []
      : [
          `${[workflow.name, ...path].join(' › ')}: nothing in it can fail, or it answers all its failures itself; ` +
            `put the calls that may into its 'do', or leave the try out`,
        ],
  );
}

function faultsOf(flow: FlowNode, path: readonly string[]): readonly string[] {
  return [...stepFaults(flow, path), ...endFaults(flow, path)];
}

/** A part of a step need not say returns(); a workflow must, to be one. */
function endFaults(flow: FlowNode, path: readonly string[]): readonly string[] {
  const last = flow.steps.at(-1);
  const isPart = path.length > 1;
  if (!isPart || flow.returns === undefined || last === undefined || !hasEnd(flow)) return [];
  return [
    `${path.join(' › ')}: nothing leads to its returns(), since every way of '${'name' in last ? last.name : last.kind}' ends; ` +
      `let one way go on, or leave the returns out`,
  ];
}

function stepFaults(flow: FlowNode, path: readonly string[]): readonly string[] {
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
