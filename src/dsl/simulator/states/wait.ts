import type { WaitState } from '../../asl/machine.ts';
import { evaluateTyped } from '../evaluate-field.ts';
import { maximumSeconds } from '../limits.ts';
import type { Outcome } from '../produce.ts';
import { now, sleepUntil, type Process } from '../request.ts';
import { EvaluationFailure } from '../state-failure.ts';
import type { Visit } from '../visit.ts';

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** Waits for a number of seconds, or until a time; a time that has passed is no wait. */
export function* performWait(state: WaitState, visit: Visit): Process<Outcome> {
  // A Wait evaluates its fields after entering, not while: its EvaluationFailed follows WaitStateEntered.
  visit.thread.evaluationCursor = visit.thread.cursor;
  const from = yield* now();
  if (state.Seconds !== undefined) yield* sleepUntil(from + 1000 * (yield* seconds(visit, state.Seconds)));
  else if (state.Timestamp !== undefined) yield* sleepUntil(yield* timestamp(visit, state.Timestamp));
  visit.thread.evaluationCursor = visit.thread.cursor;
  return { next: state.Next, producer: state };
}

function* seconds(visit: Visit, template: number | string): Process<number> {
  const value = yield* evaluateTyped(visit, { name: 'Seconds', template }, 'number');
  if (Number.isInteger(value) && value >= 0 && value <= maximumSeconds) return value;
  throw new EvaluationFailure(
    `The Seconds field must be an integer from 0 to ${maximumSeconds} but was: ${value}`,
    'Seconds',
  );
}

function* timestamp(visit: Visit, template: string): Process<number> {
  const text = yield* evaluateTyped(visit, { name: 'Timestamp', template }, 'string');
  const at = isoTime.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new EvaluationFailure(
    `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
    'Timestamp',
  );
}
