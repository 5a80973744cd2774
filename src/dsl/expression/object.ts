import type { Expression, Ref, Value } from './expression.ts';
import { operation } from './operation.ts';

/** The value of the field of that name, which may be known only when the machine runs. JSONata `$lookup`. */
export const lookup = <T extends object, K extends keyof T & string>(
  object: Expression<T>,
  name: Expression<K> | K,
): Ref<T[K] | undefined> => operation('lookup', object, name);

/** The names of an object's fields. JSONata `$keys`. */
export const keys = <T extends object>(object: Expression<T>): Expression<(keyof T & string)[]> =>
  operation('keys', object);

/** An object's fields as a list. JSONata `$each(object, function($v, $k) { {"key": $k, "value": $v} })`. */
export const entries = <T extends object>(
  object: Expression<T>,
): Expression<{ readonly key: keyof T & string; readonly value: Exclude<T[keyof T], undefined> }[]> =>
  operation('entries', object);

/** The object of these fields; of two of one name, the last. JSONata `$merge` of `{key: value}` of each. */
export const fromEntries = <V>(
  entries: Expression<readonly { readonly key: string; readonly value: V }[]>,
): Expression<{ readonly [name: string]: V }> => operation('fromEntries', entries);

/** The fields of both objects; where both have one, the second's. JSONata `$merge`. */
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
