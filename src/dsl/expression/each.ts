import type { EachNode } from '../ast/expression-node.ts';
import { type Expression, type Ref, type Value, expressionOf, referenceTo } from './expression.ts';
import type { ItemIn, ListGiven, ListOf } from './list-given.ts';
import type { Mistake } from './mistake.ts';
import { operandOf } from './template.ts';

/**
 * Each element made into another value; one that is made into nothing is left out. Always an array. To make
 * calls for each element use the verb `forEach`.
 *
 * @example
 * map(input.items, ({ sku }) => sku);
 * // {% [$map($input.items, function($each1) { $each1.sku })[]] %} → ["tea", "cup"]
 */
export function map<const L extends ListGiven, const Body>(
  list: L,
  body: (element: Ref<ItemIn<L>>) => Body,
): Expression<Exclude<Value<Body>, undefined>[]>;
export function map<L>(list: ListOf<L>, body: unknown): never;
export function map(list: unknown, body: unknown) {
  return each('map', list, body);
}

/**
 * The elements that the condition holds for. Always an array; for the first of them use `first(filter(…))`.
 *
 * @example
 * filter(input.items, ({ count }) => moreThan(count, 1));
 * // {% [$filter($input.items, function($each1) { $each1.count > 1 })[]] %}
 * // → [{ "sku": "tea", "count": 2, "cents": 400 }]
 */
export function filter<const L extends ListGiven>(
  list: L,
  condition: (element: Ref<ItemIn<L>>) => Expression<boolean>,
): Expression<ItemIn<L>[]>;
export function filter<L>(
  list: ListOf<L>,
  condition: Mistake<'a condition is wanted: a function from the element to equals(…), and(…) or the like'>,
): never;
export function filter(list: unknown, condition: unknown) {
  return each('filter', list, condition);
}

/**
 * Whether the condition holds for any element; false for none. For plain values `oneOf` is shorter.
 *
 * @example
 * some(input.items, ({ count }) => moreThan(count, 1));
 * // {% $count([$filter($input.items, function($each1) { $each1.count > 1 })[]]) > 0 %} → true
 */
export function some<const L extends ListGiven>(
  list: L,
  condition: (element: Ref<ItemIn<L>>) => Expression<boolean>,
): Expression<boolean>;
export function some<L>(
  list: ListOf<L>,
  condition: Mistake<'a condition is wanted: a function from the element to equals(…), and(…) or the like'>,
): never;
export function some(list: unknown, condition: unknown) {
  return each('some', list, condition);
}

/**
 * Whether the condition holds for all elements; true for none.
 *
 * @example
 * every(input.items, ({ count }) => moreThan(count, 0));
 * // {% $count([$filter($input.items, function($each1) { ($each1.count > 0) ? false : true })[]]) = 0 %}
 * // → true
 */
export function every<const L extends ListGiven>(
  list: L,
  condition: (element: Ref<ItemIn<L>>) => Expression<boolean>,
): Expression<boolean>;
export function every<L>(
  list: ListOf<L>,
  condition: Mistake<'a condition is wanted: a function from the element to equals(…), and(…) or the like'>,
): never;
export function every(list: unknown, condition: unknown) {
  return each('every', list, condition);
}

/**
 * Sorted by what the body gives, numbers by size or texts by code unit; equal ones keep their order.
 * Ascending if not said.
 *
 * @example
 * sortBy(input.tags, (tag) => tag);
 * // {% [$sort($input.tags, function($each1, $each2) { ($each1) > ($each2) })] %} → ["fragile", "gift"]
 */
export function sortBy<const L extends ListGiven>(
  list: L,
  by: (element: Ref<ItemIn<L>>) => Expression<number> | Expression<string>,
  order?: 'ascending' | 'descending',
): Expression<ItemIn<L>[]>;
export function sortBy<L>(
  list: ListOf<L>,
  by: Mistake<'what to sort by is wanted: a function from the element to a number or a text'>,
): never;
export function sortBy(list: unknown, by: unknown, order: 'ascending' | 'descending' = 'ascending') {
  return each(order, list, by);
}

const NAMES = {
  map: 'map',
  filter: 'filter',
  some: 'some',
  every: 'every',
  ascending: 'sortBy',
  descending: 'sortBy',
} as const satisfies Record<EachNode['function'], string>;

let parameters = 0;

// The overloads have said what the arguments are.
function each(which: EachNode['function'], list: unknown, body: unknown): never {
  const parameter = `each${(parameters += 1)}`;
  const element = referenceTo(parameter);
  return expressionOf({
    kind: 'each',
    function: which,
    list: operandOf(list, `${NAMES[which]}(): the list`),
    parameter,
    body: operandOf(
      (body as (element: Ref<unknown>) => unknown)(element),
      `${NAMES[which]}(): what the function gives`,
    ),
  }) as never;
}
