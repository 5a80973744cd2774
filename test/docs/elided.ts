import type { Json } from '../../src/dsl/index.ts';

/** Stands in documentation for what is left out: a value, the rest of a list, or more fields. */
const MORE = '…';

/** The value with everything left out that is left out in what is shown, so that the two can be compared. */
export function elided(value: Json | undefined, shown: Json | undefined): Json | undefined {
  if (shown === MORE) return value === undefined ? undefined : MORE;
  if (isList(value) && isList(shown)) {
    const more = shown.at(-1) === MORE && value.length >= shown.length;
    const items = (more ? value.slice(0, shown.length - 1) : value).map(
      (item, index) => elided(item, shown[index]) ?? null,
    );
    return more ? [...items, MORE] : items;
  }
  if (!isObject(value) || !isObject(shown)) return value;
  const more = MORE in shown;
  const fields = Object.entries(value)
    .filter(([key]) => !more || key in shown)
    .map(([key, field]) => [key, elided(field, shown[key]) ?? null]);
  return { ...Object.fromEntries(fields), ...(more ? { [MORE]: MORE } : {}) };
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
