import type { FailState } from '../../asl/machine.ts';
import type { Outcome } from '../outcome.ts';
import type { Process } from '../request.ts';
import { StateFailure } from '../state-failure.ts';
import type { Visit } from '../visit.ts';

/** Always throws the failure that the state describes; both parts of it may be absent. */
export function* performFail(state: FailState, visit: Visit): Process<Outcome> {
  const error = yield* visit.language.text(visit, { name: 'Error', holder: state });
  const cause = yield* visit.language.text(visit, { name: 'Cause', holder: state });
  throw new StateFailure(error, cause);
}
