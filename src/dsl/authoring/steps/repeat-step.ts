import type { z } from 'zod';
import { DefinitionError } from '../../ast/definition-error.ts';
import type { StepNode } from '../../ast/step-node.ts';
import { type Expression, type Ref, type Template, referenceTo } from '../../expression/expression.ts';
import type { Whole } from '../../expression/present.ts';
import { operandOf, templateOf } from '../../expression/template.ts';
import { callOf } from '../call-of.ts';
import { calledWith, conditionOf, optionsOf } from '../checked.ts';
import { type Duration, secondsOf } from '../duration.ts';
import { refuseForeign } from '../refuse-foreign.ts';
import { shown } from '../shown.ts';
import type { StepGround } from '../standing.ts';
import { CALL_OPTIONS, type CallOptions, calledNode } from './call-options.ts';

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
   * after a call, which may be missing after the last one. Leave it out when the call keeps its place itself.
   */
  readonly cursor?: {
    readonly schema: Cursor;
    readonly first: Whole<z.output<Cursor>, Template<z.output<Cursor>>>;
    readonly next: (scope: Scope) => Template<z.output<Cursor> | undefined>;
  };
}

/** What the call gets beside the scope: its place, or nothing that could be used when there is no cursor. */
export type CursorOf<Cursor extends z.ZodType> = [z.output<Cursor>] extends [never]
  ? { readonly error: "there is no cursor; give the step's options one, with its schema" }
  : Ref<z.output<Cursor>>;

const OPTIONS = [...CALL_OPTIONS, 'until', 'atMost', 'pause', 'saying', 'cursor'];

export function repeatNode<
  Before,
  Scope,
  E extends string,
  Caught extends E | 'GaveUp',
  Recovered,
  Cursor extends z.ZodType,
>(
  ground: StepGround,
  call: unknown,
  given: RepeatOptions<Before, Scope, E, Caught, Recovered, Cursor>,
): StepNode {
  const { place } = ground;
  const options = optionsOf(given, OPTIONS, place);
  const { atMost } = options;
  const cursor =
    options.cursor && optionsOf(options.cursor, ['schema', 'first', 'next'], `${place} › cursor`);
  if (!Number.isInteger(atMost) || atMost < 1)
    throw new DefinitionError(
      `${place}: atMost must be a whole number of calls, at least 1, got ${shown(atMost)}; ` +
        `say how many calls the longest work may need`,
    );
  if (cursor) refuseForeign(cursor.first, { place: `${place} › first`, scope: ground.scope });
  const variable = `${ground.name}_cursor`;
  const after = { place, scope: ground.after };
  const also = cursor && referenceTo(variable);
  return {
    kind: 'repeat',
    name: ground.name,
    ...calledNode(ground, callOf(call, { ...ground, also }), options),
    cursor: cursor && {
      variable,
      first: templateOf(cursor.first, `${place} › first`),
      next: templateOf(calledWith(cursor.next, after, 'next'), `${place} › next`),
    },
    until: conditionOf(options.until, after, 'until'),
    saying: options.saying && operandOf(calledWith(options.saying, after, 'saying')),
    pauseSeconds: options.pause === undefined ? 0 : secondsOf(options.pause, `${place} › pause`),
    atMost,
  };
}
