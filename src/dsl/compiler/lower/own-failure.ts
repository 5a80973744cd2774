import type { ExpressionNode } from '../../ast/expression-node.ts';
import { literal } from '../../ast/node.ts';
import type { PollNode, RepeatNode } from '../../ast/step-node.ts';
import { authoredPath } from '../state-name.ts';
import type { Draft } from '../draft.ts';
import { type Place, handlersAt } from './place.ts';
import { withError } from './with-error.ts';

/** A failure of a loop itself: its name, and what its cause says before the author's own words. */
export interface OwnFailure {
  readonly state: string;
  readonly error: 'GaveUp' | 'PollFailed';
  readonly cause: string;
}

/** The end of a loop that does not come to its good end: a Fail state, or the value that `recover` gives for it. */
export function ownFailure(step: PollNode | RepeatNode, place: Place, failure: OwnFailure): Draft {
  const around = handlersAt(place);
  const words = `${authoredPath(place.path)}: ${failure.cause}`;
  const cause: ExpressionNode =
    step.saying === undefined
      ? literal(words)
      : { kind: 'operation', operator: '&', operands: [literal(`${words}; `), step.saying] };
  const recovery = step.recover.find(
    ({ errors }) => errors.includes(failure.error) || errors.includes('States.ALL'),
  );
  if (recovery === undefined)
    return { ...around, type: 'Fail', name: failure.state, error: literal(failure.error), cause };
  const recovered = withError(recovery.value, { Error: literal(failure.error), Cause: cause });
  return {
    ...around,
    type: 'Pass',
    name: failure.state,
    assign: { [step.name]: recovered },
    next: place.next,
  };
}
