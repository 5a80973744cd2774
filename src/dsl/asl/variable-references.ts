import { jsonataFunctions } from './jsonata-functions.ts';
import { isObject } from './check/json-value.ts';
import { treeOf } from './check/machine-tree.ts';

/**
 * The variables that each state reads, sorted, as DescribeStateMachine reports them (`variableReferences`): by the
 * state's own name, however deep it is, and only of states that read any. A definition of any quality may be given.
 *
 * @example
 * variableReferences({
 *   StartAt: 'Pause',
 *   States: { Pause: { Type: 'Wait', SecondsPath: '$delay', End: true } },
 * }); // → { "Pause": ["delay"] }
 */
export function variableReferences(definition: unknown): { readonly [state: string]: readonly string[] } {
  if (!isObject(definition)) return {};
  const read = treeOf(definition, {}).states.map(({ name, language, reads }): [string, readonly string[]] => {
    const names = new Set(reads.flatMap(({ variables }) => [...variables]));
    const own = [...names].filter((variable) => language === 'JSONPath' || !jsonataFunctions.has(variable));
    return [name, own.sort()];
  });
  return Object.fromEntries(read.filter(([, names]) => names.length > 0));
}
