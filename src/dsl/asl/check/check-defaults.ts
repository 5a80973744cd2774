import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { objectsOf, step } from './json-value.ts';

/** Choices that end the execution when no rule matches, and rules behind one that always does. */
export const checkDefaults: Check = ({ states }) => [
  ...states
    .filter(({ type, value }) => type === 'Choice' && value.Default === undefined)
    .filter(({ value }) => !objectsOf(value.Choices).some(([rule]) => isAlways(rule.Condition)))
    .map((state): Fault => ({
      code: 'no-default',
      ...at(state),
      problem: 'there is no Default: when no rule matches the execution fails, and nothing catches that',
      remedy: 'add a Default, if only to a Fail that says what was not expected',
    })),
  ...states
    .filter(({ type }) => type === 'Choice')
    .flatMap((state): readonly Fault[] => {
      const rules = objectsOf(state.value.Choices);
      const always = rules.findIndex(([rule]) => isAlways(rule.Condition));
      if (always < 0 || always === rules.length - 1) return [];
      const problem = 'this rule always applies, and those after it never do';
      const remedy = 'move it to the end, or make it the Default';
      return [
        { code: 'unreachable-rule', ...at(state, `/Choices${step(always)}/Condition`), problem, remedy },
      ];
    }),
];

const isAlways = (condition: unknown): boolean =>
  condition === true || (typeof condition === 'string' && /^\{%\s*true\s*%\}$/.test(condition));
