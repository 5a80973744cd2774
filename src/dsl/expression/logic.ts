import type { ExpressionNode } from '../ast/expression-node.ts';
import { type Expression, type Ref, type Template, type Value, expressionOf } from './expression.ts';
import { operation } from './operation.ts';
import { operandOf } from './template.ts';

/** True when every condition is. With no condition: true. JSONata `and`. */
export const and = (...conditions: Template<boolean>[]): Expression<boolean> =>
  joined('and', true, conditions);

/** True when any condition is. With no condition: false. JSONata `or`. */
export const or = (...conditions: Template<boolean>[]): Expression<boolean> =>
  joined('or', false, conditions);

function joined(operator: 'and' | 'or', empty: boolean, conditions: Template<boolean>[]) {
  const [first, ...rest] = conditions.map(operandOf);
  const node = rest.reduce<ExpressionNode>(
    (left, right) => ({ kind: 'operation', operator, operands: [left, right] }),
    first ?? { kind: 'literal', value: empty },
  );
  return expressionOf<boolean>(node);
}

/** JSONata `$not`. */
export const not = (condition: Template<boolean>): Expression<boolean> => operation('not', condition);

/** True when the value is there (null counts). JSONata `$exists`. */
export const exists = (value: Expression<unknown>): Expression<boolean> => operation('exists', value);

/** The value, or the fallback where it is missing; null is there. JSONata `$exists(v) ? v : fallback`. */
export const orElse = <T>(
  value: Expression<T>,
  fallback: Template<Exclude<T, undefined>>,
): Ref<Exclude<T, undefined>> => operation('orElse', value, fallback);

/** One value or the other; a missing condition counts as false. JSONata `condition ? then : otherwise`. */
export const ifElse = <const Then, const Otherwise>(
  condition: Expression<boolean>,
  then: Then,
  otherwise: Otherwise,
): Ref<Value<Then> | Value<Otherwise>> => operation('choose', condition, then, otherwise);
