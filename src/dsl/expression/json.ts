import type { Expression, Ref, Template } from './expression.ts';
import { operation } from './operation.ts';

/** The value as JSON text, its numbers to 15 digits. A text is not made JSON by `$string`, so none is taken. JSONata `$string`. */
export const toJson = (value: Expression<object | number | boolean | null>): Expression<string> =>
  operation('string', value);

/** The value that JSON text means; fails the state for other text. Its type is the author's word. Step Functions' `$parse`. */
export const parse = <T>(text: Template<string>): Ref<T> => operation('parse', text);
