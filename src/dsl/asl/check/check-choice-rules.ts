import type { JsonObject } from '../machine.ts';
import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { isList, isObject, kindOf, shown, step } from './json-value.ts';
import type { StateNode } from './machine-tree.ts';
import { isTimestamp } from './timestamp.ts';

type Operand = 'string' | 'number' | 'boolean' | 'timestamp';

/** Comparisons with a value, each of which but StringMatches has a twin `…Path` that compares with a path. */
const COMPARISONS: ReadonlyMap<string, Operand> = new Map<string, Operand>([
  ['StringMatches', 'string'],
  ['BooleanEquals', 'boolean'],
  ...(['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'] as const).flatMap(
    (relation) =>
      [
        [`String${relation}`, 'string'],
        [`Numeric${relation}`, 'number'],
        [`Timestamp${relation}`, 'timestamp'],
      ] as const,
  ),
  ...(['IsNull', 'IsPresent', 'IsNumeric', 'IsString', 'IsBoolean', 'IsTimestamp'] as const).map(
    (test) => [test, 'boolean'] as const,
  ),
]);

const hasPathTwin = (name: string): boolean => /^(?:String|Numeric|Timestamp|Boolean)(?!Matches)/.test(name);

const PATH_TWINS: ReadonlySet<string> = new Set(
  [...COMPARISONS.keys()].filter(hasPathTwin).map((name) => `${name}Path`),
);

/** The rules of a Choice: JSONPath's comparisons, JSONata's Condition. Source: ASL specification, "Choice State". */
export const checkChoiceRules: Check = ({ states }) =>
  states
    .filter(({ type }) => type === 'Choice')
    .flatMap((state) => {
      const rules = isList(state.value.Choices) ? state.value.Choices : [];
      return rules.flatMap((rule, index) => {
        const part = `/Choices${step(index)}`;
        if (state.language === 'JSONata') return isObject(rule) ? faultsOfCondition(rule, part, state) : [];
        return faultsOfRule(rule, { part, state, top: true });
      });
    });

function faultsOfCondition(rule: JsonObject, part: string, state: StateNode): readonly Fault[] {
  const { Condition } = rule;
  if (Condition === undefined || typeof Condition === 'boolean') return [];
  if (typeof Condition === 'string' && Condition.startsWith('{%')) return [];
  const problem = `a Condition must be true, false or an expression, got ${shown(Condition)}`;
  return [
    { code: 'wrong-type', ...at(state, `${part}/Condition`), problem, remedy: "write it as '{% … %}'" },
  ];
}

interface RulePlace {
  readonly part: string;
  readonly state: StateNode;
  /** Whether it stands in Choices itself, where alone Next and Assign may be. */
  readonly top: boolean;
}

function faultsOfRule(rule: unknown, place: RulePlace): readonly Fault[] {
  const { part, state, top } = place;
  const bad = (problem: string, remedy: string, key = ''): Fault => ({
    code: 'bad-choice-rule',
    ...at(state, part + (key && `/${key}`)),
    problem,
    remedy,
  });
  if (!isObject(rule)) return [bad(`a rule must be an object, got ${kindOf(rule)}`, 'write it as an object')];
  const keys = Object.keys(rule);
  const operators = keys.filter(isOperator);
  const allowed = new Set(['Comment', 'Variable', ...(top ? ['Next', 'Assign'] : [])]);
  const faults = keys
    .filter((key) => !allowed.has(key) && !isOperator(key))
    .map((key) =>
      key === 'Next' || key === 'Assign'
        ? bad(`${key} may stand only in the outermost rule`, 'move it there', key)
        : bad(`there is no comparison '${key}'`, 'check its spelling, or remove it', key),
    );
  if (top && typeof rule.Next !== 'string')
    faults.push(bad('a rule must have a Next', 'add the state it leads to'));
  if (operators.length !== 1) {
    const got = operators.length === 0 ? 'none' : operators.join(' and ');
    faults.push(bad(`a rule must have exactly one comparison, got ${got}`, 'join several by And'));
  }
  return [...faults, ...operators.flatMap((key) => faultsOfOperator(key, rule, place))];
}

const isOperator = (key: string): boolean =>
  COMPARISONS.has(key) || PATH_TWINS.has(key) || ['And', 'Or', 'Not'].includes(key);

function faultsOfOperator(key: string, rule: JsonObject, place: RulePlace): readonly Fault[] {
  const value = rule[key];
  const bad = (problem: string, remedy: string): Fault => ({
    code: 'bad-choice-rule',
    ...at(place.state, `${place.part}/${key}`),
    problem,
    remedy,
  });
  if (key === 'Not') return faultsOfRule(value, { ...place, part: `${place.part}/Not`, top: false });
  if (key === 'And' || key === 'Or') {
    if (!isList(value) || value.length === 0)
      return [bad(`${key} must be a list of rules`, 'put at least one rule in it')];
    return value.flatMap((one, index) =>
      faultsOfRule(one, { ...place, part: `${place.part}/${key}${step(index)}`, top: false }),
    );
  }
  const faults: Fault[] = [];
  if (typeof rule.Variable !== 'string')
    faults.push(bad(`${key} compares the value at Variable, which is not given`, 'add Variable, a path'));
  const operand = COMPARISONS.get(key);
  if (operand === undefined) {
    if (typeof value !== 'string')
      faults.push(bad(`${key} must be a path, got ${kindOf(value)}`, 'write a path'));
  } else if (operand === 'timestamp') {
    if (!isTimestamp(value))
      faults.push({
        code: 'bad-timestamp',
        ...at(place.state, `${place.part}/${key}`),
        problem: `${key} must be an RFC 3339 time, got ${shown(value)}`,
        remedy: "write it as '2026-11-22T12:00:00Z'",
      });
  } else if (typeof value !== operand)
    faults.push(bad(`${key} must be a ${operand}, got ${kindOf(value)}`, `make it a ${operand}`));
  return faults;
}
