import type { ExpressionNode } from '../ast/expression-node.ts';
import { DefinitionError } from '../ast/definition-error.ts';
import { type Expression, type Template, expressionOf } from './expression.ts';
import type { Texts } from './list-given.ts';
import { operation } from './operation.ts';
import { regexOf } from './regex.ts';
import { operandOf } from './template.ts';

/**
 * Text put together; numbers and booleans are written as JSON. A template string with a reference in it
 * throws at definition. For a list of texts use `join`.
 *
 * @example
 * concat('Order ', input.id, ': ', input.cents);
 * // {% "" & "Order " & $input.id & ": " & $input.cents %} → "Order o-7: 1250"
 */
export function concat(...parts: Template<string | number | boolean>[]): Expression<string> {
  const node = parts
    .map((part, index) => operandOf(part, `concat(): operand ${index + 1}`))
    .reduce<ExpressionNode>(
      (left, right) => ({ kind: 'operation', operator: '&', operands: [left, right] }),
      { kind: 'literal', value: '' },
    );
  return expressionOf(node);
}

/**
 * How many characters (Unicode code points) a text has. Of a list use `count`.
 *
 * @example
 * length(input.id); // {% $length($input.id) %} → 3
 */
export const length = (text: Template<string>): Expression<number> => operation('length', text);

/**
 * The text in capital letters.
 *
 * @example
 * uppercase(input.id); // {% $uppercase($input.id) %} → "O-7"
 */
export const uppercase = (text: Template<string>): Expression<string> => operation('uppercase', text);

/**
 * The text in small letters; compare so what people have typed.
 *
 * @example
 * lowercase(input.customer.name); // {% $lowercase($input.customer.name) %} → "ada"
 */
export const lowercase = (text: Template<string>): Expression<string> => operation('lowercase', text);

/**
 * The text without white space at both ends; white space within becomes single spaces.
 *
 * @example
 * trim('  two   words '); // {% $trim("  two   words ") %} → "two words"
 */
export const trim = (text: Template<string>): Expression<string> => operation('trim', text);

/**
 * Whether the part is in the text. For a pattern use `matches`, for a list `oneOf`.
 *
 * @example
 * contains(input.customer.email, '@'); // {% $contains($input.customer.email, "@") %} → true
 */
export const contains = (text: Template<string>, part: Template<string>): Expression<boolean> =>
  operation('contains', text, part);

/**
 * Whether the text begins so.
 *
 * @example
 * startsWith(input.id, 'o-'); // {% $substring($input.id, 0, $length("o-")) = "o-" %} → true
 */
export const startsWith = (text: Template<string>, start: Template<string>): Expression<boolean> =>
  operation('startsWith', text, start);

/**
 * Whether the text ends so.
 *
 * @example
 * endsWith(input.id, '7'); // {% $substring($input.id, $length($input.id) - $length("7")) = "7" %} → true
 */
export const endsWith = (text: Template<string>, end: Template<string>): Expression<boolean> =>
  operation('endsWith', text, end);

/**
 * Whether the regular expression is found in the text. For a plain part `contains` is enough.
 * @throws DefinitionError for a regular expression that JSONata does not know.
 *
 * @example
 * matches(input.id, /^o-\d+$/); // {% $contains($input.id, /^o-\d+$/) %} → true
 */
export const matches = (text: Template<string>, pattern: RegExp): Expression<boolean> =>
  expressionOf({
    kind: 'operation',
    operator: 'contains',
    operands: [operandOf(text, 'matches(): the text'), regexOf(pattern)],
  });

/**
 * The parts between the separators; an empty separator gives the characters.
 *
 * @example
 * split(input.customer.email, '@'); // {% [$split($input.customer.email, "@")] %} → ["ada", "example.com"]
 */
export const split = (text: Template<string>, separator: Template<string>): Expression<string[]> =>
  operation('split', text, separator);

/**
 * The texts of a list as one, with the separator (default none) between them. For single values use
 * `concat`.
 *
 * @example
 * join(input.tags, ', '); // {% $join($input.tags, ", ") %} → "gift, fragile"
 */
export const join = (texts: Texts, separator: Template<string> = ''): Expression<string> =>
  operation('join', texts, separator);

/**
 * The characters from `start`, counted from 0 or, if negative, from the end; `count` of them, or all.
 *
 * @example
 * substring(input.placedAt, 0, 10); // {% $substring($input.placedAt, 0, 10) %} → "2026-01-01"
 */
export const substring = (
  text: Template<string>,
  start: Template<number>,
  count?: Template<number>,
): Expression<string> =>
  count === undefined ? operation('substring', text, start) : operation('substring', text, start, count);

/**
 * What is before the first `separator`; the whole text where there is none. For more than two parts use
 * `split`.
 *
 * @example
 * substringBefore(input.placedAt, 'T'); // {% $substringBefore($input.placedAt, "T") %} → "2026-01-01"
 */
export const substringBefore = (text: Template<string>, separator: Template<string>): Expression<string> =>
  operation('substringBefore', text, separator);

/**
 * What is after the first `separator`; the whole text where there is none.
 *
 * @example
 * substringAfter(input.customer.email, '@'); // {% $substringAfter($input.customer.email, "@") %} → "example.com"
 */
export const substringAfter = (text: Template<string>, separator: Template<string>): Expression<string> =>
  operation('substringAfter', text, separator);

/**
 * Every occurrence replaced. With a regular expression, `$1` in the replacement stands for its first group.
 * @throws DefinitionError for an empty text, and for a regular expression that JSONata does not know.
 *
 * @example
 * replace(input.id, '-', '/'); // {% $replace($input.id, "-", "/") %} → "o/7"
 */
export function replace(
  text: Template<string>,
  what: Template<string> | RegExp,
  replacement: Template<string>,
): Expression<string> {
  if (what === '')
    throw new DefinitionError("replace() needs a text to look for, got ''; name what is to be replaced");
  const operands = [
    operandOf(text, 'replace(): the text'),
    what instanceof RegExp ? regexOf(what) : operandOf(what, 'replace(): what is replaced'),
    operandOf(replacement, 'replace(): the replacement'),
  ];
  return expressionOf({ kind: 'operation', operator: 'replace', operands });
}

/**
 * Filled up at its start to so many characters, with spaces if not said.
 *
 * @example
 * padStart(input.id, 6, '0'); // {% $pad($input.id, (6 * -1), "0") %} → "000o-7"
 */
export const padStart = (
  text: Template<string>,
  width: Template<number>,
  fill: Template<string> = ' ',
): Expression<string> => operation('pad', text, operation('*', width, -1), fill);
