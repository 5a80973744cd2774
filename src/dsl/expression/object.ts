import type { Expression, Ref, Template, Value } from './expression.ts';
import type { ItemIn } from './list-given.ts';
import { operation } from './operation.ts';

/**
 * The value of the field of that name, which may be known only when the machine runs. A name that is known
 * now is written as a field: `input.status`.
 *
 * @example
 * lookup(input, 'status'); // {% $lookup($input, "status") %} → "open"
 */
export const lookup = <T extends object, K extends keyof T & string>(
  object: Expression<T | null | undefined>,
  name: Expression<K> | K,
): Ref<T[K] | undefined> => operation('lookup', object, name);

/**
 * The names of an object's fields.
 *
 * @example
 * keys(input.customer); // {% [$keys($input.customer)] %} → ["name", "email"]
 */
export const keys = <T extends object>(object: Expression<T>): Expression<(keyof T & string)[]> =>
  operation('keys', object);

/**
 * An object's fields as a list of `key` and `value`, for `map` and `forEach`.
 *
 * @example
 * entries(input.customer);
 * // {% [$each($input.customer, function($v, $k) { {"key": $k, "value": $v} })[]] %}
 * // → [{ "key": "name", "value": "Ada" }, { "key": "email", "value": "ada@example.com" }]
 */
export const entries = <T extends object>(
  object: Expression<T>,
): Expression<{ readonly key: keyof T & string; readonly value: Exclude<T[keyof T], undefined> }[]> =>
  operation('entries', object);

/**
 * The object of these fields; of two of one name, the last. The way back from `entries`.
 *
 * @example
 * fromEntries(map(input.items, ({ sku, count }) => ({ key: sku, value: count })));
 * // {% $merge([$map([$map($input.items, function($each1) { {"key": $each1.sku, "value": $each1.count} })[]],
 * // function($e) { {$e.key: $e.value} })[]]) %}
 * // → { "tea": 2, "cup": 1 }
 */
export const fromEntries = <const L extends Expression<readonly Entry[]> | readonly Template<Entry>[]>(
  entries: L,
): Expression<{ readonly [name: string]: ItemIn<L> extends { readonly value: infer V } ? V : never }> =>
  operation('fromEntries', entries);

interface Entry {
  readonly key: string;
  readonly value: unknown;
}

/**
 * The fields of both objects; where both have one, the second's. JavaScript's `…` on a reference throws at
 * definition.
 *
 * @example
 * merge(input.customer, { name: 'Grace' });
 * // {% $merge([$input.customer, {"name": "Grace"}]) %} → { "name": "Grace", "email": "ada@example.com" }
 */
export const merge = <T extends object, const U extends object>(
  left: Expression<T>,
  right: U,
): Ref<Merged<T, Value<U>>> => operation('merge', left, right);

type Merged<T, U> = {
  readonly [K in keyof T | keyof U]: K extends keyof U
    ? undefined extends U[K]
      ? Exclude<U[K], undefined> | (K extends keyof T ? T[K] : undefined)
      : U[K]
    : K extends keyof T
      ? T[K]
      : never;
};
