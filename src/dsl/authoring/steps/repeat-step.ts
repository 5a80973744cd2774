import type { z } from 'zod';
import { DefinitionError } from '../../ast/definition-error.ts';
import type { StepNode } from '../../ast/step-node.ts';
import { type Expression, type Ref, type Template, referenceTo } from '../../expression/expression.ts';
import { operandOf, templateOf } from '../../expression/template.ts';
import type { Call } from '../call.ts';
import { type Duration, seconds } from '../duration.ts';
import { type CallOptions, type Ground, calledNode } from './call-options.ts';

export interface RepeatOptions<
  Before,
  Scope,
  E extends string,
  Caught extends E | 'GaveUp',
  Recovered,
  Cursor extends z.ZodType,
> extends CallOptions<Before, E, Caught, Recovered> {
  /** The step ends when this holds. */
  readonly until: (scope: Scope) => Expression<boolean>;
  /** Calls in all; the step fails with `GaveUp` when the last one did not end it. */
  readonly atMost: number;
  /** The wait between two calls; default none. */
  readonly pause?: Duration;
  /** What the cause says of the last result when the step gives up. */
  readonly saying?: (scope: Scope) => Template<string>;
  /**
   * Where the call goes on: `schema` is its type, `first` its value for the first call, `next` what it is
   * after a call. Leave it out when the call keeps its place itself.
   */
  readonly cursor?: {
    readonly schema: Cursor;
    readonly first: Template<z.output<Cursor>>;
    readonly next: (scope: Scope) => Template<z.output<Cursor> | undefined>;
  };
}

export function repeatNode<
  Before,
  Scope,
  E extends string,
  Caught extends E | 'GaveUp',
  Cursor extends z.ZodType,
>(
  ground: Ground<Before> & { readonly name: string; readonly after: Scope },
  call: (scope: Before, cursor: Ref<z.output<Cursor>>) => Call<unknown>,
  options: RepeatOptions<Before, Scope, E, Caught, unknown, Cursor>,
): StepNode {
  const { atMost, cursor } = options;
  if (!Number.isInteger(atMost) || atMost < 1)
    throw new DefinitionError(
      `${ground.place}: atMost must be a whole number of calls, at least 1, got ${atMost}; ` +
        `say how many calls the longest work may need`,
    );
  const variable = `${ground.name}_cursor`;
  return {
    kind: 'repeat',
    name: ground.name,
    ...calledNode(ground, call(ground.scope, referenceTo(variable)).node, options),
    cursor: cursor && {
      variable,
      first: templateOf(cursor.first, `${ground.place} › first`),
      next: templateOf(cursor.next(ground.after), `${ground.place} › next`),
    },
    until: operandOf(options.until(ground.after)),
    saying: options.saying && operandOf(options.saying(ground.after)),
    pauseSeconds: options.pause === undefined ? 0 : seconds(options.pause),
    atMost,
  };
}
