import type { ExpressionNode, TemplateNode } from '../../ast/expression-node.ts';
import { value } from '../../ast/node.ts';
import { mapReferences, mapTemplate } from '../walk.ts';

/** A recovery's value with the error written out, since no state gives it as `$states.errorOutput` here. */
export function withError(
  template: TemplateNode,
  error: { readonly Error: ExpressionNode; readonly Cause: ExpressionNode },
): TemplateNode {
  const whole: ExpressionNode = {
    kind: 'template',
    template: { kind: 'object', fields: { Error: value(error.Error), Cause: value(error.Cause) } },
  };
  return mapTemplate(template, (node) =>
    mapReferences(node, (reference) => {
      if (reference.variable !== 'states' || reference.path[0] !== 'errorOutput') return reference;
      const field = reference.path[1];
      return field === undefined ? whole : error[field as 'Error' | 'Cause'];
    }),
  );
}
