import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { isList, isObject, shown, step } from './json-value.ts';
import type { StateNode } from './machine-tree.ts';

/** Comparisons with a text that looks like a path: only the fields that end in Path read one. */
export const checkComparedPaths: Check = ({ states }) =>
  states
    .filter(({ type, language }) => type === 'Choice' && language === 'JSONPath')
    .flatMap((state) => within(state.value.Choices, '/Choices', state));

function within(value: unknown, part: string, state: StateNode): readonly Fault[] {
  if (isList(value)) return value.flatMap((one, index) => within(one, part + step(index), state));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => {
    const here = part + step(key);
    if (!/^(?:String|Numeric|Timestamp|Boolean)\w*(?<!Path)$/.test(key) || key === 'StringMatches')
      return within(one, here, state);
    if (typeof one !== 'string' || !/^\$\$?[.[]/.test(one)) return [];
    const fault: Fault = {
      code: 'no-path',
      ...at(state, here),
      problem: `${key} compares with the text ${shown(one)}`,
      remedy: `write ${key}Path to compare with what is there`,
    };
    return [fault];
  });
}
