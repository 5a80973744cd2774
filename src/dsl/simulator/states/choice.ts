import type { ChoiceState } from '../../asl/machine.ts';
import { evaluateTyped } from '../evaluate-field.ts';
import type { Outcome } from '../produce.ts';
import type { Process } from '../request.ts';
import { executing, StateFailure } from '../state-failure.ts';
import type { Visit } from '../visit.ts';

/** The first rule whose Condition is true decides, with its own Output and Assign; else Default, with the state's. */
export function* performChoice(state: ChoiceState, visit: Visit): Process<Outcome> {
  for (const [index, rule] of state.Choices.entries()) {
    const prefix = `Choices[${index}]/`;
    const field = { name: `${prefix}Condition`, template: rule.Condition };
    if (yield* evaluateTyped(visit, field, 'boolean')) return { next: rule.Next, producer: rule, prefix };
  }
  if (state.Default !== undefined) return { next: state.Default, producer: state };
  throw new StateFailure(
    'States.NoChoiceMatched',
    `${executing(visit.name, visit.enteredEventId)} Failed to transition out of the state. ` +
      'The state does not point to a next state.',
  );
}
