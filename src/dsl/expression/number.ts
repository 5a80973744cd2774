import type { Expression, Template } from './expression.ts';
import { operation } from './operation.ts';

/** JSONata `+`. */
export const add = (left: Template<number>, right: Template<number>): Expression<number> =>
  operation('+', left, right);

/** JSONata `-`. */
export const subtract = (left: Template<number>, right: Template<number>): Expression<number> =>
  operation('-', left, right);

/** JSONata `*`. */
export const multiply = (left: Template<number>, right: Template<number>): Expression<number> =>
  operation('*', left, right);

/** JSONata `/`; what is divided by zero is no number of JSON, so guard a divisor that may be zero. */
export const divide = (left: Template<number>, right: Template<number>): Expression<number> =>
  operation('/', left, right);

/** What a division leaves, with the sign of what is divided. JSONata `%`. */
export const remainder = (left: Template<number>, right: Template<number>): Expression<number> =>
  operation('%', left, right);

/** JSONata `$power`; fails the state where JSON has no number for the result. */
export const power = (base: Template<number>, exponent: Template<number>): Expression<number> =>
  operation('power', base, exponent);

/** Without its sign. JSONata `$abs`. */
export const absolute = (number: Template<number>): Expression<number> => operation('abs', number);

/** The next whole number down. JSONata `$floor`. */
export const floor = (number: Template<number>): Expression<number> => operation('floor', number);

/** The next whole number up. JSONata `$ceil`. */
export const ceil = (number: Template<number>): Expression<number> => operation('ceil', number);

/** To so many decimal places (default 0), halves to the even neighbour: 2.5 is 2. JSONata `$round`. */
export const round = (number: Template<number>, places?: Template<number>): Expression<number> =>
  places === undefined ? operation('round', number) : operation('round', number, places);

type Numbers = Expression<readonly number[]>;

/** The smallest of these, or of a list, which may be empty. JSONata `$min`. */
export function min(list: Numbers): Expression<number | undefined>;
export function min(
  ...numbers: [Template<number>, Template<number>, ...Template<number>[]]
): Expression<number>;
export function min(...given: unknown[]): Expression<number> {
  return operation('min', given.length === 1 ? given[0] : given);
}

/** The largest of these, or of a list, which may be empty. JSONata `$max`. */
export function max(list: Numbers): Expression<number | undefined>;
export function max(
  ...numbers: [Template<number>, Template<number>, ...Template<number>[]]
): Expression<number>;
export function max(...given: unknown[]): Expression<number> {
  return operation('max', given.length === 1 ? given[0] : given);
}

/** 0 for none. JSONata `$sum`. */
export const sum = (list: Numbers): Expression<number> => operation('sum', list);

/** Missing for none. JSONata `$average`. */
export const average = (list: Numbers): Expression<number | undefined> => operation('average', list);

/** The number that a text shows, as JSON writes it; fails the state for any other text. JSONata `$number`. */
export const numberOf = (text: Template<string>): Expression<number> => operation('number', text);
