import type { ExpressionNode } from '../read-expression.ts';
import { readPath } from './json-path.ts';
import { isList, isObject, objectsOf, step } from './json-value.ts';
import type { StateNode } from './machine-tree.ts';

/**
 * Variables whose presence a Choice has found out, by `$exists` or IsPresent, when it comes to a part of it: a rule's
 * Condition, what else a rule has, or what it has of its own, such as Default.
 */
export function presentAt(part: string, state: StateNode): readonly string[] {
  if (state.type !== 'Choice') return [];
  const rules = objectsOf(state.value.Choices).map(([rule, index]) => ({
    rule,
    at: `/Choices${step(index)}/`,
  }));
  const judge = (one: (typeof rules)[number], applies: boolean) =>
    state.language === 'JSONPath' ? ofRule(one.rule, applies) : ofCondition(treeAt(state, one.at), applies);
  const found = rules.findIndex(({ at }) => part.startsWith(at));
  // A rule is come to when none before it applies, and its Next is taken when it does.
  const passed = (found < 0 ? rules : rules.slice(0, found)).flatMap((one) => judge(one, false));
  const own = rules[found];
  return own === undefined || !/(?:Next|Assign|Output)(?![^/])/.test(part.slice(own.at.length))
    ? passed
    : [...passed, ...judge(own, true)];
}

const treeAt = ({ place, reads }: StateNode, part: string): ExpressionNode | undefined =>
  reads.find((read) => read.place === `${place}${part}Condition`)?.reading?.tree;

/** @param holds Whether the condition came out true. */
function ofCondition(node: unknown, holds: boolean): readonly string[] {
  if (!isObject(node)) return [];
  const { type, value, ...fields } = node as ExpressionNode;
  if (type === 'block' && isList(fields.expressions) && fields.expressions.length === 1)
    return ofCondition(fields.expressions[0], holds);
  // All parts of `and` hold when it does, none of `or` when it does not.
  if (type === 'binary' && value === (holds ? 'and' : 'or'))
    return [fields.lhs, fields.rhs].flatMap((one) => ofCondition(one, holds));
  if (type === 'binary' && value === '=' && isObject(fields.rhs) && typeof fields.rhs.value === 'boolean')
    return ofCondition(fields.lhs, holds === fields.rhs.value);
  if (type !== 'function' || !isObject(fields.procedure) || !isList(fields.arguments)) return [];
  const [argument] = fields.arguments;
  if (fields.procedure.value === 'not') return ofCondition(argument, !holds);
  if (fields.procedure.value !== 'exists' || !holds || !isObject(argument)) return [];
  const asked = argument.type === 'path' && isList(argument.steps) ? argument.steps[0] : argument;
  return isObject(asked) && asked.type === 'variable' ? [asked.value as string] : [];
}

function ofRule(rule: unknown, holds: boolean): readonly string[] {
  if (!isObject(rule)) return [];
  const joined = rule[holds ? 'And' : 'Or'];
  if (isList(joined)) return joined.flatMap((one) => ofRule(one, holds));
  if (rule.Not !== undefined) return ofRule(rule.Not, !holds);
  if (rule.IsPresent !== holds || typeof rule.Variable !== 'string') return [];
  return [...readPath(rule.Variable, false).variables];
}
