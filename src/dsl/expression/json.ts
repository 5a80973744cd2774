import type { Expression, Ref, Template } from './expression.ts';
import { operation } from './operation.ts';

/**
 * The value as JSON text, its numbers to 15 digits. Of a text JSONata's `$string` makes no JSON, so none is
 * taken.
 *
 * @example
 * toJson(input.tags); // {% $string($input.tags) %} → "[\"gift\",\"fragile\"]"
 */
export const toJson = (value: Expression<object | number | boolean | null>): Expression<string> =>
  operation('string', value);

/**
 * The value that JSON text means; fails the state for other text. Its type is the author's word: nothing
 * checks it. Step Functions' own function.
 *
 * @example
 * parse<{ n: number }>('{"n": 1}').n; // {% $parse("{\"n\": 1}").n %} → 1
 */
export const parse = <T>(text: Template<string>): Ref<T> => operation('parse', text);
