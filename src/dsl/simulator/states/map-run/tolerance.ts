import type { MapState } from '../../../asl/machine.ts';
import type { Process } from '../../request.ts';
import { executing, StateFailure } from '../../state-failure.ts';
import type { Visit } from '../../visit.ts';

/** How many items of a distributed Map may fail. 0 is the same as not set. */
export interface Tolerance {
  readonly count: number;
  /** Of all items, from 0 to 100. */
  readonly percentage: number;
}

/** @throws StateFailure States.Runtime for values out of bounds. */
export function* evaluateTolerance(state: MapState, visit: Visit): Process<Tolerance> {
  const { language } = visit;
  const count =
    (yield* language.number(visit, { name: 'ToleratedFailureCount', holder: state, whole: true })) ?? 0;
  if (count < 0) throw outOfBounds(visit, 'ToleratedFailureCount cannot be negative.');
  const percentage =
    (yield* language.number(visit, { name: 'ToleratedFailurePercentage', holder: state })) ?? 0;
  if (percentage < 0 || percentage > 100)
    throw outOfBounds(visit, 'ToleratedFailurePercentage must be between 0 and 100.');
  return { count, percentage };
}

/**
 * Whether so many failed items fail the Map Run. Without a threshold any failure does, else exceeding one that is
 * set does; a threshold of 0 counts as not set (seen in executions on AWS; the guide does not say so).
 */
export function exceeds(failed: number, total: number, { count, percentage }: Tolerance): boolean {
  if (count === 0 && percentage === 0) return failed > 0;
  return (count > 0 && failed > count) || (percentage > 0 && failed * 100 > percentage * total);
}

/** What exceeding the tolerance fails the Map with. */
export function intolerable(): StateFailure {
  return new StateFailure(
    'States.ExceedToleratedFailureThreshold',
    'The specified tolerated failure threshold was exceeded',
  );
}

const outOfBounds = ({ name, enteredEventId }: Visit, what: string) =>
  new StateFailure('States.Runtime', `${executing(name, enteredEventId)} ${what}`);
