import { type Expression, type Ref, type Template, type Value, expressionOf } from './expression.ts';
import type { ListOf, Mistake } from './mistake.ts';
import { operation } from './operation.ts';
import { operandOf } from './template.ts';

type List<T> = Expression<readonly T[]>;

/** An array of these elements, arrays among them kept as they are; a missing one is left out. JSONata `[…]`. */
export const list = <const Elements extends readonly unknown[]>(
  ...elements: Elements
): Expression<Exclude<Value<Elements[number]>, undefined>[]> => expressionOf(operandOf(elements));

/** How many elements a list has. JSONata `$count`. */
export function count(list: List<unknown>): Expression<number>;
export function count<L>(list: ListOf<L>): never;
export function count(list: unknown) {
  return operation('count', list);
}

/** Element `index`, counted from 0, or from the end by a negative one; missing where there is none. JSONata `list[index]`. */
export function at<T>(list: List<T>, index: Template<number>): Ref<T | undefined>;
export function at<L>(list: ListOf<L>, index: Mistake<'an index is a number'>): never;
export function at(list: unknown, index: unknown) {
  return operation('at', list, index);
}

/** Missing for an empty list. JSONata `list[0]`. */
export function first<T>(list: List<T>): Ref<T | undefined>;
export function first<L>(list: ListOf<L>): never;
export function first(list: unknown) {
  return operation('at', list, 0);
}

/** Missing for an empty list. JSONata `list[-1]`. */
export function last<T>(list: List<T>): Ref<T | undefined>;
export function last<L>(list: ListOf<L>): never;
export function last(list: unknown) {
  return operation('at', list, -1);
}

/** The elements of both, one list after the other. JSONata `$append`. */
export const append = <T, U>(left: List<T>, right: List<U>): Expression<(T | U)[]> =>
  operation('append', left, right);

/** The last first. JSONata `$reverse`. */
export const reverse = <T>(list: List<T>): Expression<T[]> => operation('reverse', list);

/** Each value once, where it is first. JSONata `$distinct`. */
export const distinct = <T>(list: List<T>): Expression<T[]> => operation('distinct', list);

/** The elements of a list's lists. JSONata `$reduce(lists, $append, [])`. */
export const flatten = <T>(lists: List<readonly T[]>): Expression<T[]> => operation('flatten', lists);

/** Lists of `size` elements, the last one shorter if need be. Step Functions' `$partition`. */
export const partition = <T>(list: List<T>, size: Template<number>): Expression<T[][]> =>
  operation('partition', list, size);

/**
 * The whole numbers from first to last, both included. JSONata `[first..last]`; with a step, which may be
 * negative, Step Functions' `$range`.
 */
export const range = (
  first: Template<number>,
  last: Template<number>,
  step?: Template<number>,
): Expression<number[]> =>
  step === undefined ? operation('range', first, last) : operation('steps', first, last, step);
