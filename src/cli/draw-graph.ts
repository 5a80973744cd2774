/** Lays out a graph in Graphviz's language and draws it. Graphviz, as WebAssembly, is loaded when it is needed. */
export async function drawGraph(dot: string): Promise<string> {
  const { instance } = await import('@viz-js/viz');
  const viz = await instance();
  return viz.renderString(dot, { format: 'svg', engine: 'dot' });
}
