import { secondsText } from '../../ast/duration-text.ts';
import { literal, operation, states, value, variable } from '../../ast/node.ts';
import type { PollNode } from '../../ast/step-node.ts';
import { stateName } from '../state-name.ts';
import { ownFailure } from './own-failure.ts';
import { catchesOf, resultOf } from './lower-run.ts';
import { type Lowered, type Place, handlersAt } from './place.ts';

const enteredMillis = operation('toMillis', states('context', 'State', 'EnteredTime'));

/** Begin (sets the deadline) → the call → Ready? (a Choice) → Wait → the call again. */
export function lowerPoll(step: PollNode, place: Place): Lowered {
  const name = (part?: string) => stateName(part ? [...place.path, part] : place.path);
  const handlers = handlersAt(place);
  const until = `${step.name}_until`;
  const late = operation(
    '>',
    operation('+', enteredMillis, literal(step.everySeconds * 1000)),
    variable(until),
  );
  return {
    entry: name('Begin'),
    states: [
      {
        type: 'Pass',
        name: name('Begin'),
        ...handlers,
        assign: { [until]: value(operation('+', enteredMillis, literal(step.giveUpAfterSeconds * 1000))) },
        next: name(),
      },
      {
        type: 'Task',
        name: name(),
        ...handlers,
        call: step.call,
        retry: step.retry,
        catches: catchesOf(step, place),
        assign: { [step.name]: value(resultOf(step.call)) },
        next: name('Ready'),
      },
      {
        type: 'Choice',
        name: name('Ready'),
        ...handlers,
        choices: [
          { when: step.until, next: place.next },
          ...(step.failWhen ? [{ when: step.failWhen, next: name('Failed') }] : []),
          { when: late, next: name('GaveUp') },
        ],
        otherwise: name('Wait'),
      },
      {
        type: 'Wait',
        name: name('Wait'),
        ...handlers,
        wait: { seconds: literal(step.everySeconds) },
        next: name(),
      },
      ownFailure(step, place, {
        state: name('GaveUp'),
        error: 'GaveUp',
        cause: `not reached within ${secondsText(step.giveUpAfterSeconds)}`,
      }),
      ...(step.failWhen
        ? [
            ownFailure(step, place, {
              state: name('Failed'),
              error: 'PollFailed',
              cause: 'what is waited for has failed',
            }),
          ]
        : []),
    ],
  };
}
