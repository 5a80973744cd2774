import type { StateMachine } from '../../asl/machine.ts';
import type { Graph, GraphEdge, GraphNode } from '../../asl/graph/graph.ts';
import { graphOf } from '../../asl/graph/graph-of.ts';
import type { StepNode, WorkflowNode } from '../../ast/step-node.ts';
import { stateName } from '../state-name.ts';
import { stepPlaces, stepsByState } from '../step-places.ts';

/** The graph of a workflow's machine: each state with the step it comes from, each way with its author's name. */
export function workflowGraph(workflow: WorkflowNode, machine: StateMachine): Graph {
  const { nodes, groups, edges } = graphOf(machine);
  const stepOf = stepPlaces(workflow);
  const steps = new Map([...stepsByState(workflow)].map(([state, { step }]) => [state, step] as const));
  const undos = new Set(
    [...steps].flatMap(([name, step]) =>
      step.kind === 'run' && step.undo ? [stateName([name, 'Undo'])] : [],
    ),
  );
  return {
    nodes: nodes.map((node): GraphNode => ({
      ...node,
      ...(undos.has(node.id) ? { kind: 'undo' } : {}),
      ...namingItems(node, steps.get(node.id)),
      ...(node.kind === 'start' || node.kind === 'end' ? {} : { step: stepOf(node.id) }),
    })),
    groups: groups.map((group) => ({
      ...group,
      label: branchLabel(group, steps.get(group.of)) ?? group.label,
    })),
    edges: withWays(edges, steps),
  };
}

/** What a loop calls its element is better than `each`. */
const namingItems = ({ detail }: GraphNode, step: StepNode | undefined): { readonly detail?: string } =>
  step?.kind === 'forEach' && detail !== undefined
    ? { detail: detail.replace('for each', `for each ${step.as}`) }
    : {};

function branchLabel({ id }: { readonly id: string }, step: StepNode | undefined): string | undefined {
  if (step?.kind === 'forEach') return step.as;
  const index = Number(/\[(\d+)\]$/.exec(id)?.[1]);
  return step?.kind === 'parallel' ? Object.keys(step.branches)[index] : undefined;
}

/** A choice's conditions are in the order of its cases, and its Default is the last way. */
function withWays(edges: readonly GraphEdge[], steps: ReadonlyMap<string, StepNode>): readonly GraphEdge[] {
  const seen = new Map<string, number>();
  return edges.map((edge) => {
    const step = steps.get(edge.from);
    if (step?.kind !== 'choose') return edge;
    if (edge.kind === 'default') return { ...edge, way: 'otherwise' };
    const index = seen.get(edge.from) ?? 0;
    seen.set(edge.from, index + 1);
    const label = step.cases[index]?.label;
    return label === undefined ? edge : { ...edge, way: label };
  });
}
