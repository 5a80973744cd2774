import { short } from '../../asl/graph/describe-state.ts';
import { END, type Graph, type GraphEdge, type GraphNode, START } from '../../asl/graph/graph.ts';
import type { StepNode, WaitNode, WorkflowNode } from '../../ast/step-node.ts';
import { jsonata } from '../render/jsonata.ts';
import { stateName } from '../state-name.ts';
import { stepsByState } from '../step-places.ts';

/**
 * The graph of what the author wrote, made of the graph of the states: one node for each step, without the input's
 * check, the inside of polls and repeats, and the states that only keep a result. An undo hangs on its own step
 * instead of being drawn from everything that may fail.
 */
export function stepGraph(workflow: WorkflowNode, states: Graph): Graph {
  // A step that is there twice is drawn once.
  const steps = new Map(
    [...stepsByState(workflow)].flatMap(([state, { step, path }]) =>
      state === stateName(path) ? [[state, step] as const] : [],
    ),
  );
  const last = lastBeforeNoReturn(workflow);
  const folding = new Folding(states, steps);
  const nodes = states.nodes.filter(({ id }) => folding.isKept(id));
  const edges = distinctEdges([...states.edges.flatMap((edge) => folding.edge(edge)), ...undoEdges(nodes)]);
  const reached = new Set(edges.map(({ to }) => to));
  return {
    nodes: nodes
      .filter(({ id, kind }) => kind === 'start' || reached.has(id))
      .map((node) => ({
        ...node,
        ...namedAfter(node, steps.get(node.id)),
        ...(folding.endsAfter(node.id) ? { ends: true as const } : {}),
      })),
    groups: states.groups.filter(({ of }) => folding.isKept(of)),
    edges: edges
      .filter(({ from, to }) => from === START || (reached.has(from) && reached.has(to)))
      .map((edge) => (edge.kind === 'next' && edge.from === last ? { ...edge, label: NO_RETURN } : edge)),
  };
}

/** Which states are drawn, and where the ways of the others lead. */
class Folding {
  readonly #nodes: ReadonlyMap<string, GraphNode>;
  readonly #next: ReadonlyMap<string, string>;
  readonly #steps: ReadonlyMap<string, StepNode>;
  readonly #ending = new Set<string>();

