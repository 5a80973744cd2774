import { conditionOperators } from './condition-operators.ts';
import { literally } from './pattern.ts';
import { type RequestContext, valuesOf, withVariables } from './request-context.ts';

/** One line of a Condition, `StringEquals: { <key>: <wanted> }`. @throws Unprovable */
export type Condition = (context: RequestContext) => boolean;

/** The operators whose wanted values may have wildcards. */
const WITH_WILDCARDS = /^(String(Not)?Like|Arn)/;

/** Undefined for an operator that is not simulated. */
export function conditionOf(
  operator: string,
  key: string,
  wanted: { readonly values: readonly string[]; readonly hasVariables: boolean },
): Condition | undefined {
  const [, qualifier, name = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  if (name === 'Null' && qualifier === undefined && ifExists === undefined)
    return (context) => String(valuesOf(context, key).length === 0) === wanted.values[0]?.toLowerCase();
  const known = Object.hasOwn(conditionOperators, name) ? conditionOperators[name] : undefined;
  if (known === undefined) return undefined;
  const { test, negated } = known;
  const wild = WITH_WILDCARDS.test(name);
  return (context) => {
    const values = valuesOf(context, key);
    const fitting = wanted.values
      .map((value) => filled(value, context, wanted.hasVariables))
      .filter((value) => value !== undefined);
    const holds = (value: string) => negated !== fitting.some((one) => test(value, wild ? one : plain(one)));
    if (values.length === 0)
      return ifExists !== undefined || qualifier === 'ForAllValues' || (negated && qualifier === undefined);
    const every = qualifier === 'ForAllValues' || (qualifier === undefined && negated);
    return every ? values.every(holds) : values.some(holds);
  };
}

const filled = (value: string, context: RequestContext, hasVariables: boolean): string | undefined =>
  hasVariables ? withVariables(value, context) : value;

/** Without the marks of characters that are no wildcards. */
const plain = (text: string): string => text.replaceAll(literally('*'), '*').replaceAll(literally('?'), '?');
