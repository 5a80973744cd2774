import type { State } from './machine.ts';
import { fieldOf } from './machine-flow.ts';

/** A string in a state that is, or pretends to be, a JSONata expression. */
export interface FoundExpression {
  /** Where it stands: `Catch[0].Assign.failure`. */
  readonly place: string;
  readonly text: string;
  /** The JSONata; undefined when the braces are not as they must be. */
  readonly source: string | undefined;
  /** Whether `$states.result` is there to be read. */
  readonly hasResult: boolean;
  /** Whether `$states.errorOutput` is there to be read. */
  readonly hasError: boolean;
}

/** Fields that hold other states, or text that is never evaluated. */
const NOT_EVALUATED = new Set([
  'Type',
  'Comment',
  'QueryLanguage',
  'Next',
  'Resource',
  'Branches',
  'ItemProcessor',
]);

const WITH_RESULT = new Set<State['Type']>(['Task', 'Parallel', 'Map']);

/**
 * The expressions of a state, not of those inside it. `$states.result` is there for Output and Assign of the
 * states that have a result, `$states.errorOutput` for those of a Catch (developer guide, "Transforming data
 * with JSONata", "Reserved variable: $states").
 */
export function expressionsOf(state: State): readonly FoundExpression[] {
  return Object.keys(state)
    .filter((field) => !NOT_EVALUATED.has(field))
    .flatMap((field) =>
      found(fieldOf(state, field), field, {
        hasResult: WITH_RESULT.has(state.Type) && (field === 'Output' || field === 'Assign'),
        hasError: field === 'Catch',
      }),
    );
}

function found(
  value: unknown,
  place: string,
  known: { readonly hasResult: boolean; readonly hasError: boolean },
): readonly FoundExpression[] {
  if (typeof value === 'string') {
    if (!value.startsWith('{%') && !value.endsWith('%}')) return [];
    return [{ place, text: value, source: /^\{%([\s\S]*)%\}$/.exec(value)?.[1], ...known }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    found(inner, Array.isArray(value) ? `${place}[${key}]` : `${place}.${key}`, known),
  );
}