  constructor({ nodes, edges }: Graph, steps: ReadonlyMap<string, StepNode>) {
    this.#nodes = new Map(nodes.map((node) => [node.id, node]));
    this.#next = new Map(
      edges.flatMap(({ from, to, kind }) =>
        kind === 'next' || kind === 'default' ? [[from, to] as const] : [],
      ),
    );
    this.#steps = steps;
    for (const { from, to } of edges) {
      // The steps before it end there: the choice that it belongs to does only if a way of it does nothing.
      if (this.#isOnTheWay(from)) continue;
      const end = this.#leadsTo(to);
      if (end !== undefined && this.#endsWell(end)) this.#ending.add(this.#drawnAs(from));
    }
  }

  isKept(id: string): boolean {
    const node = this.#nodes.get(id);
    if (node === undefined) return false;
    if (node.kind === 'start' || node.kind === 'end' || node.kind === 'undo') return true;
    // The states of a try answer to several names; only the choice between its clauses is worth a node.
    return this.#steps.has(id) || id === FAILED || id.endsWith('.Which');
  }

  /** Whether the branch or iteration ends behind a step. */
  endsAfter(id: string): boolean {
    return this.#ending.has(id);
  }

  edge({ from, to, kind, label, way }: GraphEdge): readonly GraphEdge[] {
    if (this.#isOnTheWay(from)) return [];
    const [source, target] = [this.#drawnAs(from), this.#drawnTarget(from === START ? CHECKED : to)];
    if (target === undefined || source === target || !this.isKept(source) || !this.isKept(target)) return [];
    const isUndo = (id: string) => id === FAILED || this.#nodes.get(id)?.kind === 'undo';
    if (isUndo(target) && !isUndo(source)) return [];
    if (isUndo(source)) return [{ from: source, to: target, kind: 'next' }];
    if (way !== undefined) return [{ from: source, to: target, kind, way }];
    // What a part of a step chooses between is its own affair.
    const drawn = this.#isCaught(to) ? 'catch' : kind === 'choice' || kind === 'default' ? 'next' : kind;
    const answers = kind === 'catch' && label !== undefined && !label.includes('States.ALL');
    return [{ from: source, to: target, kind: drawn, ...(answers ? { label } : {}) }];
  }

  /** The drawn state that a state is a part of. */
  #drawnAs(id: string): string {
    const step = this.#nodes.get(id)?.step ?? [];
    return this.isKept(id) || step.length === 0 ? id : stateName(step);
  }

  /** The end of the whole machine has a node, those of branches and iterations have none. */
  #drawnTarget(id: string): string | undefined {
    const target = this.#leadsTo(id);
    if (target === undefined || !this.#endsWell(target)) return target;
    return this.#nodes.get(target)?.group === undefined ? END : undefined;
  }

  /** The state that one comes to which is drawn, or is a good end; undefined for a failure within a step. */
  #leadsTo(id: string): string | undefined {
    for (let at: string | undefined = id; at !== undefined; at = this.#next.get(at)) {
      if (this.isKept(at) || this.#endsWell(at)) return at;
      if (this.#isOnTheWay(at)) continue;
      return this.#nodes.get(at)?.kind === 'fail' ? undefined : this.#drawnAs(at);
    }
    return undefined;
  }

  /** Whether a way leads to what answers a failure: that of a step that gives up is no Catch of a state. */
  #isCaught(id: string): boolean {
    for (let at: string | undefined = id; at !== undefined && this.#isOnTheWay(at); at = this.#next.get(at))
      if (at.endsWith('.Caught')) return true;
    return false;
  }

  /** What only keeps a value, or goes on after a `finally`, is on the way between steps. */
  #isOnTheWay(id: string): boolean {
    if (this.isKept(id)) return false;
    return this.#nodes.get(id)?.kind === 'pass' || id.endsWith('.Ended');
  }

  /** A Succeed state that is no step of its own. */
  #endsWell(id: string): boolean {
    return !this.#steps.has(id) && this.#nodes.get(id)?.kind === 'succeed';
  }
}

const NO_RETURN = 'point of no return';

/** The state of the step that the point of no return comes after. */
function lastBeforeNoReturn({ flow }: WorkflowNode): string | undefined {
  const point = flow.steps.findIndex(({ kind }) => kind === 'pointOfNoReturn');
  const before = flow.steps[point - 1];
  return before !== undefined && 'name' in before ? stateName([before.name]) : undefined;
}

/** Where the steps begin: the input is checked, and kept. */
const CHECKED = 'Input';

/** What the chain of undos ends in. */
const FAILED = 'Failed';

const undoEdges = (nodes: readonly GraphNode[]): readonly GraphEdge[] =>
  nodes.flatMap(({ id, kind }): GraphEdge[] =>
    kind === 'undo' ? [{ from: id.replace(/\.Undo$/, ''), to: id, kind: 'undo', label: 'undo' }] : [],
  );

/** Each once; one that is drawn as going on is not drawn as a failure too. */
function distinctEdges(edges: readonly GraphEdge[]): readonly GraphEdge[] {
  const byText = new Map(edges.map((edge) => [JSON.stringify(edge), edge]));
  const forward = new Set(edges.flatMap(({ from, to, kind }) => (kind === 'next' ? [`${from} ${to}`] : [])));
  return [...byText.values()].filter(
    ({ from, to, kind }) => kind !== 'catch' || !forward.has(`${from} ${to}`),
  );
}

/** The author's own name, and what a loop does. */
function namedAfter(
  { id, detail, kind, step = [] }: GraphNode,
  node: StepNode | undefined,
): Partial<GraphNode> {
  if (kind === 'undo') return { label: `undo ${step.at(-1) ?? ''}` };
  if (node === undefined) return id.endsWith('.Which') ? { label: `${step.at(-1) ?? ''} failed` } : {};
  const label = step.at(-1) ?? id;
  if (node.kind === 'poll')
    return {
      label,
      detail: `${detail ?? ''}\nevery ${inWords(node.everySeconds)}, for ${inWords(node.giveUpAfterSeconds)}`,
    };
  if (node.kind === 'repeat')
    return { label, detail: `${detail ?? ''}\nagain and again, ${node.atMost} times at most` };
  if (node.kind === 'wait') return { label, ...untilWhen(node, detail) };
  if (node.kind === 'fail') return { label, detail: node.error, kind: 'fail' };
  return { label };
}

/** What a wait waits for as its author wrote it, also where that is computed in another state. */
function untilWhen({ wait }: WaitNode, detail: string | undefined): Partial<GraphNode> {
  const time = 'seconds' in wait ? wait.seconds : wait.until;
  if (time.kind !== 'literal') return { detail: short(jsonata(time)) };
  return detail === undefined ? {} : { detail };
}

const UNITS = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
] as const;

function inWords(seconds: number): string {
  const [size, unit] = UNITS.find(([size]) => seconds % size === 0) ?? [1, 's'];
  return `${seconds / size} ${unit}`;
}
