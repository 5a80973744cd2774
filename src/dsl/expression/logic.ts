import type { ExpressionNode, Operator } from '../ast/expression-node.ts';
import { type Expression, type Ref, type Template, type Value, expressionOf } from './expression.ts';
import type { Mistake } from './mistake.ts';
import { operation } from './operation.ts';
import { operandOf } from './template.ts';

/**
 * Whether every condition holds; without any, true.
 *
 * @example
 * and(input.express, equals(input.status, 'open')); // {% $input.express and ($input.status = "open") %} → true
 */
export const and = (...conditions: Template<boolean>[]): Expression<boolean> =>
  joined('and', true, conditions);

/**
 * Whether any condition holds; without any, false.
 *
 * @example
 * or(input.express, equals(input.cents, 0)); // {% $input.express or ($input.cents = 0) %} → true
 */
export const or = (...conditions: Template<boolean>[]): Expression<boolean> =>
  joined('or', false, conditions);

function joined(operator: 'and' | 'or', empty: boolean, conditions: Template<boolean>[]) {
  const [first, ...rest] = conditions.map((condition, index) =>
    operandOf(condition, `${operator}(): operand ${index + 1}`),
  );
  const node = rest.reduce<ExpressionNode>(
    (left, right) => ({ kind: 'operation', operator, operands: [left, right] }),
    first ?? { kind: 'literal', value: empty },
  );
  return expressionOf<boolean>(node);
}

/**
 * Whether the condition does not hold; of a missing value that is true.
 *
 * @example
 * not(input.express); // {% $input.express ? false : true %} → false
 */
export const not = (condition: Template<boolean>): Expression<boolean> => {
  const node = operandOf(condition, 'not()');
  // JSONata's own `$not` of nothing is nothing.
  const given = node.kind === 'operation' && TOTAL.has(node.operator);
  return given ? operation('not', condition) : operation('choose', condition, false, true);
};

/** Operators that are true or false whatever is missing in their operands. */
const TOTAL = new Set<Operator>(['=', '!=', 'in', 'and', 'or', 'exists', 'not', 'startsWith', 'endsWith']);

/**
 * Whether the value is there; null is. To go on with another value instead use `orElse`.
 *
 * @example
 * exists(input.note); // {% $exists($input.note) %} → false
 */
export const exists = <Asked extends Expression<unknown> | undefined>(
  value: Asked & ([Asked] extends [undefined] ? Mistake<'ask about a reference'> : unknown),
): Expression<boolean> => operation('exists', value);

/**
 * The value, or the fallback where it is missing; null is there: to replace it too use
 * `orIfNull`, and `ifElse` for a condition of another kind.
 *
 * @example
 * orElse(input.note, 'none'); // {% $exists($input.note) ? $input.note : "none" %} → "none"
 */
export function orElse<T>(
  value: Expression<T> | undefined,
  fallback: Template<Exclude<T, undefined>>,
): Ref<Exclude<T, undefined>>;
export function orElse<T, const Fallback extends Template<Widened<Exclude<T, undefined>>>>(
  value: Expression<T> | undefined,
  fallback: Fallback,
): Ref<Exclude<T, undefined> | Value<Fallback>>;
export function orElse(value: unknown, fallback: unknown) {
  return operation('orElse', value, fallback);
}

/**
 * The value, or the fallback where it is null or missing. Where null is to stay use `orElse`.
 *
 * @example
 * orIfNull(input.note, 'none'); // {% ($input.note != null) ? $input.note : "none" %} → "none"
 */
export function orIfNull<T>(
  value: Expression<T> | undefined,
  fallback: Template<NonNullable<T>>,
): Ref<NonNullable<T>>;
export function orIfNull<T, const Fallback extends Template<Widened<NonNullable<T>>>>(
  value: Expression<T> | undefined,
  fallback: Fallback,
): Ref<NonNullable<T> | Value<Fallback>>;
export function orIfNull(value: unknown, fallback: unknown) {
  return operation('choose', operation('!=', value, null), value, fallback);
}

/** A value's kind, for what may stand in its place: beside 990 any number, beside 'open' any text. */
type Widened<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends boolean
      ? boolean
      : T extends object
        ? { [K in keyof T]: Widened<T[K]> }
        : T;

/**
 * One value or the other; a missing condition counts as false. To do different things rather than to compute
 * different values use the verb `choose`.
 *
 * @example
 * ifElse(input.express, 'today', 'this week'); // {% $input.express ? "today" : "this week" %} → "today"
 */
export const ifElse = <const Then, const Otherwise>(
  condition: Expression<boolean>,
  then: Then,
  otherwise: Otherwise,
): Ref<Value<Then> | Value<Otherwise>> => operation('choose', condition, then, otherwise);
