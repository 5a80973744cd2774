import type { ExpressionNode } from '../read-expression.ts';
import { HASH_ALGORITHMS } from './hash-algorithms.ts';
import { isList, isObject } from './json-value.ts';

/** What an expression gives whenever it gives anything. */
export type ExpressionType = 'string' | 'number' | 'boolean' | 'null' | 'array' | 'object' | 'function';

const NAMES: Readonly<Record<string, ExpressionType>> = {
  s: 'string',
  n: 'number',
  b: 'boolean',
  l: 'null',
  a: 'array',
  o: 'object',
  f: 'function',
};

interface Signature {
  /** The types that each parameter takes, one letter each; `x` is any. */
  readonly takes: readonly string[];
  readonly gives: ExpressionType | undefined;
}

/**
 * Parameters and results, as JSONata's own signatures write them; a list takes anything, for one value stands for a
 * list of it. Sources: docs.jsonata.org, and the developer guide, "Transforming data with JSONata".
 */
const SIGNATURES: ReadonlyMap<string, Signature> = new Map(
  `abs n:n | append x x | assert b s | average na:n | base64decode s:s | base64encode s:s | boolean x:b | ceil n:n
  contains s sf:b | count x:n | decodeUrl s:s | decodeUrlComponent s:s | distinct x | each o f | encodeUrl s:s
  encodeUrlComponent s:s | error s | exists x:b | filter x f | floor n:n | formatBase n n:s | formatInteger n s:s
  formatNumber n s o:s | fromMillis n s s:s | hash x s:s | join sa s:s | keys x | length s:n | lookup x s
  lowercase s:s | map x f | match s f n | max na:n | merge oa | millis:n | min na:n | not x:b | now s s:s | number nsb:n
  pad s n s:s | parse x | parseInteger s s:n | partition x n | power n n:n | random n:n | range n n n | reduce x f x
  replace s sf sf n:s | reverse x | round n n:n | shuffle x | sift o f | single x f | sort x f | split s sf n
  spread x | sqrt n:n | string x b:s | substring s n n:s | substringAfter s s:s | substringBefore s s:s | sum na:n
  toMillis s s:n | trim s:s | type x:s | uppercase s:s | uuid:s`
    .split(/\s*\|\s*|\n\s*/)
    .map((line) => {
      const [head = '', gives] = line.split(':');
      const [name = '', ...takes] = head.split(' ');
      return [name, { takes, gives: gives === undefined ? undefined : NAMES[gives] }];
    }),
);

/** Functions that the expression has not bound itself. */
type Free = ReadonlySet<string>;

const isNode = (value: unknown): value is ExpressionNode => isObject(value) && !(value instanceof RegExp);
const nodesOf = (value: unknown): readonly unknown[] => (isList(value) ? value : []);

/** The type of what an expression gives; undefined when that is not known. */
export function typeOf(node: unknown, free: Free): ExpressionType | undefined {
  if (!isNode(node) || node.predicate !== undefined || node.group !== undefined) return undefined;
  const { type, value, ...fields } = node;
  switch (type ?? '') {
    case 'string':
      return 'string';
    case 'number':
      return 'number';
    case 'value':
      return value === null ? 'null' : 'boolean';
    case 'regex':
    case 'lambda':
      return 'function';
    case 'unary':
      return value === '[' ? 'array' : value === '{' ? 'object' : 'number';
    case 'binary':
      return ofOperator(String(value));
    case 'block':
      return typeOf(nodesOf(fields.expressions).at(-1), free);
    case 'condition': {
      const then = typeOf(fields.then, free);
      return then === typeOf(fields.else, free) ? then : undefined;
    }
    case 'function':
      return signatureOf(node, free)?.gives;
    default:
      return undefined;
  }
}

function ofOperator(operator: string): ExpressionType | undefined {
  if (ARITHMETIC.has(operator)) return 'number';
  if (operator === '&') return 'string';
  return operator === '..' ? 'array' : 'boolean';
}

const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%']);
const ORDER: ReadonlySet<string> = new Set(['<', '<=', '>', '>=']);

function signatureOf({ procedure }: ExpressionNode, free: Free): (Signature & { name: string }) | undefined {
  const name = isNode(procedure) && procedure.type === 'variable' ? String(procedure.value) : '';
  const signature = free.has(name) ? SIGNATURES.get(name) : undefined;
  return signature && { ...signature, name };
}

/**
 * Why an expression fails whatever the data is. Only what is evaluated each time is looked at: neither the bodies of
 * functions nor the branches of a condition.
 */
