import type { FailState } from '../../asl/machine.ts';
import { evaluateTyped } from '../evaluate-field.ts';
import type { Outcome } from '../produce.ts';
import type { Process } from '../request.ts';
import { StateFailure } from '../state-failure.ts';
import type { Visit } from '../visit.ts';

/** Always throws the failure that the state describes; both parts of it may be absent. */
export function* performFail(state: FailState, visit: Visit): Process<Outcome> {
  const error = yield* optionalText(visit, 'Error', state.Error);
  const cause = yield* optionalText(visit, 'Cause', state.Cause);
  throw new StateFailure(error, cause);
}

function* optionalText(
  visit: Visit,
  name: string,
  template: string | undefined,
): Process<string | undefined> {
  return template === undefined ? undefined : yield* evaluateTyped(visit, { name, template }, 'string');
}
