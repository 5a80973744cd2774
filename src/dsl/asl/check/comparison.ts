import type { ExpressionNode } from '../read-expression.ts';
import { readPath } from './json-path.ts';
import { isList, isObject } from './json-value.ts';

/** What is compared. */
export interface Side {
  readonly variables: ReadonlySet<string>;
  /** The variable that it is, and nothing more. */
  readonly plain: string | undefined;
  /** Whether it reads the time. */
  readonly time: boolean;
  /** Whether it reads what comes in, of which nothing is known. */
  readonly input: boolean;
}

/** Whether a rule applies when its comparison holds. */
type Holds = boolean | 'unknown';

/** A comparison of a Choice, in either language. */
export interface Comparison {
  readonly operator: '<' | '<=' | '>' | '>=' | '=' | '!=';
  readonly left: Side;
  readonly right: Side;
  readonly holds: Holds;
}

const OPERATORS: ReadonlySet<unknown> = new Set(['<', '<=', '>', '>=', '=', '!=']);

/** Every comparison of a condition in JSONata. */
export function comparisonsIn(node: unknown, holds: Holds = true): readonly Comparison[] {
  if (isList(node)) return node.flatMap((one) => comparisonsIn(one, 'unknown'));
  if (!isNode(node)) return [];
  const { type, value, ...fields } = node;
  if (type === 'block' && isList(fields.expressions) && fields.expressions.length === 1)
    return comparisonsIn(fields.expressions[0], holds);
  if (type === 'binary' && (value === 'and' || value === 'or'))
    return [fields.lhs, fields.rhs].flatMap((one) => comparisonsIn(one, holds));
  if (type !== 'binary' || !OPERATORS.has(value))
    return Object.values(fields).flatMap((one) => comparisonsIn(one, 'unknown'));
  const sides = [fields.lhs, fields.rhs] as const;
  // `(a > b) = true` is `a > b`.
  if (value === '=' && isNode(fields.rhs) && fields.rhs.value === true)
    return comparisonsIn(fields.lhs, holds);
  const operator = value as Comparison['operator'];
  return [
    { operator, left: sideOf(fields.lhs), right: sideOf(fields.rhs), holds },
    ...sides.flatMap((one) => comparisonsIn(one, 'unknown')),
  ];
}

const isNode = (value: unknown): value is ExpressionNode => isObject(value) && !(value instanceof RegExp);

function sideOf(node: unknown): Side {
  const variables = new Set<string>();
  const seen = { time: false, input: false };
  visit(node, variables, seen);
  const inner =
    isNode(node) && node.type === 'block' && isList(node.expressions) && node.expressions.length === 1
      ? node.expressions[0]
      : node;
  const plain = isNode(inner) && inner.type === 'variable' ? String(inner.value) : undefined;
  return { variables, plain, ...seen };
}

function visit(node: unknown, variables: Set<string>, seen: { time: boolean; input: boolean }): void {
  if (isList(node)) {
    for (const one of node) visit(one, variables, seen);
    return;
  }
  if (!isNode(node)) return;
  const { type, value, ...fields } = node;
  if (type === 'variable') {
    if (value === 'now' || value === 'millis') seen.time = true;
    else if (value !== '' && value !== 'states') variables.add(String(value));
  }
  if (type === 'name') {
    if (value === 'EnteredTime' || value === 'StartTime') seen.time = true;
    else if (value === 'input') seen.input = true;
  }
  for (const one of Object.values(fields)) visit(one, variables, seen);
}

/** Every comparison of a rule in JSONPath. */
export function comparisonsOfRule(rule: unknown, holds: Holds = true): readonly Comparison[] {
  if (isList(rule)) return rule.flatMap((one) => comparisonsOfRule(one, holds));
  if (!isObject(rule)) return [];
  return Object.entries(rule).flatMap(([key, value]): readonly Comparison[] => {
    if (key === 'Not') return comparisonsOfRule(value, holds === 'unknown' ? holds : !holds);
    if (key === 'And' || key === 'Or') return comparisonsOfRule(value, holds);
    const operator = operatorOf(key);
    if (operator === undefined) return [];
    const right = key.endsWith('Path') ? sideOfPath(value) : NOTHING;
    return [{ operator, left: sideOfPath(rule.Variable), right, holds }];
  });
}

const RELATIONS: ReadonlyMap<string, Comparison['operator']> = new Map([
  ['LessThan', '<'],
  ['LessThanEquals', '<='],
  ['GreaterThan', '>'],
  ['GreaterThanEquals', '>='],
  ['Equals', '='],
]);

/** Equal texts are a status, not a count. */
function operatorOf(key: string): Comparison['operator'] | undefined {
  const [, type, relation = ''] = /^(String|Numeric|Timestamp)(\w+?)(?:Path)?$/.exec(key) ?? [];
  return type === 'String' && relation === 'Equals' ? undefined : RELATIONS.get(relation);
}

const NOTHING: Side = { variables: new Set(), plain: undefined, time: false, input: false };

function sideOfPath(path: unknown): Side {
  if (typeof path !== 'string') return NOTHING;
  const { variables } = readPath(path, false);
  return {
    variables,
    plain: variables.has(path.slice(1)) ? path.slice(1) : undefined,
    time: /^\$\$.*(?:EnteredTime|StartTime)/.test(path),
    input: variables.size === 0 && !path.startsWith('$$'),
  };
}
