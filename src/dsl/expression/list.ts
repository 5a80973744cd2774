import type { TemplateNode } from '../ast/expression-node.ts';
import { type Expression, type Ref, type Template, type Value, expressionOf } from './expression.ts';
import type { ElementAt, ItemIn, ListGiven, ListIn, ListOf } from './list-given.ts';
import type { Mistake } from './mistake.ts';
import { operation } from './operation.ts';
import { mayBeMissing } from './may-be-missing.ts';
import { templateOf } from './template.ts';

/**
 * An array of these elements, arrays among them kept as they are; a missing one is left out. Where
 * all are there, an array that is written out does as well: every operator on lists takes one.
 *
 * @example
 * count(list(input.note, input.tags));
 * // {% $count([$each({"0": $input.note, "1": $input.tags}, function($v) { $v })[]]) %} → 1
 */
export const list = <const Elements extends readonly unknown[]>(
  ...elements: Elements
): Expression<Exclude<Value<Elements[number]>, undefined>[]> =>
  expressionOf({
    kind: 'template',
    template: {
      kind: 'list',
      items: elements.map((element, index) => leftOut(templateOf(element, `list()[${index}]`))),
    },
  });

const leftOut = (item: TemplateNode): TemplateNode =>
  item.kind === 'value' && mayBeMissing(item.value) ? { ...item, optional: true } : item;

/**
 * How many elements a list has. Of a text use `length`.
 *
 * @example
 * count(input.items); // {% $count($input.items) %} → 2
 */
export function count(list: ListGiven): Expression<number>;
export function count<L>(list: ListOf<L>): never;
export function count(list: unknown) {
  return operation('count', list);
}

/**
 * Element `index`, counted from 0, or from the end by a negative one; missing where there is none. Of a
 * tuple, a written-out place has its own type.
 *
 * @example
 * at(input.tags, 1); // {% $input.tags[1] %} → "fragile"
 */
export function at<const L extends ListGiven, const Index extends Template<number>>(
  list: L,
  index: Index,
): Ref<ElementAt<ListIn<L>, Index>>;
export function at<L>(list: ListOf<L>, index: Mistake<'an index is a number'>): never;
export function at(list: unknown, index: unknown) {
  return operation('at', list, index);
}

/**
 * The first element; missing for an empty list.
 *
 * @example
 * first(input.items).sku; // {% $input.items[0].sku %} → "tea"
 */
export function first<const L extends ListGiven>(list: L): Ref<ElementAt<ListIn<L>, 0>>;
export function first<L>(list: ListOf<L>): never;
export function first(list: unknown) {
  return operation('at', list, 0);
}

/**
 * The last element; missing for an empty list.
 *
 * @example
 * last(input.tags); // {% $input.tags[-1] %} → "fragile"
 */
export function last<const L extends ListGiven>(list: L): Ref<ItemIn<L> | undefined>;
export function last<L>(list: ListOf<L>): never;
export function last(list: unknown) {
  return operation('at', list, -1);
}

/**
 * The elements of both, one list after the other. For a list of lists use `flatten`, for texts `concat`.
 *
 * @example
 * append(input.tags, [input.id]);
 * // {% [$append($input.tags, [$each({"0": $input.id}, function($v) { $v })[]])] %}
 * // → ["gift", "fragile", "o-7"]
 */
export const append = <const Left extends ListGiven, const Right extends ListGiven>(
  left: Left,
  right: Right,
): Expression<(ItemIn<Left> | ItemIn<Right>)[]> => operation('append', left, right);

/**
 * The elements, the last first.
 *
 * @example
 * reverse(input.tags); // {% [$reverse($input.tags)] %} → ["fragile", "gift"]
 */
export const reverse = <const L extends ListGiven>(list: L): Expression<ItemIn<L>[]> =>
  operation('reverse', list);

/**
 * Each value once, where it is first.
 *
 * @example
 * distinct(append(input.tags, input.tags));
 * // {% [$distinct([$append($input.tags, $input.tags)])] %} → ["gift", "fragile"]
 */
export const distinct = <const L extends ListGiven>(list: L): Expression<ItemIn<L>[]> =>
  operation('distinct', list);

/**
 * The elements of a list's lists, as one list.
 *
 * @example
 * flatten(map(input.tags, (tag) => split(tag, 'i')));
 * // {% [$reduce([$map($input.tags, function($each1) { [$split($each1, "i")] })[]], $append, [])] %}
 * // → ["g", "ft", "frag", "le"]
 */
export const flatten = <const L extends Expression<readonly (readonly unknown[])[]> | readonly ListGiven[]>(
  lists: L,
): Expression<(ItemIn<L> extends readonly (infer T)[] ? T : never)[]> => operation('flatten', lists);

/**
 * Lists of `size` elements, the last one shorter if need be. To call once for several items use the `batch`
 * of `forEachDistributed`. Step Functions' own function.
 *
 * @example
 * partition(range(1, 5), 2); // {% [$partition([1..5], 2)] %} → [[1, 2], [3, 4], [5]]
 */
export const partition = <const L extends ListGiven>(
  list: L,
  size: Template<number>,
): Expression<ItemIn<L>[][]> => operation('partition', list, size);

/**
 * The whole numbers from first to last, both included; with a step, which may be negative, every so many.
 *
 * @example
 * range(1, 4); // {% [1..4] %} → [1, 2, 3, 4]
 */
export const range = (
  first: Template<number>,
  last: Template<number>,
  step?: Template<number>,
): Expression<number[]> =>
  step === undefined ? operation('range', first, last) : operation('steps', first, last, step);
