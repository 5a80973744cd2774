import type { ExpressionNode } from '../../ast/expression-node.ts';
import { literal, operation } from '../../ast/node.ts';

/** Whether a text is one of these. */
export const isOneOf = (error: ExpressionNode, names: readonly string[]): ExpressionNode =>
  names.length === 1
    ? operation('=', error, literal(names[0] ?? ''))
    : operation('in', error, literal([...names]));
