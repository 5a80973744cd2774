import type { ExpressionNode, TemplateNode } from '../../ast/expression-node.ts';
import { literal, value } from '../../ast/node.ts';
import type { PollNode, RepeatNode } from '../../ast/step-node.ts';
import { authoredPath } from '../state-name.ts';
import type { Draft } from '../draft.ts';
import { mapReferences, mapTemplate } from '../walk.ts';
import { type Place, handlersAt } from './place.ts';

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

/** A recovery's value with the error written out, since no state gives it as `$states.errorOutput` here. */
function withError(
  template: TemplateNode,
  error: { readonly Error: ExpressionNode; readonly Cause: ExpressionNode },
): TemplateNode {
  const whole: ExpressionNode = {
    kind: 'template',
    template: { kind: 'object', fields: { Error: value(error.Error), Cause: value(error.Cause) } },
  };
  return mapTemplate(template, (node) =>
    mapReferences(node, (reference) => {
      if (reference.variable !== 'states' || reference.path[0] !== 'errorOutput') return reference;
      const field = reference.path[1];
      return field === undefined ? whole : error[field as 'Error' | 'Cause'];
    }),
  );
}
