import type { Expression, Template } from './expression.ts';
import type { Kind, Mistake } from './mistake.ts';
import { operation } from './operation.ts';

/** True when both are the same JSON value, however deep. Nothing equals a missing value. JSONata `=`. */
export function equals<T>(left: Expression<T>, right: NoInfer<Template<T>>): Expression<boolean>;
export function equals<T>(left: Expression<T>, right: Mistake<`compare this with ${Kind<T>}`>): never;
export function equals(left: unknown, right: unknown) {
  return operation('=', left, right);
}

/**
 * True when both are there and are not the same. JSONata `!=`; `not(equals(…))` is true of a missing value,
 * too.
 */
export function differs<T>(left: Expression<T>, right: NoInfer<Template<T>>): Expression<boolean>;
export function differs<T>(left: Expression<T>, right: Mistake<`compare this with ${Kind<T>}`>): never;
export function differs(left: unknown, right: unknown) {
  return operation('!=', left, right);
}

/** Numbers by size, texts by UTF-16 code unit. JSONata `<`. */
export function lessThan<T extends number | string>(
  left: Expression<T>,
  right: NoInfer<Template<T>>,
): Expression<boolean>;
export function lessThan<T>(
  left: Expression<T>,
  right: Mistake<`only numbers and texts have a size: compare this with ${Kind<T>}`>,
): never;
export function lessThan(left: unknown, right: unknown) {
  return operation('<', left, right);
}

/** JSONata `<=`. */
export function atMost<T extends number | string>(
  left: Expression<T>,
  right: NoInfer<Template<T>>,
): Expression<boolean>;
export function atMost<T>(
  left: Expression<T>,
  right: Mistake<`only numbers and texts have a size: compare this with ${Kind<T>}`>,
): never;
export function atMost(left: unknown, right: unknown) {
  return operation('<=', left, right);
}

/** JSONata `>`. */
export function moreThan<T extends number | string>(
  left: Expression<T>,
  right: NoInfer<Template<T>>,
): Expression<boolean>;
export function moreThan<T>(
  left: Expression<T>,
  right: Mistake<`only numbers and texts have a size: compare this with ${Kind<T>}`>,
): never;
export function moreThan(left: unknown, right: unknown) {
  return operation('>', left, right);
}

/** JSONata `>=`. */
export function atLeast<T extends number | string>(
  left: Expression<T>,
  right: NoInfer<Template<T>>,
): Expression<boolean>;
export function atLeast<T>(
  left: Expression<T>,
  right: Mistake<`only numbers and texts have a size: compare this with ${Kind<T>}`>,
): never;
export function atLeast(left: unknown, right: unknown) {
  return operation('>=', left, right);
}

/** True when the value is one of those listed. For objects use `some` with `equals`. JSONata `in`. */
export function oneOf<T extends string | number | boolean>(
  value: Expression<T>,
  options: Expression<readonly NoInfer<T>[]> | readonly NoInfer<Template<T>>[],
): Expression<boolean>;
export function oneOf<T>(
  value: Expression<T>,
  options: Mistake<`look for this among those of its type: ${Kind<T>}`>,
): never;
export function oneOf(value: unknown, options: unknown) {
  return operation('in', value, options);
}
