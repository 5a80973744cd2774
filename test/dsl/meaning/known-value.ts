import type { Expression } from '../../../src/dsl/expression/expression.ts';
import { orElse } from '../../../src/dsl/expression/logic.ts';
import { concat, join } from '../../../src/dsl/expression/text.ts';
import type { AnyRef, AnyScope } from './any-flow.ts';
import { returningLabels } from './gives-result.ts';
import type { Sees, Step } from './plan.ts';
import { MISSING, seen } from './seen.ts';

/** Something that a step may read. */
export interface KnownValue {
  readonly read: (scope: AnyScope) => Expression<string>;
  /** A way that was taken may not have set it. */
  readonly mayBeMissing: boolean;
}

/** A text of what is seen. */
export const textOf =
  (sees: Sees, known: readonly KnownValue[]) =>
  (scope: AnyScope): Expression<string> =>
    concat(
      ...seen(sees, known).flatMap(({ read, mayBeMissing }) => {
        const value = read(scope);
        return [mayBeMissing ? orElse(value, MISSING) : value, ';'];
      }),
      '.',
    );

/** What later steps may read of a step that gives something. */
export function knownResult(step: Step, name: string): KnownValue {
  const reading = (read: (result: AnyRef) => Expression<string>): KnownValue => ({
    read: (scope) => read(scope[name] as AnyRef),
    mayBeMissing: false,
  });
  switch (step.kind) {
    case 'run':
    case 'poll':
    case 'repeat':
      return reading((result) => result.is as AnyRef);
    case 'parallel':
      return reading((result) =>
        concat(...returningLabels(step.branches).flatMap((label) => [result[label] as AnyRef, '+'])),
      );
    case 'each':
      return reading((result) => join(result as never, ','));
    case 'choose':
    case 'match':
    case 'try':
    case 'wait':
    case 'pointOfNoReturn':
      return { ...reading((result) => result), mayBeMissing: true };
  }
}
