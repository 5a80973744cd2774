import type { ExpressionNode } from '../ast/expression-node.ts';
import { DefinitionError } from '../ast/definition-error.ts';
import { type Expression, type Template, expressionOf } from './expression.ts';
import { operation } from './operation.ts';
import { regexOf } from './regex.ts';
import { operandOf } from './template.ts';

/** Text put together; numbers and booleans are written as JSON. JSONata `&`. */
export function concat(...parts: Template<string | number | boolean>[]): Expression<string> {
  const node = parts
    .map(operandOf)
    .reduce<ExpressionNode>(
      (left, right) => ({ kind: 'operation', operator: '&', operands: [left, right] }),
      { kind: 'literal', value: '' },
    );
  return expressionOf(node);
}

/** How many characters (Unicode code points) a text has. JSONata `$length`. */
export const length = (text: Template<string>): Expression<number> => operation('length', text);

/** JSONata `$uppercase`. */
export const uppercase = (text: Template<string>): Expression<string> => operation('uppercase', text);

/** JSONata `$lowercase`. */
export const lowercase = (text: Template<string>): Expression<string> => operation('lowercase', text);

/** Without white space at both ends; white space within becomes single spaces. JSONata `$trim`. */
export const trim = (text: Template<string>): Expression<string> => operation('trim', text);

/** JSONata `$contains(text, part)`. */
export const contains = (text: Template<string>, part: Template<string>): Expression<boolean> =>
  operation('contains', text, part);

/** JSONata `$substring(text, 0, $length(start)) = start`. */
export const startsWith = (text: Template<string>, start: Template<string>): Expression<boolean> =>
  operation('startsWith', text, start);

/** JSONata `$substring(text, $length(text) - $length(end)) = end`. */
export const endsWith = (text: Template<string>, end: Template<string>): Expression<boolean> =>
  operation('endsWith', text, end);

/**
 * True when the regular expression is found in the text. JSONata `$contains(text, /…/)`.
 * @throws DefinitionError for a regular expression that JSONata does not know.
 */
export const matches = (text: Template<string>, pattern: RegExp): Expression<boolean> =>
  expressionOf({ kind: 'operation', operator: 'contains', operands: [operandOf(text), regexOf(pattern)] });

/** The parts between the separators; an empty separator gives the characters. JSONata `$split`. */
export const split = (text: Template<string>, separator: Template<string>): Expression<string[]> =>
  operation('split', text, separator);

/** The texts of a list as one, with the separator (default none) between them. JSONata `$join`. */
export const join = (
  texts: Expression<readonly string[]>,
  separator: Template<string> = '',
): Expression<string> => operation('join', texts, separator);

/**
 * The characters from `start`, counted from 0 or, if negative, from the end; `count` of them, or all. JSONata
 * `$substring`.
 */
export const substring = (
  text: Template<string>,
  start: Template<number>,
  count?: Template<number>,
): Expression<string> =>
  count === undefined ? operation('substring', text, start) : operation('substring', text, start, count);

/** What is before the first `separator`; the whole text where there is none. JSONata `$substringBefore`. */
export const substringBefore = (text: Template<string>, separator: Template<string>): Expression<string> =>
  operation('substringBefore', text, separator);

/** What is after the first `separator`; the whole text where there is none. JSONata `$substringAfter`. */
export const substringAfter = (text: Template<string>, separator: Template<string>): Expression<string> =>
  operation('substringAfter', text, separator);

/**
 * Every occurrence replaced. With a regular expression, `$1` in the replacement stands for its first group.
 * JSONata `$replace`.
 * @throws DefinitionError for an empty text, and for a regular expression that JSONata does not know.
 */
export function replace(
  text: Template<string>,
  what: Template<string> | RegExp,
  replacement: Template<string>,
): Expression<string> {
  if (what === '')
    throw new DefinitionError("replace() needs a text to look for, got ''; name what is to be replaced");
  const operands = [
    operandOf(text),
    what instanceof RegExp ? regexOf(what) : operandOf(what),
    operandOf(replacement),
  ];
  return expressionOf({ kind: 'operation', operator: 'replace', operands });
}

/** Filled up at its start to so many characters, with spaces if not said. JSONata `$pad(text, -width, fill)`. */
export const padStart = (
  text: Template<string>,
  width: Template<number>,
  fill: Template<string> = ' ',
): Expression<string> => operation('pad', text, operation('*', width, -1), fill);
