import { literal, states, value, variable } from '../../ast/node.ts';
import type { CallbackNode } from '../../ast/step-node.ts';
import type { Draft } from '../draft.ts';
import { withDefaults } from '../guard/defaults.ts';
import { guardStates } from '../guard/guard-states.ts';
import { stateName } from '../state-name.ts';
import { catchesOf } from './lower-run.ts';
import { type Lowered, type Place, handlersAt } from './place.ts';

/** A Task that waits for its token, the check of the answer, and, of an approval, whether it was a yes. */
export function lowerCallback(step: CallbackNode, place: Place): Lowered {
  const name = (part?: string) => stateName(part ? [...place.path, part] : place.path);
  const around = handlersAt(place);
  const decided = step.refusal ? name('Approved') : place.next;
  const answer = variable(step.name);
  const whole = withDefaults(step.answer, answer, `${place.path.join(' › ')} › answer`);
  const complete: readonly Draft[] =
    whole === answer
      ? []
      : [
          {
            ...around,
            type: 'Pass',
            name: name('Answer'),
            assign: { [step.name]: value(whole) },
            next: decided,
          },
        ];
  const guard = guardStates({
    prefix: name(),
    schema: step.answer,
    value: answer,
    called: 'answer',
    variable: `${step.name}_faults`,
    error: 'InvalidAnswer',
    lead: `${place.path.join(' › ')} refuses the answer: `,
    next: complete[0]?.name ?? decided,
    around,
  });
  return {
    entry: name(),
    states: [
      {
        ...around,
        type: 'Task',
        name: name(),
        call: step.call,
        retry: step.retry,
        catches: catchesOf(step, { next: decided }),
        assign: { [step.name]: value(states('result')) },
        next: name('Check'),
      },
      ...guard.states,
      ...complete,
      ...decision(step, place),
    ],
  };
}

function decision(step: CallbackNode, place: Place): readonly Draft[] {
  if (step.refusal === undefined) return [];
  const name = (part: string) => stateName([...place.path, part]);
  const around = handlersAt(place);
  return [
    {
      ...around,
      type: 'Choice',
      name: name('Approved'),
      choices: [{ when: step.refusal.when, next: name('Declined') }],
      otherwise: place.next,
    },
    {
      ...around,
      type: 'Fail',
      name: name('Declined'),
      error: literal(step.refusal.error),
      cause: step.refusal.cause,
    },
  ];
}
