import type { Expression, Template } from './expression.ts';
import type { Numbers } from './list-given.ts';
import { operation } from './operation.ts';

/**
 * The sum of two numbers; of a list use `sum`. JavaScript's `+` on a reference throws at definition.
 *
 * @example
 * add(input.cents, 490); // {% $input.cents + 490 %} → 1740
 */
export const add = (left: Template<number>, right: Template<number>): Expression<number> =>
  operation('+', left, right);

/**
 * The left number less the right one.
 *
 * @example
 * subtract(input.cents, 250); // {% $input.cents - 250 %} → 1000
 */
export const subtract = (left: Template<number>, right: Template<number>): Expression<number> =>
  operation('-', left, right);

/**
 * The product of two numbers.
 *
 * @example
 * multiply(input.cents, 2); // {% $input.cents * 2 %} → 2500
 */
export const multiply = (left: Template<number>, right: Template<number>): Expression<number> =>
  operation('*', left, right);

/**
 * The left number divided by the right one; what is divided by zero is no number of JSON, so guard a divisor
 * that may be zero.
 *
 * @example
 * divide(input.cents, 100); // {% $input.cents / 100 %} → 12.5
 */
export const divide = (left: Template<number>, right: Template<number>): Expression<number> =>
  operation('/', left, right);

/**
 * What a division leaves, with the sign of what is divided.
 *
 * @example
 * remainder(input.cents, 100); // {% $input.cents % 100 %} → 50
 */
export const remainder = (left: Template<number>, right: Template<number>): Expression<number> =>
  operation('%', left, right);

/**
 * The base multiplied by itself so many times; fails the state where JSON has no number for the result.
 *
 * @example
 * power(2, 10); // {% $power(2, 10) %} → 1024
 */
export const power = (base: Template<number>, exponent: Template<number>): Expression<number> =>
  operation('power', base, exponent);

/**
 * The number without its sign.
 *
 * @example
 * absolute(subtract(1000, input.cents)); // {% $abs((1000 - $input.cents)) %} → 250
 */
export const absolute = (number: Template<number>): Expression<number> => operation('abs', number);

/**
 * The next whole number down.
 *
 * @example
 * floor(divide(input.cents, 100)); // {% $floor(($input.cents / 100)) %} → 12
 */
export const floor = (number: Template<number>): Expression<number> => operation('floor', number);

/**
 * The next whole number up.
 *
 * @example
 * ceil(divide(input.cents, 100)); // {% $ceil(($input.cents / 100)) %} → 13
 */
export const ceil = (number: Template<number>): Expression<number> => operation('ceil', number);

/**
 * To so many decimal places (default 0), halves to the even neighbour: 2.5 is 2. For a fixed direction use
 * `floor` or `ceil`.
 *
 * @example
 * round(divide(input.cents, 100)); // {% $round(($input.cents / 100)) %} → 12
 */
export const round = (number: Template<number>, places?: Template<number>): Expression<number> =>
  places === undefined ? operation('round', number) : operation('round', number, places);

/**
 * The smallest of these, or of a list; of an empty list nothing.
 *
 * @example
 * min(input.cents, 1000); // {% $min([$input.cents, 1000]) %} → 1000
 */
export function min(list: Numbers): Expression<number | undefined>;
export function min(
  ...numbers: [Template<number>, Template<number>, ...Template<number>[]]
): Expression<number>;
export function min(...given: unknown[]): Expression<number> {
  return operation('min', given.length === 1 ? given[0] : given);
}

/**
 * The largest of these, or of a list; of an empty list nothing.
 *
 * @example
 * max(map(input.items, ({ cents }) => cents));
 * // {% $max([$map($input.items, function($each1) { $each1.cents })[]]) %} → 450
 */
export function max(list: Numbers): Expression<number | undefined>;
export function max(
  ...numbers: [Template<number>, Template<number>, ...Template<number>[]]
): Expression<number>;
export function max(...given: unknown[]): Expression<number> {
  return operation('max', given.length === 1 ? given[0] : given);
}

/**
 * The sum of a list's numbers; 0 for none. Of two numbers use `add`.
 *
 * @example
 * sum(map(input.items, ({ count }) => count));
 * // {% $sum([$map($input.items, function($each1) { $each1.count })[]]) %} → 3
 */
export const sum = (list: Numbers): Expression<number> => operation('sum', list);

/**
 * The mean of a list's numbers; missing for none.
 *
 * @example
 * average(map(input.items, ({ cents }) => cents));
 * // {% $average([$map($input.items, function($each1) { $each1.cents })[]]) %} → 425
 */
export const average = (list: Numbers): Expression<number | undefined> => operation('average', list);

/**
 * The number that a text shows, as JSON writes it, or after `0x`, `0o` or `0b` in that base; zeros may stand
 * before it. Fails the state for any other text. DynamoDB writes numbers as text.
 *
 * @example
 * numberOf('12.5'); // {% $number("12.5") %} → 12.5
 */
export const numberOf = (text: Template<string>): Expression<number> => operation('number', text);
