import type { Expression, Template } from './expression.ts';
import type { Kind, Mistake } from './mistake.ts';
import { operation } from './operation.ts';

/**
 * Whether both are the same JSON value, however deep; nothing equals a missing value. JavaScript's `===` on
 * a reference does not compile.
 *
 * @example
 * equals(input.status, 'open'); // {% $input.status = "open" %} → true
 */
export function equals<T>(left: Expression<T>, right: NoInfer<Template<T>>): Expression<boolean>;
export function equals<T>(left: Expression<T>, right: Mistake<`compare this with ${Kind<T>}`>): never;
export function equals(left: unknown, right: unknown) {
  return operation('=', left, right);
}

/**
 * Whether both are there and are not the same. `not(equals(…))` is true of a missing value, too.
 *
 * @example
 * differs(input.status, 'shipped'); // {% $input.status != "shipped" %} → true
 */
export function differs<T>(left: Expression<T>, right: NoInfer<Template<T>>): Expression<boolean>;
export function differs<T>(left: Expression<T>, right: Mistake<`compare this with ${Kind<T>}`>): never;
export function differs(left: unknown, right: unknown) {
  return operation('!=', left, right);
}

/**
 * Whether the left one is below the right one: numbers by size, texts by UTF-16 code unit.
 *
 * @example
 * lessThan(input.cents, 2000); // {% $input.cents < 2000 %} → true
 */
export function lessThan<T extends number | string>(
  left: Expression<T>,
  right: NoInfer<Template<Sized<T>>>,
): Expression<boolean>;
export function lessThan<T>(
  left: Expression<T>,
  right: Mistake<`only numbers and texts have a size: compare this with ${Kind<T>}`>,
): never;
export function lessThan(left: unknown, right: unknown) {
  return operation('<', left, right);
}

/**
 * Whether the left one is below the right one or the same, as `lessThan` compares.
 *
 * @example
 * atMost(input.cents, 1250); // {% $input.cents <= 1250 %} → true
 */
export function atMost<T extends number | string>(
  left: Expression<T>,
  right: NoInfer<Template<Sized<T>>>,
): Expression<boolean>;
export function atMost<T>(
  left: Expression<T>,
  right: Mistake<`only numbers and texts have a size: compare this with ${Kind<T>}`>,
): never;
export function atMost(left: unknown, right: unknown) {
  return operation('<=', left, right);
}

/**
 * Whether the left one is above the right one, as `lessThan` compares.
 *
 * @example
 * moreThan(input.placedAt, '2026'); // {% $input.placedAt > "2026" %} → true
 */
export function moreThan<T extends number | string>(
  left: Expression<T>,
  right: NoInfer<Template<Sized<T>>>,
): Expression<boolean>;
export function moreThan<T>(
  left: Expression<T>,
  right: Mistake<`only numbers and texts have a size: compare this with ${Kind<T>}`>,
): never;
export function moreThan(left: unknown, right: unknown) {
  return operation('>', left, right);
}

/**
 * Whether the left one is above the right one or the same, as `lessThan` compares.
 *
 * @example
 * atLeast(input.cents, 5000); // {% $input.cents >= 5000 %} → false
 */
export function atLeast<T extends number | string>(
  left: Expression<T>,
  right: NoInfer<Template<Sized<T>>>,
): Expression<boolean>;
export function atLeast<T>(
  left: Expression<T>,
  right: Mistake<`only numbers and texts have a size: compare this with ${Kind<T>}`>,
): never;
export function atLeast(left: unknown, right: unknown) {
  return operation('>=', left, right);
}

/**
 * Whether the value is one of those listed. For objects use `some` with `equals`.
 *
 * @example
 * oneOf(input.status, ['open', 'paid']); // {% $input.status in ["open", "paid"] %} → true
 */
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

/** What has a size beside a T: of a closed set any text, of some numbers any number. */
type Sized<T> = T extends number ? number : string;
