import type { WaitState } from '../../asl/machine.ts';
import { maximumSeconds } from '../limits.ts';
import type { Process } from '../request.ts';
import { EvaluationFailure } from '../state-failure.ts';
import { timestampOf } from '../timestamp.ts';
import type { Visit } from '../visit.ts';
import { evaluateTyped } from './evaluate-field.ts';

/** When a Wait is over: after a number of seconds, or at a time. */
export function* waitUntil(visit: Visit, from: number): Process<number> {
  const { Seconds, Timestamp } = visit.state as WaitState;
  if (Seconds !== undefined) return from + 1000 * (yield* seconds(visit, Seconds));
  return Timestamp === undefined ? from : yield* timestamp(visit, Timestamp);
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
  const at = timestampOf(text);
  if (at !== undefined) return at;
  throw new EvaluationFailure(
    `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
    'Timestamp',
  );
}
