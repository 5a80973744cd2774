import type { ChoiceState } from '../../asl/machine.ts';
import type { Outcome } from '../outcome.ts';
import type { Process } from '../request.ts';
import { executing, StateFailure } from '../state-failure.ts';
import type { Visit } from '../visit.ts';

/**
 * The first rule that holds decides, with its own output and variables; else Default, with the state's. Without one the
 * execution ends: AWS names the error States.Runtime there, against its guide, which has States.NoChoiceMatched.
 */
export function* performChoice(state: ChoiceState, visit: Visit): Process<Outcome> {
  for (const [index, rule] of state.Choices.entries()) {
    const prefix = `Choices[${index}]/`;
    if (yield* visit.language.holds(visit, rule, prefix)) return { next: rule.Next, producer: rule, prefix };
  }
  if (state.Default !== undefined) return { next: state.Default, producer: state };
  throw new StateFailure(
    'States.Runtime',
    `${executing(visit.name, visit.enteredEventId)} Failed to transition out of the state. ` +
      'The state does not point to a next state.',
  );
}
