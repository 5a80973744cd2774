import { DefinitionError } from '../../ast/definition-error.ts';
import type { ExpressionNode, OperationNode, Operator, TemplateNode } from '../../ast/expression-node.ts';
import { mapReferences } from '../walk.ts';

/** An expression as JSONata text, in the language of AWS's version 2.0.6. */
export function jsonata(node: ExpressionNode, depth = 0): string {
  switch (node.kind) {
    case 'reference':
      return `$${node.variable}${node.path.map((part) => `.${field(part)}`).join('')}`;
    case 'literal':
      return JSON.stringify(node.value);
    case 'raw':
      return node.jsonata;
    case 'operation':
      return OPERATORS[node.operator](flattened(node).map((operand) => nested(operand, depth)));
    case 'each': {
      // `[]` keeps a result of one element an array, also of one array; the outer brackets make one of none.
      const parameter = `each${depth + 1}`;
      const body = jsonata(renamed(node.body, node.parameter, parameter), depth + 1);
      return `[$${node.function}(${jsonata(node.list, depth)}, function($${parameter}) { ${body} })[]]`;
    }
    case 'template':
      return templateText(node.template, depth);
  }
}

/** A template inside an expression: an object or array constructor. */
export function templateText(node: TemplateNode, depth = 0): string {
  switch (node.kind) {
    case 'value':
      return jsonata(node.value, depth);
    case 'list':
      return `[${node.items.map((item) => templateText(item, depth)).join(', ')}]`;
    case 'object': {
      const fields = Object.entries(node.fields).map(
        ([name, value]) => `${JSON.stringify(name)}: ${templateText(value, depth)}`,
      );
      return `{${fields.join(', ')}}`;
    }
  }
}

const infix =
  (symbol: string) =>
  (operands: readonly string[]): string =>
    operands.join(` ${symbol} `);

const call =
  (name: string) =>
  (operands: readonly string[]): string =>
    `$${name}(${operands.join(', ')})`;

const OPERATORS: Readonly<Record<Operator, (operands: readonly string[]) => string>> = {
  '=': infix('='),
  '!=': infix('!='),
  '<': infix('<'),
  '<=': infix('<='),
  '>': infix('>'),
  '>=': infix('>='),
  and: infix('and'),
  or: infix('or'),
  not: call('not'),
  in: infix('in'),
  '+': infix('+'),
  '-': infix('-'),
  '*': infix('*'),
  '/': infix('/'),
  '&': infix('&'),
  exists: call('exists'),
  orElse: ([value, fallback]) => `$exists(${value}) ? ${value} : ${fallback}`,
  choose: ([condition, then, otherwise]) => `${condition} ? ${then} : ${otherwise}`,
  count: call('count'),
  sum: call('sum'),
  range: ([first, last]) => `[${first}..${last}]`,
  toMillis: call('toMillis'),
  fromMillis: call('fromMillis'),
  at: ([list, index]) => `${list}[${index}]`,
  type: call('type'),
  merge: (operands) => `$merge([${operands.join(', ')}])`,
  join: call('join'),
  plainCause: ([cause]) =>
    `($plain := function($cause) { $contains($cause, /^\\{"[\\s\\S]*\\}$/) ? ` +
    `($parsed := $parse($cause); $exists($parsed.errorMessage) ? $parsed.errorMessage : ` +
    `$exists($parsed.Cause) ? $plain($parsed.Cause) : $cause) : $cause }; $plain(${cause}))`,
  plainError: ([error, cause]) =>
    `($plain := function($error, $cause) { $contains($cause, /^\\{"[\\s\\S]*\\}$/) ? ` +
    `($parsed := $parse($cause); $exists($parsed.Error) ? ` +
    `$plain($parsed.Error, $exists($parsed.Cause) ? $parsed.Cause : "") : $error) : $error }; ` +
    `$plain(${error}, ${cause}))`,
};

const ASSOCIATIVE = new Set<Operator>(['&', 'and', 'or', '+']);

const CALLS = new Set<Operator>([
  'not',
  'exists',
  'count',
  'sum',
  'range',
  'toMillis',
  'fromMillis',
  'type',
  'merge',
  'join',
  'plainCause',
  'plainError',
]);

/** An operand, in parentheses where its own operator could be read otherwise. */
function nested(node: ExpressionNode, depth: number): string {
  const text = jsonata(node, depth);
  return node.kind === 'operation' && !CALLS.has(node.operator) ? `(${text})` : text;
}

/** Chains of one associative operator need no parentheses to the left. */
function flattened(node: OperationNode): readonly ExpressionNode[] {
  if (!ASSOCIATIVE.has(node.operator)) return node.operands;
  const [left, ...rest] = node.operands;
  if (left?.kind === 'operation' && left.operator === node.operator) return [...flattened(left), ...rest];
  return node.operands;
}

const KEYWORDS = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function']);

/**
 * A field's name as a step of a path.
 * @throws DefinitionError for a name that JSONata cannot quote.
 */
export function field(name: string): string {
  if (name.includes('`'))
    throw new DefinitionError(
      `the field '${name}' cannot be read: JSONata cannot quote a name with a backtick; rename it`,
    );
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !KEYWORDS.has(name) ? name : `\`${name}\``;
}

/** The body with its parameter under the name that its depth gives, so that the text depends on nothing else. */
function renamed(node: ExpressionNode, from: string, to: string): ExpressionNode {
  return mapReferences(node, (inner) => (inner.variable === from ? { ...inner, variable: to } : inner));
}
