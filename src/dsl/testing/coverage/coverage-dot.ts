import { type GraphOverlay, graphDot } from '../../asl/graph/graph-dot.ts';
import { graphOf } from '../../asl/graph/graph-of.ts';
import { END, type GraphEdge, START } from '../../asl/graph/graph.ts';
import type { StateMachine } from '../../asl/machine.ts';
import { type Coverable, coverablesOf, enteredMark, markOf } from './coverable.ts';
import { type CoverageRecord, hitsOf } from './coverage.ts';

const covered = { color: '#15803d', fontcolor: '#166534' };
const missed = { color: '#dc2626', fontcolor: '#b91c1c' };

/** A machine's picture as text for Graphviz: what was covered is green, what was not red and dashed. */
export function coverageDot(record: CoverageRecord, title: string): string {
  const drawn = graphOf(record.machine);
  const retries = retryEdges(record.machine);
  const graph = { ...drawn, edges: [...drawn.edges, ...retries.keys()] };
  const marks = new Map([...marksOf(drawn.edges), ...retries]);
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

/** An edge back to the state for each of its Retriers; their errors would be too long beside a loop. */
const retryEdges = (machine: StateMachine): ReadonlyMap<GraphEdge, Coverable> =>
  new Map(
    coverablesOf(machine)
      .filter(({ kind }) => kind === 'retries')
      .map((one) => [{ from: one.state, to: one.state, kind: 'retry', label: 'retry' }, one]),
  );

/** What counts an edge; several of a kind from one state are in the order of the definition. */
function marksOf(edges: readonly GraphEdge[]): Map<GraphEdge, Pick<Coverable, 'state' | 'mark'>> {
  const marks = new Map<GraphEdge, Pick<Coverable, 'state' | 'mark'>>();
  const seen = new Map<string, number>();
  for (const edge of edges) {
    const { from, to, kind } = edge;
    if (kind === 'start' || kind === 'undo' || kind === 'retry') continue;
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
