import { DefinitionError } from '../ast/definition-error.ts';
import type { ExpressionNode, ReferenceNode } from '../ast/expression-node.ts';

declare const type: unique symbol;

/** A value of type T that exists only when the machine runs; it becomes a JSONata expression. */
export interface Expression<out T> {
  readonly [type]: T;
}

/** A reference to a value; the fields of an object are references too. Arrays are read with operators. */
export type Ref<T> = Expression<T> & Fields<T>;

type Fields<T> = T extends readonly unknown[]
  ? unknown
  : T extends object
    ? { readonly [K in keyof T]-?: Ref<T[K]> }
    : unknown;

/** What may stand where a T is wanted: a reference, an operator's result, a literal, or a mixture of them. */
export type Template<T> = Expression<T> | Shape<T>;

type Shape<T> = unknown extends T
  ? unknown
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends readonly (infer E)[]
      ? readonly Template<E>[]
      : T extends object
        ? { readonly [K in keyof T]: Template<T[K]> }
        : never;

/** The type a template stands for: references and operators give their own, literals themselves. */
export type Value<R> =
  R extends Expression<infer T>
    ? T
    : R extends string | number | boolean | null | undefined
      ? R
      : R extends readonly (infer E)[]
        ? Value<E>[]
        : R extends object
          ? { readonly [K in keyof R]: Value<R[K]> }
          : never;

const nodes = new WeakMap<object, ExpressionNode>();

/** The node behind an expression, or undefined for a literal. */
export function nodeOf(value: unknown): ExpressionNode | undefined {
  return typeof value === 'object' && value !== null ? nodes.get(value) : undefined;
}

/** An expression round a node; it has no fields. */
export function expressionOf<T>(node: ExpressionNode): Expression<T> {
  const expression = new Proxy({}, trapsOf("an operator's result"));
  nodes.set(expression, node);
  return expression as Expression<T>;
}

/** A reference to a variable or to a field of one. */
export function referenceTo<T>(variable: string, path: readonly string[] = []): Ref<T> {
  const node: ReferenceNode = { kind: 'reference', variable, path };
  const reference = new Proxy(
    {},
    trapsOf([variable, ...path].join('.'), (key) => referenceTo(variable, [...path, key])),
  );
  nodes.set(reference, node);
  return reference as Ref<T>;
}

/** What a reference does where JavaScript would use it as a value: it refuses, naming the operators. */
function trapsOf(what: string, field: (key: string) => unknown = () => undefined): ProxyHandler<object> {
  const refuseSpread = (): never => {
    throw new DefinitionError(
      `${what} is a reference, not a value, and cannot be spread or iterated; name its fields, or use map()`,
    );
  };
  return {
    get: (_target, key) => {
      if (key === Symbol.toPrimitive)
        throw new DefinitionError(
          `${what} is a reference, not a value: JavaScript's operators and template strings cannot use it; ` +
            `use concat(), equals(), lessThan(), add() or another operator of the language`,
        );
      if (key === Symbol.iterator) return refuseSpread();
      return typeof key === 'symbol' ? undefined : field(key);
    },
    ownKeys: refuseSpread,
  };
}
