import type { Graph, GraphEdge, GraphNode, NodeKind } from './graph.ts';

type Attributes = Readonly<Record<string, string>>;

/** Attributes of Graphviz that are laid over a graph's own. */
export interface GraphOverlay {
  readonly node: (node: GraphNode) => Attributes;
  readonly edge: (edge: GraphEdge) => Attributes;
}

const nothing: GraphOverlay = { node: () => ({}), edge: () => ({}) };

/**
 * A graph as text for Graphviz: forks and what is in them are boxes, what failures do is dashed.
 *
 * @example
 * graphDot(compile(ship).graph.steps, 'Ship').slice(0, 16); // → "digraph \"Ship\" {"
 */
export function graphDot(graph: Graph, title: string, overlay: GraphOverlay = nothing): string {
  const lines = [
    `digraph ${quoted(title)} {`,
    ...Object.entries(DEFAULTS).map(([what, given]) => `  ${what} [${attributes(given)}]`),
    `  label=${quoted(title)}`,
    ...boxLines({ graph, overlay }, undefined, '  '),
    ...graph.edges.map((edge) => `  ${edgeLine(edge, graph, overlay.edge(edge))}`),
    ...graph.nodes.flatMap((node) => joinLines(node, graph).map((line) => `  ${line}`)),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

const FONT = 'Helvetica';

const DEFAULTS = {
  graph: { compound: 'true', fontname: FONT, fontsize: '14', labelloc: 't', nodesep: '0.35', ranksep: '0.4' },
  node: { fontname: FONT, fontsize: '11', shape: 'box', style: 'rounded,filled', margin: '0.18,0.09' },
  edge: { fontname: FONT, fontsize: '9', color: '#475569', fontcolor: '#334155', arrowsize: '0.7' },
} as const;

/** How a node looks, by what it is: calls have strong colours, what only steers is pale. */
const LOOKS: Readonly<Record<NodeKind, Attributes>> = {
  start: { shape: 'circle', style: 'filled', fillcolor: '#1e293b', fontcolor: 'white', margin: '0.02' },
  end: { shape: 'doublecircle', style: 'filled', fillcolor: '#1e293b', fontcolor: 'white', margin: '0.02' },
  task: { fillcolor: '#fed7aa', color: '#c2410c' },
  sdk: { fillcolor: '#bfdbfe', color: '#1d4ed8' },
  workflow: { fillcolor: '#fbcfe8', color: '#be185d', peripheries: '2' },
  integration: { fillcolor: '#c7d2fe', color: '#4338ca' },
  callback: { fillcolor: '#fef08a', color: '#a16207' },
  wait: { fillcolor: '#e2e8f0', color: '#64748b' },
  choice: { fillcolor: '#fef9c3', color: '#a16207', shape: 'diamond', style: 'filled', margin: '0.02' },
  parallel: { fillcolor: '#ddd6fe', color: '#6d28d9' },
  map: { fillcolor: '#ddd6fe', color: '#6d28d9' },
  pass: { fillcolor: '#f8fafc', color: '#94a3b8' },
  succeed: { fillcolor: '#bbf7d0', color: '#15803d' },
  fail: { fillcolor: '#fecaca', color: '#b91c1c' },
  undo: { fillcolor: '#ffedd5', color: '#b91c1c', style: 'rounded,filled,dashed' },
};

const EDGES: Readonly<Record<GraphEdge['kind'], Attributes>> = {
  start: {},
  next: {},
  choice: {},
  default: {},
  catch: { style: 'dashed', color: '#b91c1c', fontcolor: '#b91c1c' },
  retry: { style: 'dotted', color: '#a16207', fontcolor: '#a16207' },
  undo: { style: 'dashed', color: '#b91c1c', fontcolor: '#b91c1c', constraint: 'false' },
};

interface Drawing {
  readonly graph: Graph;
  readonly overlay: GraphOverlay;
}

/** The nodes of one group, each fork in a box with its own groups. */
function boxLines(drawing: Drawing, group: string | undefined, indent: string): readonly string[] {
  const { graph, overlay } = drawing;
  return graph.nodes
    .filter((node) => node.group === group)
    .flatMap((node) => {
      const line = `${indent}${nodeLine(node, overlay.node(node))}`;
      const groups = graph.groups.filter(({ of }) => of === node.id);
      if (groups.length === 0) return [line];
      const within = `${indent}  `;
      return [
        `${indent}subgraph ${quoted(`cluster_${node.id}`)} {`,
        `${within}graph [${attributes({ label: '', style: 'rounded', color: '#6d28d9', penwidth: '1.2' })}]`,
        `${within.slice(2)}  ${nodeLine(node, overlay.node(node))}`,
        ...groups.flatMap(({ id, label }) =>
          groups.length === 1
            ? boxLines(drawing, id, within)
            : [
                `${within}subgraph ${quoted(`cluster_${id}`)} {`,
                `${within}  graph [${attributes({ label, fontsize: '11', labeljust: 'l', style: 'rounded,dashed', color: '#94a3b8' })}]`,
                ...boxLines(drawing, id, `${within}  `),
                `${within}}`,
              ],
        ),
        `${within}${quoted(joinOf(node.id))} [shape=point, width=0.08, color="#6d28d9"]`,
        `${indent}}`,
      ];
    });
}

function nodeLine({ id, label, detail, kind }: GraphNode, over: Attributes): string {
  const text = detail === undefined ? label : `${label}\n${detail}`;
  return `${quoted(id)} [${attributes({ label: text, ...LOOKS[kind], ...over })}]`;
}

/** What a fork leads to comes from where its groups come together. */
function edgeLine({ from, to, kind, label, way }: GraphEdge, graph: Graph, over: Attributes): string {
  const isFork = graph.groups.some(({ of }) => of === from);
  const leaves = isFork && kind !== 'start';
  const tail = leaves ? joinOf(from) : from;
  const text = way ?? (kind === 'default' ? 'otherwise' : label);
  const looks = {
    ...(text === undefined || kind === 'start' ? {} : { label: inLines(text) }),
    ...EDGES[kind],
    ...over,
    ...(leaves ? { ltail: `cluster_${from}` } : {}),
  };
  return `${quoted(tail)} -> ${quoted(to)}${Object.keys(looks).length > 0 ? ` [${attributes(looks)}]` : ''}`;
}

/** Characters in a line of a label beside an edge. */
const LINE = 24;

/** Words in short lines, away from the edge. */
const inLines = (text: string): string =>
  text
    .split(' ')
    .reduce<string[]>((lines, word) => {
      const last = lines.at(-1);
      if (last === undefined || last.length + word.length >= LINE) return [...lines, word];
      return [...lines.slice(0, -1), `${last} ${word}`];
    }, [])
    .map((line) => ` ${line} `)
    .join('\n');

const joinOf = (fork: string): string => `${fork} (together)`;

/** From the ends of a fork's groups to where they come together. */
function joinLines(node: GraphNode, graph: Graph): readonly string[] {
  const groups = graph.groups.filter(({ of }) => of === node.id).map(({ id }) => id);
  const ends = graph.nodes.filter(
    ({ group, ends: last }) => last && group !== undefined && groups.includes(group),
  );
  return ends.map(({ id }) => {
    const isFork = graph.groups.some(({ of }) => of === id);
    return `${quoted(isFork ? joinOf(id) : id)} -> ${quoted(joinOf(node.id))} [arrowhead=none, color="#94a3b8"]`;
  });
}

const attributes = (given: Attributes): string =>
  Object.entries(given)
    .map(([name, value]) => `${name}=${quoted(value)}`)
    .join(', ');

const quoted = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
