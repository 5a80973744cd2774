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

/** The conditions of a Choice are in the order of the author's cases, or clauses; its Default is the last way. */
function withWays(edges: readonly GraphEdge[], steps: ReadonlyMap<string, StepNode>): readonly GraphEdge[] {
  const seen = new Map<string, number>();
  return edges.map((edge) => {
    const ways = waysOf(steps.get(edge.from) ?? steps.get(edge.from.replace(/\.Which$/, '')));
    if (ways === undefined || (edge.kind !== 'choice' && edge.kind !== 'default')) return edge;
    if (edge.kind === 'default') return { ...edge, way: 'otherwise' };
    const index = seen.get(edge.from) ?? 0;
    seen.set(edge.from, index + 1);
    const way = ways[index];
    return way === undefined ? edge : { ...edge, way };
  });
}

function waysOf(step: StepNode | undefined): readonly string[] | undefined {
  if (step?.kind === 'choose') return step.cases.map(({ label }) => label);
  return step?.kind === 'try' ? step.clauses.map(({ errors }) => errors.join(', ')) : undefined;
}
