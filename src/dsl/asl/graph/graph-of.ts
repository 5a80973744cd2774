import { itemProcessorOf } from '../item-processor.ts';
import type { Branch, State, StateMachine } from '../machine.ts';
import { describeState, isOverNothing, short } from './describe-state.ts';
import { END, type Graph, type GraphEdge, type GraphGroup, type GraphNode, START } from './graph.ts';

/** The graph of any machine: its states, the ways between them, and what is inside of what. */
export function graphOf(machine: StateMachine): Graph {
  const inner = branchGraph(machine, undefined);
  const ends = inner.nodes.filter(({ ends, group }) => ends && group === undefined);
  return {
    nodes: [
      { id: START, label: 'Start', kind: 'start' },
      ...inner.nodes,
      ...(ends.length > 0 ? [{ id: END, label: 'End', kind: 'end' } as const] : []),
    ],
    groups: inner.groups,
    edges: [
      { from: START, to: machine.StartAt, kind: 'start' },
      ...inner.edges,
      ...ends.map(({ id }): GraphEdge => ({ from: id, to: END, kind: 'next' })),
    ],
  };
}

function branchGraph(branch: Branch, group: string | undefined): Graph {
  const parts = Object.entries(branch.States).map(([name, state]) => stateGraph(name, state, group));
  return together(parts);
}

function stateGraph(name: string, state: State, group: string | undefined): Graph {
  const node: GraphNode = {
    id: name,
    label: name,
    ...describeState(state),
    ...(group === undefined ? {} : { group }),
    ...(endsWell(state) ? { ends: true } : {}),
  };
  const bodies = branchesOf(name, state).map(({ id, label, branch }): Graph => {
    const inner = branchGraph(branch, id);
    const own: GraphGroup = { id, label, of: name };
    const start: GraphEdge = { from: name, to: branch.StartAt, kind: 'start' };
    return { nodes: inner.nodes, groups: [own, ...inner.groups], edges: [start, ...inner.edges] };
  });
  return together([
    { nodes: [node], groups: [], edges: [] },
    ...bodies,
    { nodes: [], groups: [], edges: edgesOf(name, state) },
  ]);
}

const endsWell = (state: State): boolean =>
  state.Type === 'Succeed' || ('End' in state && state.End === true);

interface Body {
  readonly id: string;
  readonly label: string;
  readonly branch: Branch;
}

function branchesOf(name: string, state: State): readonly Body[] {
  if (state.Type === 'Parallel')
    return state.Branches.map((branch, index) => ({
      id: `${name}[${index}]`,
      label: `branch ${index + 1}`,
      branch,
    }));
  return state.Type === 'Map' && !isOverNothing(state)
    ? [{ id: `${name}[each]`, label: 'each', branch: itemProcessorOf(state) }]
    : [];
}

function edgesOf(name: string, state: State): readonly GraphEdge[] {
  if (state.Type === 'Choice') {
    const choices = state.Choices.map(({ Condition, Next, ...comparison }): GraphEdge => ({
      from: name,
      to: Next,
      kind: 'choice',
      label: short(typeof Condition === 'string' ? Condition : JSON.stringify(Condition ?? comparison)),
    }));
    return state.Default === undefined
      ? choices
      : [...choices, { from: name, to: state.Default, kind: 'default' }];
  }
  const next = 'Next' in state && state.Next !== undefined ? [state.Next] : [];
  const catchers = 'Catch' in state ? (state.Catch ?? []) : [];
  return [
    ...next.map((to): GraphEdge => ({ from: name, to, kind: 'next' })),
    ...catchers.map(({ ErrorEquals, Next }): GraphEdge => ({
      from: name,
      to: Next,
      kind: 'catch',
      label: short(ErrorEquals.join(', ')),
    })),
  ];
}

const together = (graphs: readonly Graph[]): Graph => ({
  nodes: graphs.flatMap(({ nodes }) => nodes),
  groups: graphs.flatMap(({ groups }) => groups),
  edges: graphs.flatMap(({ edges }) => edges),
});
