import { evaluationsOf } from './budget.ts';
import type { Making } from './making.ts';
import { mergeSort } from './merge-sort.ts';
import { type Bindings, NOT_DIRECT, type SortTerm } from './syntax-node.ts';

/** Puts values in order. */
export type Order = (bindings: Bindings, items: readonly unknown[]) => readonly unknown[];

/** `^(price, >name)`: by each of the terms in turn, and what has none of it at the end. */
export function orderForm(terms: readonly SortTerm[], making: Making): Order {
  const forms = terms.map(({ expression, descending }) => ({ form: making.form(expression), descending }));
  const evaluations = 2 * evaluationsOf(terms);
  return (bindings, items) =>
    mergeSort(items, (left, right) => {
      making.budget.take(evaluations);
      for (const { form, descending } of forms) {
        const comparison = compared(form(bindings, left), form(bindings, right), descending);
        if (comparison !== 0) return comparison > 0;
      }
      return false;
    });
}

function compared(left: unknown, right: unknown, descending: boolean): number {
  if (left === undefined) return right === undefined ? 0 : 1;
  if (right === undefined) return -1;
  if (typeof left !== typeof right || (typeof left !== 'number' && typeof left !== 'string'))
    throw NOT_DIRECT;
  if (left === right) return 0;
  return left < (right as typeof left) === descending ? 1 : -1;
}
