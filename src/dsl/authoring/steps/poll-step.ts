import { DefinitionError } from '../../ast/definition-error.ts';
import type { StepNode } from '../../ast/step-node.ts';
import type { Expression, Template } from '../../expression/expression.ts';
import { operandOf } from '../../expression/template.ts';
import { callOf } from '../call-of.ts';
import { calledWith, conditionOf, optionsOf } from '../checked.ts';
import { type Duration, secondsOf } from '../duration.ts';
import type { StepGround } from '../standing.ts';
import { CALL_OPTIONS, type CallOptions, calledNode } from './call-options.ts';

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

const OPTIONS = [...CALL_OPTIONS, 'until', 'failWhen', 'saying', 'every', 'giveUpAfter'];

export function pollNode<Before, Scope, E extends string, Caught extends E | PollError, Recovered>(
  ground: StepGround,
  call: unknown,
  given: PollOptions<Before, Scope, E, Caught, Recovered>,
): StepNode {
  const options = optionsOf(given, OPTIONS, ground.place);
  const after = { place: ground.place, scope: ground.after };
  const everySeconds = secondsOf(options.every, `${ground.place} › every`);
  const giveUpAfterSeconds = secondsOf(options.giveUpAfter, `${ground.place} › giveUpAfter`);
  if (giveUpAfterSeconds < everySeconds)
    throw new DefinitionError(
      `${ground.place}: giveUpAfter ('${options.giveUpAfter}') is shorter than every ('${options.every}'); ` +
        `raise giveUpAfter or poll more often`,
    );
  return {
    kind: 'poll',
    name: ground.name,
    ...calledNode(ground, callOf(call, ground), options),
    until: conditionOf(options.until, after, 'until'),
    failWhen: options.failWhen && conditionOf(options.failWhen, after, 'failWhen'),
    saying: options.saying && operandOf(calledWith(options.saying, after, 'saying')),
    everySeconds,
    giveUpAfterSeconds,
  };
}
