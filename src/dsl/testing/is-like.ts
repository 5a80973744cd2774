/** What a test runner's `expect.anything()` and its like are. */
interface Asymmetric {
  asymmetricMatch(given: unknown): boolean;
  toString(): string;
}

/** Whether a value of JSON is what is expected; `expect.objectContaining` and its like may stand in that. */
export function isLike(given: unknown, expected: unknown): boolean {
  if (isAsymmetric(expected)) return expected.asymmetricMatch(given);
  if (Array.isArray(expected))
    return (
      Array.isArray(given) &&
      given.length === expected.length &&
      expected.every((item, index) => isLike(given[index], item))
    );
  if (!isObject(expected)) return Object.is(given, expected);
  if (!isObject(given) || Array.isArray(given)) return false;
  const keys = Object.keys(expected);
  return (
    Object.keys(given).length === keys.length &&
    keys.every((key) => Object.hasOwn(given, key) && isLike(given[key], expected[key]))
  );
}

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null;

export const isAsymmetric = (value: unknown): value is Asymmetric =>
  isObject(value) && typeof value['asymmetricMatch'] === 'function';
