import type { Json } from '../../asl/machine.ts';
import type { Process } from '../request.ts';
import type { Visit } from '../visit.ts';

/**
 * What a Map or Parallel does once it knows what it works on: all of it, or, when the execution is redriven, what of
 * it is not done yet.
 */
export interface Work {
  readonly run: (visit: Visit) => Process<Json>;
  /**
   * The errors after which a redrive begins the state anew, done parts included. Source: developer guide, "Restarting
   * state machine executions with redrive", "Redrive behavior of individual states"; "Redriving Map Runs".
   */
  readonly anewAfter: readonly string[];
}

/** Begins the work, or goes on with what the state had begun before the execution was redriven. */
export function* workOn(visit: Visit, begin: () => Process<Work>): Process<Json> {
  const { thread } = visit;
  thread.work ??= yield* begin();
  return yield* thread.work.run(visit);
}