export function whyItFails(node: unknown, free: Free, piped = 0): string | undefined {
  if (isList(node)) return firstOf(node.map((one) => () => whyItFails(one, free)));
  if (!isNode(node)) return undefined;
  const { type, value, ...fields } = node;
  switch (type ?? '') {
    case 'binary': {
      const operator = String(value);
      const sure = operator === 'and' || operator === 'or' ? [fields.lhs] : [fields.lhs, fields.rhs];
      return whyOperatorFails(operator, fields, free) ?? whyItFails(sure, free);
    }
    case 'unary':
      if (value === '-')
        return whyOperatorFails('-', { lhs: fields.expression }, free) ?? whyItFails(fields.expression, free);
      return whyItFails(value === '{' ? nodesOf(fields.lhs).flatMap(nodesOf) : fields.expressions, free);
    case 'block':
      return whyItFails(fields.expressions, free);
    case 'bind':
      return whyItFails(fields.rhs, free);
    case 'condition':
      return whyItFails(fields.condition, free);
    case 'apply':
      return whyItFails(fields.lhs, free) ?? whyItFails(fields.rhs, free, 1);
    case 'path':
      return whyItFails(nodesOf(fields.steps)[0], free);
    case 'function':
      return whyCallFails(node, free, piped) ?? whyItFails(fields.arguments, free);
    default:
      return undefined;
  }
}

function firstOf(reasons: readonly (() => string | undefined)[]): string | undefined {
  for (const reason of reasons) {
    const why = reason();
    if (why !== undefined) return why;
  }
  return undefined;
}

function whyOperatorFails(
  operator: string,
  { lhs, rhs }: { readonly lhs?: unknown; readonly rhs?: unknown },
  free: Free,
): string | undefined {
  const types = [typeOf(lhs, free), typeOf(rhs, free)] as const;
  if (ARITHMETIC.has(operator)) {
    const wrong = types.find((type) => type !== undefined && type !== 'number');
    return wrong && `'${operator}' takes numbers, got ${withArticle(wrong)}`;
  }
  if (!ORDER.has(operator)) return undefined;
  const wrong = types.find((type) => type !== undefined && type !== 'number' && type !== 'string');
  if (wrong !== undefined) return `'${operator}' takes numbers or strings, got ${withArticle(wrong)}`;
  const [left, right] = types;
  return left === undefined || right === undefined || left === right
    ? undefined
    : `'${operator}' compares ${withArticle(left)} with ${withArticle(right)}`;
}

/** @param piped How many arguments `~>` puts before those that are written. */
function whyCallFails(node: ExpressionNode, free: Free, piped: number): string | undefined {
  const signature = signatureOf(node, free);
  if (signature === undefined || signature.name === 'zip') return undefined;
  const { name, takes } = signature;
  const given = nodesOf(node.arguments);
  if (given.length + piped > takes.length)
    return `$${name} takes at most ${takes.length} argument${takes.length === 1 ? '' : 's'}, got ${given.length + piped}`;
  for (const [index, argument] of given.entries()) {
    const letters = takes[index + piped] ?? 'x';
    const type = typeOf(argument, free);
    if (type === undefined || letters === 'x' || letters.split('').some((letter) => NAMES[letter] === type))
      continue;
    const wanted = letters
      .split('')
      .map((letter) => withArticle(NAMES[letter] ?? 'string'))
      .join(' or ');
    return `argument ${index + piped + 1} of $${name} must be ${wanted}, got ${withArticle(type)}`;
  }
  return piped === 0 ? whyTextFails(name, given) : undefined;
}

/** Texts that a function reads, and that say nothing to it. */
function whyTextFails(name: string, given: readonly unknown[]): string | undefined {
  const [first, second] = given.map((one) =>
    isNode(one) && one.type === 'string' ? String(one.value) : undefined,
  );
  if (name === 'number' && first !== undefined && !NUMBER.test(first))
    return `$number finds no number in '${first}'`;
  return name !== 'hash' || second === undefined || HASH_ALGORITHMS.includes(second)
    ? undefined
    : `there is no algorithm '${second}'; there are ${HASH_ALGORITHMS.join(', ')}`;
}

/** What `$number` reads. Source: jsonata, functions.js. */
const NUMBER = /^(?:-?[0-9]+(?:\.[0-9]+)?(?:[Ee][-+]?[0-9]+)?|0[xX][0-9A-Fa-f]+|0[oO][0-7]+|0[bB][01]+)$/;

export const withArticle = (type: ExpressionType): string =>
  type === 'null' ? type : `${/^[ao]/.test(type) ? 'an' : 'a'} ${type}`;
