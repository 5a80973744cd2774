import type { Json } from '../../asl/machine.ts';
import type { ExpressionNode, TemplateNode } from '../../ast/expression-node.ts';
import { jsonata } from './jsonata.ts';
import { isUnsafe } from './literal-text.ts';

/** An expression as an ASL field: `{% … %}`. */
export const expressionField = (node: ExpressionNode): string => `{% ${jsonata(node)} %}`;

/** A template as ASL's JSON: literals as they are, expressions as `{% … %}`. */
export function templateJson(node: TemplateNode): Json {
  switch (node.kind) {
    case 'value':
      return valueJson(node.value);
    case 'list':
      if (node.items.some(mayBeLeftOut)) return expressionField({ kind: 'template', template: node });
      return node.items.map(templateJson);
    case 'object':
      if (isEvaluated(node.fields)) return expressionField({ kind: 'template', template: node });
      return Object.fromEntries(
        Object.entries(node.fields).map(([name, field]) => [name, templateJson(field)]),
      );
  }
}

/** Whether an object must be one expression: JSON cannot leave a field out, nor write every name as it is. */
export const isEvaluated = (fields: { readonly [name: string]: TemplateNode }): boolean =>
  Object.entries(fields).some(([name, field]) => isUnsafe(name) || mayBeLeftOut(field));

const mayBeLeftOut = (part: TemplateNode): boolean => part.kind === 'value' && part.optional === true;

function valueJson(node: ExpressionNode): Json {
  if (node.kind === 'template') return templateJson(node.template);
  // Literal text must not become an expression or a substitution.
  const asItIs = node.kind === 'literal' && !isUnsafe(JSON.stringify(node.value));
  return asItIs ? node.value : expressionField(node);
}

/** An expression where ASL wants text: literal text as it is, anything else as `{% … %}`. */
export function textField(node: ExpressionNode): string {
  const json = valueJson(node);
  return typeof json === 'string' ? json : expressionField(node);
}

/** Operators that are true or false whatever is missing in their operands. */
const TOTAL = new Set(['=', '!=', 'in', 'and', 'or', 'exists']);

/**
 * A Choice's condition. A Choice has no Catcher, so a condition without a value must not fail the execution:
 * what is undefined counts as false.
 */
export function conditionField(node: ExpressionNode): string | boolean {
  if (node.kind === 'literal' && typeof node.value === 'boolean') return node.value;
  if (node.kind === 'operation' && TOTAL.has(node.operator)) return expressionField(node);
  return `{% (${jsonata(node)}) = true %}`;
}
