import type { ExpressionNode } from '../read-expression.ts';
import { isList, isObject } from './json-value.ts';

/** A variable, or a part of one: `['states', 'input', 'list']`. */
type Part = readonly string[];

const isNode = (value: unknown): value is ExpressionNode => isObject(value) && !(value instanceof RegExp);
const nodesOf = (value: unknown): readonly unknown[] => (isList(value) ? value : []);

/** Whether an expression gives the part of which it is made anew, and more. What a filter or slice cuts does not grow. */
export function grows(node: unknown, part: Part): boolean {
  if (!isNode(node) || node.predicate !== undefined || node.group !== undefined) return false;
  const { type, value, ...fields } = node;
  const holds = (one: unknown) => isPart(one, part) || grows(one, part);
  switch (type ?? '') {
    case 'binary':
      return value === '&' && (holds(fields.lhs) || holds(fields.rhs));
    case 'unary':
      return value === '{'
        ? objectGrows(fields.lhs, part)
        : value === '[' && nodesOf(fields.expressions).some(holds);
    case 'block':
      return grows(nodesOf(fields.expressions).at(-1), part);
    case 'condition':
      return grows(fields.then, part) || grows(fields.else, part);
    case 'apply':
      return isPart(fields.lhs, part) && isNode(fields.rhs) && callGrows(fields.rhs, [fields.lhs], part);
    case 'function':
      return callGrows(node, [], part);
    default:
      return false;
  }
}

const KEEPS_ALL: ReadonlySet<unknown> = new Set(['distinct', 'reverse', 'shuffle', 'sort']);

/** @param before What `~>` puts before the arguments. */
function callGrows(node: ExpressionNode, before: readonly unknown[], part: Part): boolean {
  const name = isNode(node.procedure) ? node.procedure.value : undefined;
  const given = [...before, ...nodesOf(node.arguments)];
  if (name === 'append') return given.some((one) => isPart(one, part) || grows(one, part));
  const [list] = given;
  if (KEEPS_ALL.has(name)) return grows(list, part);
  if (!isNode(list) || list.type !== 'unary' || list.value !== '[') return false;
  const items = nodesOf(list.expressions);
  if (name === 'join') return items.some((one) => isPart(one, part) || grows(one, part));
  if (name !== 'merge' || !items.some((one) => isPart(one, part))) return false;
  // The same keys are only set anew.
  return items.some((one) => !isPart(one, part) && (!hasFixedKeys(one) || grows(one, part)));
}

const hasFixedKeys = (node: unknown): boolean =>
  isNode(node) &&
  node.type === 'unary' &&
  node.value === '{' &&
  nodesOf(node.lhs).every((pair) => (nodesOf(pair)[0] as ExpressionNode | undefined)?.type === 'string');

function objectGrows(pairs: unknown, part: Part): boolean {
  return nodesOf(pairs).some((pair) => {
    const [key, value] = nodesOf(pair);
    const name = isNode(key) && key.type === 'string' ? String(key.value) : undefined;
    return isPart(value, part) || grows(value, part) || (name !== undefined && grows(value, [...part, name]));
  });
}

/** Whether a node is the part itself. */
function isPart(node: unknown, [variable, ...names]: Part): boolean {
  if (!isNode(node) || node.predicate !== undefined || node.group !== undefined) return false;
  if (node.type === 'variable') return names.length === 0 && node.value === variable;
  if (node.type !== 'path') return false;
  const [first, ...steps] = nodesOf(node.steps);
  if (
    !isNode(first) ||
    first.type !== 'variable' ||
    first.value !== variable ||
    first.predicate !== undefined
  )
    return false;
  return (
    steps.length === names.length &&
    steps.every(
      (one, index) => isNode(one) && one.type === 'name' && one.value === names[index] && !one.stages,
    )
  );
}

/** `States.Array($n, $)`, `States.Format('{}{}', $n, $.x)`. */
export const growsByIntrinsic = (text: string, name: string): boolean =>
  /^States\.(?:Array|Format)\s*\(/.test(text) &&
  text
    .split(`$${name}`)
    .slice(1)
    .some((rest) => /^\s*[,)]/.test(rest));
