import type { ExpressionNode, Parts, TemplateNode } from '../ast/expression-node.ts';

/** A template that keeps of its value only these parts, with their fields in alphabetical order. */
export function pickParts(template: TemplateNode, parts: Parts): TemplateNode {
  if (parts === true) return template;
  if (template.kind === 'object')
    return {
      kind: 'object',
      fields: Object.fromEntries(
        Object.entries(template.fields).flatMap(([name, field]) => {
          const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
          return part === undefined ? [] : [[name, pickParts(field, part)]];
        }),
      ),
    };
  if (template.kind === 'list') return template;
  return { ...template, value: pickOf(template.value, parts) };
}

function pickOf(node: ExpressionNode, fields: { readonly [field: string]: Parts }): ExpressionNode {
  if (node.kind === 'literal' || isOwnInput(node)) return node;
  if (node.kind === 'pick') return { ...node, fields: both(node.fields, fields) };
  if (node.kind === 'operation' && node.operator === 'choose') {
    const [condition, ...ways] = node.operands as [ExpressionNode, ...ExpressionNode[]];
    return { ...node, operands: [condition, ...ways.map((way) => pickOf(way, fields))] };
  }
  return { kind: 'pick', of: node, fields: inOrder(fields) };
}

/** A field of the input that the compiler itself made for an iteration, which holds only what is read. */
const isOwnInput = (node: ExpressionNode): boolean =>
  node.kind === 'reference' && node.variable === 'states' && node.path[0] === 'input' && node.path.length > 1;

/** What is left of a pick when only some of its fields are wanted. */
function both(
  picked: { readonly [field: string]: Parts },
  wanted: { readonly [field: string]: Parts },
): { readonly [field: string]: Parts } {
  return Object.fromEntries(
    Object.entries(picked).flatMap(([field, part]) => {
      const want = Object.hasOwn(wanted, field) ? wanted[field] : undefined;
      if (want === undefined) return [];
      if (want === true) return [[field, part]];
      return [[field, part === true ? want : both(part, want)]];
    }),
  );
}

const inOrder = (fields: { readonly [field: string]: Parts }): { readonly [field: string]: Parts } =>
  Object.fromEntries(
    Object.entries(fields)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([field, part]) => [field, part === true ? true : inOrder(part)]),
  );
