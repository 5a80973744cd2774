import type { ExpressionNode } from '../../ast/expression-node.ts';
import type { PollNode } from '../../ast/step-node.ts';
import type { Draft } from '../draft.ts';
import { literal, operation, states, value, variable } from '../../ast/node.ts';
import { stateName } from '../state-name.ts';
import type { Lowered, Place } from './place.ts';
import { catchesOf, resultOf } from './lower-run.ts';

const enteredMillis = operation('toMillis', states('context', 'State', 'EnteredTime'));

/** The words of a failure, and what the author has to say of the last result. */
const told = (words: string, saying: ExpressionNode | undefined): ExpressionNode =>
  saying === undefined ? literal(words) : operation('&', literal(`${words}; `), saying);

/** Begin (sets the deadline) → the call → Ready? (a Choice) → Wait → the call again. */
export function lowerPoll(step: PollNode, place: Place): Lowered {
  const name = (part?: string) => stateName(part ? [...place.path, part] : place.path);
  const { undos } = place;
  const until = `${step.name}_until`;
  const fail = (part: string, error: string, cause: string): Draft => ({
    type: 'Fail',
    name: name(part),
    undos,
    error: literal(error),
    cause: told(`${place.path.join(' › ')}: ${cause}`, step.saying),
  });
  const states: Draft[] = [
    {
      type: 'Pass',
      name: name('Begin'),
      undos,
      assign: { [until]: value(operation('+', enteredMillis, literal(step.giveUpAfterSeconds * 1000))) },
      next: name(),
    },
    {
      type: 'Task',
      name: name(),
      undos,
      call: step.call,
      retry: step.retry,
      catches: catchesOf(step, place),
      assign: { [step.name]: value(resultOf(step.call)) },
      next: name('Ready'),
    },
    {
      type: 'Choice',
      name: name('Ready'),
      undos,
      choices: [
        { when: step.until, next: place.next },
        ...(step.failWhen ? [{ when: step.failWhen, next: name('Failed') }] : []),
        {
          when: operation(
            '>',
            operation('+', enteredMillis, literal(step.everySeconds * 1000)),
            variable(until),
          ),
          next: name('GaveUp'),
        },
      ],
      otherwise: name('Wait'),
    },
    { type: 'Wait', name: name('Wait'), undos, seconds: literal(step.everySeconds), next: name() },
    fail('GaveUp', 'GaveUp', `not reached within ${step.giveUpAfterSeconds} seconds`),
  ];
  if (step.failWhen) states.push(fail('Failed', 'PollFailed', 'what is waited for has failed'));
  return { entry: name('Begin'), states };
}
