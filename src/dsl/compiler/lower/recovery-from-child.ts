import type { ExpressionNode, TemplateNode } from '../../ast/expression-node.ts';
import { causeOf, first, plain } from '../../ast/failure-text.ts';
import { failureVariable, literal, operation, states, value, variable } from '../../ast/node.ts';
import type { RunNode } from '../../ast/step-node.ts';
import type { CatchDraft, Draft } from '../draft.ts';
import { stateName } from '../state-name.ts';
import { isOneOf } from './is-one-of.ts';
import { type Place, handlersAt } from './place.ts';
import { withError } from './with-error.ts';

/** Errors that the awaiting state itself fails with. */
const OF_THE_STATE = /^(?:States|StepFunctions)\./;

/** Whether a Catcher would match what has been caught (States Language, "Errors"). */
function matches(error: ExpressionNode, names: readonly string[]): ExpressionNode {
  if (names.includes('States.ALL')) return literal(true);
  const other = names.filter((name) => name !== 'States.TaskFailed');
  if (other.length === names.length) return isOneOf(error, names);
  const failed = operation('!=', error, literal('States.Timeout'));
  return other.length === 0 ? failed : operation('or', failed, isOneOf(error, other));
}

/** What must be caught: no more, so that other failures stay where they happen. */
const caughtFor = (ofTheState: readonly string[]): readonly string[] =>
  ofTheState.includes('States.ALL') ? ['States.ALL'] : [...new Set([...ofTheState, 'States.TaskFailed'])];

/**
 * Recovering from a child execution's own error: the parent's state fails with `States.TaskFailed`, and only the
 * cause says which error it was (API_DescribeExecution). So it is caught and told apart; what nobody recovers
 * from is raised again. Undefined for a step that does not name a child's error.
 */
export function recoveryFromChild(
  step: RunNode,
  place: Place,
): { readonly catches: readonly CatchDraft[]; readonly states: readonly Draft[] } | undefined {
  const named = step.recover.flatMap(({ errors }) => errors);
  const ofTheState = named.filter((error) => OF_THE_STATE.test(error));
  if (step.call.kind !== 'workflow' || ofTheState.length === named.length) return undefined;
  const name = (part: string) => stateName([...place.path, part]);
  const kept = failureVariable(step.name);
  const [error, cause] = [variable(kept, 'Error'), variable(kept, 'Cause')];
  const told = (errorNode: typeof error, causeNode: typeof cause): TemplateNode => ({
    kind: 'object',
    fields: { Error: value(first(errorNode, causeNode)), Cause: value(plain(causeNode)) },
  });
  const caught = told(states('errorOutput', 'Error'), causeOf(states('errorOutput', 'Cause')));
  const ways = step.recover.map(({ errors, value: given }, index) => ({
    errors,
    state: name(index === 0 ? 'Recovered' : `Recovered${index + 1}`),
    value: withError(given, { Error: error, Cause: cause }),
  }));
  return {
    catches: [{ errors: caughtFor(ofTheState), assign: { [kept]: caught }, next: name('Caught') }],
    states: [
      {
        type: 'Choice',
        name: name('Caught'),
        ...handlersAt(place),
        choices: ways.map((way) => ({ when: matches(error, way.errors), next: way.state })),
        otherwise: name('Raised'),
      },
      ...ways.map((way): Draft => ({
        type: 'Pass',
        name: way.state,
        ...handlersAt(place),
        assign: { [step.name]: way.value },
        next: place.next,
      })),
      { type: 'Fail', name: name('Raised'), ...handlersAt(place), error, cause },
    ],
  };
}
