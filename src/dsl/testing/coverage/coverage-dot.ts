import { type GraphOverlay, graphDot } from '../../asl/graph/graph-dot.ts';
import { graphOf } from '../../asl/graph/graph-of.ts';
import { END, type Graph, type GraphEdge, START } from '../../asl/graph/graph.ts';
import type { StateMachine } from '../../asl/machine.ts';
import { type Coverable, coverablesOf, enteredMark, markOf } from './coverable.ts';
import { type CoverageRecord, hitsOf } from './coverage.ts';

const covered = { color: '#15803d', fontcolor: '#166534' };
const missed = { color: '#dc2626', fontcolor: '#b91c1c' };

/** A machine's picture as text for Graphviz: what was covered is green, what was not red and dashed. */
export function coverageDot(record: CoverageRecord, title: string): string {
  const graph = withRetries(graphOf(record.machine), record.machine);
  const marks = marksOf(graph.edges);
  const overlay: GraphOverlay = {
    node: ({ id, kind }) => {
      if (id === START || id === END) return {};
      const corners = kind === 'choice' ? '' : 'rounded,';
      return hitsOf(record, { state: id, mark: enteredMark }) > 0
        ? { ...covered, fillcolor: '#bbf7d0', style: `${corners}filled` }
        : { ...missed, fillcolor: 'white', style: `${corners}filled,dashed` };
    },
    edge: (edge) => {
      const mark = marks.get(edge) ?? { state: edge.to, mark: enteredMark };
      return hitsOf(record, mark) > 0 ? { ...covered, style: 'solid' } : { ...missed, style: 'dashed' };
    },
  };
  return graphDot(graph, title, overlay);
}

/** With an edge back to the state for each of its Retriers. */
function withRetries(graph: Graph, machine: StateMachine): Graph {
  const retries = coverablesOf(machine).filter(({ kind }) => kind === 'retries');
  return { ...graph, edges: [...graph.edges, ...retries.map(retryEdge)] };
}

/** Its errors would be too long beside a loop. */
const retryEdge = ({ state }: Coverable): GraphEdge => ({
  from: state,
  to: state,
  kind: 'retry',
  label: 'retry',
});

/** What counts an edge; several of a kind from one state are in the order of the definition. */
function marksOf(edges: readonly GraphEdge[]): Map<GraphEdge, Pick<Coverable, 'state' | 'mark'>> {
  const marks = new Map<GraphEdge, Pick<Coverable, 'state' | 'mark'>>();
  const seen = new Map<string, number>();
  for (const edge of edges) {
    const { from, to, kind } = edge;
    if (kind === 'start' || kind === 'undo') continue;
    const index = seen.get(`${kind} ${from}`) ?? 0;
    seen.set(`${kind} ${from}`, index + 1);
    const way =
      kind === 'next' || kind === 'default'
        ? ({ kind: to === END ? 'end' : kind } as const)
        : ({ kind, index } as const);
    marks.set(edge, { state: from, mark: markOf(way) });
  }
  return marks;
}
