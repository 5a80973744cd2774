import type { PassState } from '../../asl/machine.ts';
import type { Outcome } from '../outcome.ts';
import type { Process } from '../request.ts';
import type { Visit } from '../visit.ts';

export function* performPass(state: PassState, visit: Visit): Process<Outcome> {
  const result = yield* visit.language.passResult(visit);
  return result === undefined
    ? { next: state.Next, producer: state }
    : { next: state.Next, producer: state, result };
}
