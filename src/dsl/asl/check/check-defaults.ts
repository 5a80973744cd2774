import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { objectsOf } from './json-value.ts';

/** Choices that fail with States.NoChoiceMatched when no rule matches. */
export const checkDefaults: Check = ({ states }) =>
  states
    .filter(({ type, value }) => type === 'Choice' && value.Default === undefined)
    .filter(({ value }) => !objectsOf(value.Choices).some(([rule]) => isAlways(rule.Condition)))
    .map((state): Fault => ({
      code: 'no-default',
      ...at(state),
      problem: 'there is no Default: when no rule matches the execution fails with States.NoChoiceMatched',
      remedy: 'add a Default, if only to a Fail that says what was not expected',
    }));

const isAlways = (condition: unknown): boolean =>
  condition === true || (typeof condition === 'string' && /^\{%\s*true\s*%\}$/.test(condition));
