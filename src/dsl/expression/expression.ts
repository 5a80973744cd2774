import type { ExpressionNode } from '../ast/expression-node.ts';
import { referenceTraps } from './reference-traps.ts';

declare const type: unique symbol;

/**
 * A value of type T that exists only when the machine runs; it becomes a JSONata expression. Name it where
 * you write an operator of your own.
 *
 * @example
 * const inEuros = (cents: Expression<number>): Expression<string> => concat(divide(cents, 100), ' €');
 * flow.returns(({ input }) => inEuros(input.cents)); // → "12.5 €"
 */
export interface Expression<out T> {
  readonly [type]: T;
}

/**
 * An expression whose fields can be read: the fields of an object are references too, and those of a value
 * that may be missing or null, or of a record, may be missing. Arrays are read with operators. Name it where you need fields,
 * `Expression` where you do not.
 *
 * @example
 * const addressed = (to: Ref<{ name: string; email: string }>) => concat(to.name, ' <', to.email, '>');
 * flow.returns(({ input }) => addressed(input.customer)); // → "Ada <ada@example.com>"
 */
export type Ref<T> = Expression<Told<T>> &
  Fields<T, Extract<T, undefined | null> extends never ? never : undefined>;

type Fields<T, Missing> = [NonNullable<T>] extends [never] ? unknown : FieldsOf<NonNullable<T>, Missing>;

type FieldsOf<T, Missing> = T extends readonly unknown[]
  ? unknown
  : T extends object
    ? string extends keyof T
      ? { readonly [K in keyof T]-?: Ref<Told<T[K]> | Missing | (string extends K ? undefined : never)> }
      : { readonly [K in keyof T]-?: Ref<Told<T[K]> | Missing> }
    : unknown;

/** What nothing is known of must be looked at, not taken for whatever is wanted. */
type Told<T> = 0 extends 1 & T ? unknown : T;

/**
 * What may stand where a T is wanted: a reference, an operator's result, a literal, or a mixture of them.
 * Name it for the parameter of a function that makes a call.
 *
 * @example
 * const chargeFor = (order: Template<string>, cents: Template<number>) => charge({ order, cents });
 * flow
 *   .run('paid', ({ input }) => chargeFor(input.id, 100))
 *   .returns(({ paid }) => paid.receipt); // → "receipt for o-7"
 */
export type Template<T> = Expression<T> | Shape<T>;

type Shape<T> = unknown extends T
  ? unknown
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends readonly (infer E)[]
      ? E[] extends T
        ? readonly Template<E>[] | Expression<readonly E[]>
        : { readonly [K in keyof T]: Template<T[K]> } | Expression<Readonly<T>>
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
        ? E[] extends R
          ? Value<E>[]
          : { -readonly [K in keyof R]: Value<R[K]> }
        : R extends object
          ? { readonly [K in keyof R]: Value<R[K]> }
          : never;

const nodes = new WeakMap<object, ExpressionNode>();

/** The node behind an expression, or undefined for a literal. */
export function nodeOf(value: unknown): ExpressionNode | undefined {
  // Expressions are functions to JavaScript, so that a call of one can be refused in words.
  return typeof value === 'function' ? nodes.get(value) : undefined;
}

/** The reference that a reference to a field began as. Nodes are data, so what they came from is kept beside them. */
const origins = new WeakMap<object, ExpressionNode>();

/** The reference that this one was read from, which may be itself; undefined for what is no `referenceTo`. */
export const originOf = (node: object): ExpressionNode | undefined => origins.get(node);

/** An expression round a node; its fields are read from its result. */
export function expressionOf<T>(node: ExpressionNode): Ref<T> {
  return made<T>(node, "an operator's result");
}

/** A reference to a variable or to a field of one. */
export function referenceTo<T>(variable: string, path: readonly string[] = []): Ref<T> {
  const node: ExpressionNode = { kind: 'reference', variable, path };
  origins.set(node, node);
  return made<T>(node, [variable, ...path].join('.'));
}

function made<T>(node: ExpressionNode, what: string): Ref<T> {
  const expression = new Proxy(
    () => undefined,
    referenceTraps(what, (key) => made(fieldOf(node, key), `${what}.${key}`)),
  );
  nodes.set(expression, node);
  return expression as unknown as Ref<T>;
}

function fieldOf(node: ExpressionNode, key: string): ExpressionNode {
  if (node.kind !== 'reference')
    return { kind: 'operation', operator: 'field', operands: [node, { kind: 'literal', value: key }] };
  const field = { ...node, path: [...node.path, key] };
  const origin = origins.get(node);
  if (origin !== undefined) origins.set(field, origin);
  return field;
}
