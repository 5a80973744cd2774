import type { SyntaxNode } from './syntax-node.ts';

/** Whether a node has nothing but these: no predicate, group, index, focus or other mark of the parser's. */
export const only = (node: SyntaxNode, fields: readonly string[]): boolean =>
  Object.entries(node).every(
    ([field, value]) =>
      value === undefined || field === 'type' || field === 'position' || fields.includes(field),
  );
