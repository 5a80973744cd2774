import type { ExpressionNode, Parts } from '../ast/expression-node.ts';
import type { DraftFlow } from './draft.ts';
import { mapExpressions, mapTemplate } from './walk.ts';

/** Which parts of which variables are read. */
export type Reads = ReadonlyMap<string, Parts>;

/**
 * What a flow reads, nested flows included; not `$states`, nor the parameters of map and filter.
 */
export function readsOf(flow: DraftFlow): Reads {
  const reads = new Map<string, Parts>();
  const visit = (node: ExpressionNode): ExpressionNode => {
    read(node, new Set(), reads);
    return node;
  };
  mapExpressions(flow, visit);
  return reads;
}

function read(node: ExpressionNode, parameters: ReadonlySet<string>, reads: Map<string, Parts>): void {
  const inner = (one: ExpressionNode) => read(one, parameters, reads);
  switch (node.kind) {
    case 'reference':
      if (node.variable !== 'states' && !parameters.has(node.variable))
        reads.set(node.variable, together(reads.get(node.variable), partAt(node.path, true)));
      break;
    case 'pick':
      if (node.of.kind !== 'reference') return inner(node.of);
      if (node.of.variable !== 'states' && !parameters.has(node.of.variable))
        reads.set(node.of.variable, together(reads.get(node.of.variable), partAt(node.of.path, node.fields)));
      break;
    case 'operation':
    case 'raw':
      node.operands.forEach(inner);
      break;
    case 'each':
      inner(node.list);
      read(node.body, new Set([...parameters, node.parameter]), reads);
      break;
    case 'template':
      mapTemplate(node.template, (one) => {
        inner(one);
        return one;
      });
      break;
    case 'literal':
      break;
  }
}

const partAt = (path: readonly string[], part: Parts): Parts =>
  path.reduceRight<Parts>((inner, field) => ({ [field]: inner }), part);

/** Both parts of one value. */
function together(left: Parts | undefined, right: Parts): Parts {
  if (left === undefined) return right;
  if (left === true || right === true) return true;
  const fields = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return Object.fromEntries(
    fields.map((field) => {
      const [one, other] = [left[field], right[field]];
      return [field, other === undefined ? (one as Parts) : together(one, other)];
    }),
  );
}
