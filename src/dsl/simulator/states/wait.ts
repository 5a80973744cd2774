import type { WaitState } from '../../asl/machine.ts';
import type { Outcome } from '../outcome.ts';
import { now, sleepUntil, type Process } from '../request.ts';
import type { Visit } from '../visit.ts';

/** Waits for a number of seconds, or until a time; a time that has passed is no wait. */
export function* performWait(state: WaitState, visit: Visit): Process<Outcome> {
  // A Wait evaluates its fields after entering, not while: its EvaluationFailed follows WaitStateEntered.
  visit.thread.evaluationCursor = visit.thread.cursor;
  yield* sleepUntil(yield* visit.language.waitUntil(visit, yield* now()));
  visit.thread.evaluationCursor = visit.thread.cursor;
  return { next: state.Next, producer: state };
}
