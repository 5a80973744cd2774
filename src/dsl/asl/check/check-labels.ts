import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { shown } from './json-value.ts';

const LONGEST = 40;

/** Whitespace, wildcards, brackets, special and control characters. Source: developer guide, "Using Map state in Distributed mode", "Label". */
const FORBIDDEN = /[\s?*<>{}[\]"#%\\^|~`$&,;:/\p{Cc}]/u;

/** Labels of distributed maps: part of the ARN of their runs. */
export const checkLabels: Check = ({ states }) => {
  const seen = new Set<string>();
  return states.flatMap((state): readonly Fault[] => {
    const label = state.value.Label;
    if (state.type !== 'Map' || typeof label !== 'string') return [];
    const again = seen.has(label);
    seen.add(label);
    const bad = (problem: string, remedy: string): Fault => ({
      code: 'bad-label',
      ...at(state, '/Label'),
      problem,
      remedy,
    });
    const character = FORBIDDEN.exec(label)?.[0];
    if (label === '') return [bad('Label is empty', 'name the map, or leave Label out')];
    return [
      ...(label.length > LONGEST
        ? [bad(`Label has ${label.length} characters, more than ${LONGEST}`, 'shorten it')]
        : []),
      ...(character === undefined
        ? []
        : [
            bad(
              `Label may not have the character ${shown(character)}`,
              "use letters, digits, '-', '_' and '.'",
            ),
          ]),
      ...(again
        ? [
            {
              code: 'duplicate-label',
              ...at(state, '/Label'),
              problem: `another map has the Label ${shown(label)}`,
              remedy: 'give each its own',
            } as const,
          ]
        : []),
    ];
  });
};
