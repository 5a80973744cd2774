import { causeOf, plainError } from '../ast/failure-text.ts';
import type { ExpressionNode, Operator } from '../ast/expression-node.ts';
import {
  type Expression,
  type Ref,
  type Template,
  type Value,
  expressionOf,
  referenceTo,
} from './expression.ts';
import { operandOf } from './template.ts';

const operation = <T>(operator: Operator, ...operands: unknown[]): Expression<T> =>
  expressionOf<T>({ kind: 'operation', operator, operands: operands.map(operandOf) });

/** True when both are the same JSON value. JSONata `=`; nothing equals a missing value. */
export const equals = <T>(left: Expression<T>, right: Template<NoInfer<T>>): Expression<boolean> =>
  operation('=', left, right);

/** True when the values differ. JSONata `!=`. */
export const differs = <T>(left: Expression<T>, right: Template<NoInfer<T>>): Expression<boolean> =>
  operation('!=', left, right);

/** Numbers by size, strings by code point. JSONata `<`. */
export const lessThan = <T extends number | string>(
  left: Expression<T>,
  right: Template<NoInfer<T>>,
): Expression<boolean> => operation('<', left, right);

/** JSONata `<=`. */
export const atMost = <T extends number | string>(
  left: Expression<T>,
  right: Template<NoInfer<T>>,
): Expression<boolean> => operation('<=', left, right);

/** JSONata `>`. */
export const moreThan = <T extends number | string>(
  left: Expression<T>,
  right: Template<NoInfer<T>>,
): Expression<boolean> => operation('>', left, right);

/** JSONata `>=`. */
export const atLeast = <T extends number | string>(
  left: Expression<T>,
  right: Template<NoInfer<T>>,
): Expression<boolean> => operation('>=', left, right);

/** True when every condition is. With no condition: true. */
export const and = (...conditions: Template<boolean>[]): Expression<boolean> => join('and', true, conditions);

/** True when any condition is. With no condition: false. */
export const or = (...conditions: Template<boolean>[]): Expression<boolean> => join('or', false, conditions);

function join(operator: 'and' | 'or', empty: boolean, conditions: Template<boolean>[]): Expression<boolean> {
  const nodes = conditions.map(operandOf);
  const joined = nodes.reduce<ExpressionNode | undefined>(
    (left, right) => (left ? { kind: 'operation', operator, operands: [left, right] } : right),
    undefined,
  );
  return expressionOf(joined ?? { kind: 'literal', value: empty });
}

/** JSONata `$not`. */
export const not = (condition: Template<boolean>): Expression<boolean> => operation('not', condition);

/** True when the value is one of those listed. JSONata `in`. */
export const oneOf = <T extends string | number | boolean>(
  value: Expression<T>,
  options: Expression<readonly NoInfer<T>[]> | readonly Template<NoInfer<T>>[],
): Expression<boolean> => operation('in', value, options);

/** True when the value is there (null counts). JSONata `$exists`. */
export const exists = (value: Expression<unknown>): Expression<boolean> => operation('exists', value);

/** The value, or the fallback where it is missing. */
export const orElse = <T>(
  value: Expression<T>,
  fallback: Template<NonNullable<T>>,
): Expression<NonNullable<T>> => operation('orElse', value, fallback);

/** One value or the other. JSONata `condition ? then : otherwise`. */
export const ifElse = <const Then, const Otherwise>(
  condition: Expression<boolean>,
  then: Then,
  otherwise: Otherwise,
): Expression<Value<Then> | Value<Otherwise>> => operation('choose', condition, then, otherwise);

export const add = (left: Template<number>, right: Template<number>): Expression<number> =>
  operation('+', left, right);

export const subtract = (left: Template<number>, right: Template<number>): Expression<number> =>
  operation('-', left, right);

export const multiply = (left: Template<number>, right: Template<number>): Expression<number> =>
  operation('*', left, right);

/** JSONata `/`; dividing by zero fails the state with States.QueryEvaluationError. */
export const divide = (left: Template<number>, right: Template<number>): Expression<number> =>
  operation('/', left, right);

/** Text put together; numbers and booleans are written as JSON. JSONata `&`. */
export function concat(...parts: Template<string | number | boolean>[]): Expression<string> {
  return expressionOf(
    parts
      .map(operandOf)
      .reduce<ExpressionNode>(
        (left, right) => ({ kind: 'operation', operator: '&', operands: [left, right] }),
        {
          kind: 'literal',
          value: '',
        },
      ),
  );
}

/** An array of these elements. */
export const list = <const Elements extends readonly unknown[]>(
  ...elements: Elements
): Expression<Value<Elements[number]>[]> => expressionOf(operandOf(elements));

/** How many elements an array has. */
export const count = (list: Expression<readonly unknown[]>): Expression<number> => operation('count', list);

/** The sum of numbers; 0 for none. */
export const sum = (list: Expression<readonly number[]>): Expression<number> => operation('sum', list);

/** The whole numbers from first to last, both included. JSONata `[first..last]`. */
export const range = (first: Template<number>, last: Template<number>): Expression<number[]> =>
  operation('range', first, last);

/** Element `index`, counted from 0; missing when the array is shorter. */
export const at = <T>(list: Expression<readonly T[]>, index: Template<number>): Expression<T | undefined> =>
  operation('at', list, index);

/** Milliseconds since the epoch of an ISO 8601 time. JSONata `$toMillis`. */
export const toMillis = (time: Template<string>): Expression<number> => operation('toMillis', time);

/** The ISO 8601 time of milliseconds since the epoch. JSONata `$fromMillis`. */
export const fromMillis = (milliseconds: Template<number>): Expression<string> =>
  operation('fromMillis', milliseconds);

let parameters = 0;

function each<T>(
  which: 'map' | 'filter',
  list: Expression<readonly T[]>,
  body: (element: Ref<T>) => unknown,
) {
  const parameter = `each${(parameters += 1)}`;
  const node: ExpressionNode = {
    kind: 'each',
    function: which,
    list: operandOf(list),
    parameter,
    body: operandOf(body(referenceTo<T>(parameter))),
  };
  return node;
}

/** Each element made into another value; always an array, also of one element. */
export const map = <T, U>(
  list: Expression<readonly T[]>,
  body: (element: Ref<T>) => Template<U>,
): Expression<U[]> => expressionOf(each('map', list, body));

/** The elements that the condition holds for; always an array. */
export const filter = <T>(
  list: Expression<readonly T[]>,
  body: (element: Ref<T>) => Expression<boolean>,
): Expression<T[]> => expressionOf(each('filter', list, body));

/** A caught error as `Error: words`: of a failed Lambda function or child execution, the first error's own. */
export const inWords = (error: Ref<{ readonly Error: string; readonly Cause: string }>): Expression<string> =>
  expressionOf(plainError(operandOf(error.Error), causeOf(operandOf(error.Cause))));

/** The execution's own context object, `$states.context`. */
export const context = referenceTo<{
  readonly Execution: {
    readonly Id: string;
    readonly Name: string;
    readonly StartTime: string;
    readonly RedriveCount: number;
  };
  readonly State: { readonly Name: string; readonly EnteredTime: string };
  readonly StateMachine: { readonly Id: string; readonly Name: string };
}>('states', ['context']);
