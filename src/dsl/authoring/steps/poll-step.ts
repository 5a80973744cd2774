import { DefinitionError } from '../../ast/definition-error.ts';
import type { StepNode } from '../../ast/step-node.ts';
import type { Expression, Template } from '../../expression/expression.ts';
import { operandOf } from '../../expression/template.ts';
import type { Call } from '../call.ts';
import { type Duration, seconds } from '../duration.ts';
import { type CallOptions, type Ground, calledNode } from './call-options.ts';

/** How a poll fails by itself: out of time, or by `failWhen`. */
export type PollError = 'GaveUp' | 'PollFailed';

export interface PollOptions<
  Before,
  Scope,
  E extends string,
  Caught extends E | PollError,
  Recovered,
> extends CallOptions<Before, E, Caught, Recovered> {
  /** The step ends when this holds. */
  readonly until: (scope: Scope) => Expression<boolean>;
  /** The step fails with `PollFailed`, without waiting longer, when this holds; default never. */
  readonly failWhen?: (scope: Scope) => Expression<boolean>;
  /** What the cause says of the last result when the step fails, for example which table has which status. */
  readonly saying?: (scope: Scope) => Template<string>;
  /** The wait between two calls. */
  readonly every: Duration;
  /** The step fails with `GaveUp` when this has passed. */
  readonly giveUpAfter: Duration;
}

export function pollNode<Before, Scope, E extends string, Caught extends E | PollError>(
  ground: Ground<Before> & { readonly name: string; readonly after: Scope },
  call: (scope: Before) => Call<unknown>,
  options: PollOptions<Before, Scope, E, Caught, unknown>,
): StepNode {
  const everySeconds = seconds(options.every);
  const giveUpAfterSeconds = seconds(options.giveUpAfter);
  if (giveUpAfterSeconds < everySeconds)
    throw new DefinitionError(
      `${ground.place}: giveUpAfter ('${options.giveUpAfter}') is shorter than every ('${options.every}'); ` +
        `raise giveUpAfter or poll more often`,
    );
  return {
    kind: 'poll',
    name: ground.name,
    ...calledNode(ground, call(ground.scope).node, options),
    until: operandOf(options.until(ground.after)),
    failWhen: options.failWhen && operandOf(options.failWhen(ground.after)),
    saying: options.saying && operandOf(options.saying(ground.after)),
    everySeconds,
    giveUpAfterSeconds,
  };
}
