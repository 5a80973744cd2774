import { instance } from '@viz-js/viz';

/** Lays out a graph and draws it. Source: Graphviz, compiled to WebAssembly. */
export async function drawGraph(dot: string): Promise<string> {
  const viz = await instance();
  return viz.renderString(dot, { format: 'svg', engine: 'dot' });
}
