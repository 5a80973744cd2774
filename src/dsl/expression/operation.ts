import type { Operator } from '../ast/expression-node.ts';
import { type Ref, expressionOf } from './expression.ts';
import { operandOf } from './template.ts';

/** The expression that an operator makes of its operands. */
export const operation = <T>(operator: Operator, ...operands: unknown[]): Ref<T> =>
  expressionOf<T>({ kind: 'operation', operator, operands: operands.map(operandOf) });
