import { evaluationsOf } from './budget.ts';
import type { Making } from './making.ts';
import { only } from './only.ts';
import { type Bindings, NOT_DIRECT, type Stage } from './syntax-node.ts';
import { truthOf } from './truth-of.ts';

/** Gives those of the items that it keeps. */
export type Filter = (bindings: Bindings, items: readonly unknown[]) => readonly unknown[];

/** `[0]`, `[price > 5]`, or `[$i]`: an index, or a condition that is held against each item. */
export function filterForm({ type, expr }: Stage, making: Making): Filter {
  if (type !== 'filter' || expr === undefined) throw NOT_DIRECT;
  if (expr.type === 'number' && only(expr, ['value'])) {
    const index = Math.floor(expr.value as number);
    return (_, items) => {
      const item = unlisted(items[index < 0 ? items.length + index : index]);
      return item === undefined ? [] : [item];
    };
  }
  const form = making.form(expr);
  const evaluations = evaluationsOf(expr);
  return (bindings, items) => {
    making.budget.take(evaluations * items.length);
    return items.filter((item, index) => {
      const value = unlisted(form(bindings, unlisted(item)));
      const keeps = typeof value === 'number' ? isIndex(value, index, items.length) : truthOf(value);
      // The package keeps what is nothing as an item.
      if (keeps && item === undefined) throw NOT_DIRECT;
      return keeps;
    });
  };
}

/** What all of the filters keep, one after the other. */
export function keep(
  filters: readonly Filter[],
  bindings: Bindings,
  items: readonly unknown[],
): readonly unknown[] {
  let kept = items;
  for (const filter of filters) kept = filter(bindings, kept);
  return kept;
}

const isIndex = (value: number, index: number, length: number): boolean =>
  Math.floor(value) === (value < 0 ? index - length : index);

/** Lists in lists are joined in some places and not in others: the package knows. */
function unlisted(value: unknown): unknown {
  if (Array.isArray(value)) throw NOT_DIRECT;
  return value;
}
