import type { Json, JsonObject } from '../../../asl/machine.ts';
import { compilePath, type Path, type PathSources } from '../path/compile-path.ts';
import { PathSyntaxError } from '../path/text-reader.ts';
import { comparisons, isTimestamp } from './comparisons.ts';

/** A path of a rule that leads nowhere, and is not asked whether it does. */
export class RuleFault extends Error {}

/** @throws RuleFault */
export type Rule = (sources: PathSources) => boolean;

const compiled = new WeakMap<object, Rule>();

/** A Choice rule's condition, compiled once. @throws PathSyntaxError */
export function compileRule(rule: JsonObject): Rule {
  const known = compiled.get(rule);
  if (known !== undefined) return known;
  const made = compile(rule);
  compiled.set(rule, made);
  return made;
}

function compile(rule: JsonObject): Rule {
  const { And, Or, Not, Variable } = rule;
  if (And !== undefined) {
    const rules = rulesOf(And);
    return (sources) => rules.every((holds) => holds(sources));
  }
  if (Or !== undefined) {
    const rules = rulesOf(Or);
    return (sources) => rules.some((holds) => holds(sources));
  }
  if (Not !== undefined) {
    const holds = compileRule(Not as JsonObject);
    return (sources) => !holds(sources);
  }
  const operator = Object.keys(rule).find(
    (key) => Object.hasOwn(checks, key) || comparisonOf(key) !== undefined,
  );
  if (typeof Variable !== 'string' || operator === undefined)
    throw new PathSyntaxError(`a Choice rule needs a Variable and an operator: ${JSON.stringify(rule)}`);
  return compare(compilePath(Variable), operator, rule[operator] as Json);
}

const rulesOf = (list: Json) => (list as readonly JsonObject[]).map(compileRule);

const comparisonOf = (operator: string) => {
  const name = operator.replace(/Path$/, '');
  return Object.hasOwn(comparisons, name) ? comparisons[name] : undefined;
};

function compare(variable: Path, operator: string, expected: Json): Rule {
  if (operator === 'IsPresent') return (sources) => (variable.find(sources) !== undefined) === expected;
  const check = Object.hasOwn(checks, operator) ? checks[operator] : undefined;
  if (check !== undefined) return (sources) => check(valueOf(variable, sources)) === expected;
  const holds = comparisonOf(operator) as (value: Json, other: Json) => boolean;
  if (!operator.endsWith('Path')) return (sources) => holds(valueOf(variable, sources), expected);
  const other = compilePath(expected as string);
  return (sources) => holds(valueOf(variable, sources), valueOf(other, sources));
}

function valueOf(path: Path, sources: PathSources): Json {
  const refusal = path.refuses(sources);
  if (refusal !== undefined) throw new RuleFault(refusal);
  const value = path.find(sources);
  if (value !== undefined) return value;
  throw new RuleFault(
    `Invalid path '${path.text}': The choice state's condition path references an invalid value.`,
  );
}

/** The tests of a value's type. */
const checks: { readonly [operator: string]: (value: Json) => boolean } = {
  IsBoolean: (value) => typeof value === 'boolean',
  IsNull: (value) => value === null,
  IsNumeric: (value) => typeof value === 'number',
  IsPresent: () => true,
  IsString: (value) => typeof value === 'string',
  IsTimestamp: isTimestamp,
};
