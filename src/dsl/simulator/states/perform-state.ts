import type { State } from '../../asl/machine.ts';
import type { Outcome } from '../outcome.ts';
import type { Process } from '../request.ts';
import type { Visit } from '../visit.ts';
import { performChoice } from './choice.ts';
import { performFail } from './fail.ts';
import { performMap } from './map.ts';
import { performParallel } from './parallel.ts';
import { performPass } from './pass.ts';
import { performSucceed } from './succeed.ts';
import { performTask } from './task.ts';
import { performWait } from './wait.ts';

/** A state type's own work, from entering to what Output and Assign are made of. */
type Performer<S extends State> = (state: S, visit: Visit) => Process<Outcome>;

const performers: { readonly [T in State['Type']]: Performer<Extract<State, { Type: T }>> } = {
  Choice: performChoice,
  Fail: performFail,
  Map: performMap,
  Parallel: performParallel,
  Pass: performPass,
  Succeed: performSucceed,
  Task: performTask,
  Wait: performWait,
};

/** @throws StateFailure when the work fails. */
export function performState(visit: Visit): Process<Outcome> {
  const perform = performers[visit.state.Type] as Performer<State>;
  return perform(visit.state, visit);
}
