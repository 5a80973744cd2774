import type { Catcher, MapState, ParallelState, Retrier, State, TaskState } from '../../../asl/machine.ts';

/** The events of an execution itself: started, and how it ended. */
export const EXECUTION_EVENTS = 2;

/** Entered, started, succeeded or failed, exited. */
export const FORK_EVENTS = 4;

/** Of one iteration of an inline Map: started, and how it ended. */
export const ITERATION_EVENTS = 2;

/** Entered, started, the map run started and ended, succeeded or failed, exited; its children have their own histories. */
const DISTRIBUTED_EVENTS = 6;

/** A retried distributed Map: started, the map run started and failed. */
const DISTRIBUTED_RETRY_EVENTS = 3;

/**
 * The events that a state writes when it is visited once without a retry, apart from those of its branches and
 * iterations. Source: API_HistoryEvent, and executions recorded from AWS.
 */
export function visitEvents(state: State): number {
  switch (state.Type) {
    case 'Pass':
    case 'Choice':
    case 'Wait':
    case 'Succeed':
      return 2;
    case 'Fail':
      return 1;
    case 'Task':
      return attemptEvents(state) + 2;
    case 'Parallel':
      return FORK_EVENTS;
    case 'Map':
      return isDistributed(state) ? DISTRIBUTED_EVENTS : FORK_EVENTS;
  }
}

/** Scheduled, started, submitted if something is waited for, and how it ended. */
const attemptEvents = ({ Resource }: TaskState): number =>
  /\.(sync(:2)?|waitForTaskToken)$/.test(Resource) ? 4 : 3;

/** The events of one more try of a state that can be retried, apart from those of its branches and iterations. */
export function retryEvents(state: TaskState | ParallelState | MapState): number {
  if (state.Type === 'Task')
    return attemptEvents(state) + (answersEvaluation(state.Retry) ? EVALUATION_FAILED : 0);
  return state.Type === 'Map' && isDistributed(state) ? DISTRIBUTED_RETRY_EVENTS : 1;
}

/** How often a state is tried again at most: each retrier counts for itself, and 3 is ASL's default. */
export const retriesOf = (state: State): number =>
  'Retry' in state ? (state.Retry ?? []).reduce((sum, { MaxAttempts = 3 }) => sum + MaxAttempts, 0) : 0;

/** An expression that fails after the call has succeeded is told by an event of its own. */
const EVALUATION_FAILED = 1;

/** What a failure that is caught may write beyond a visit that goes well. */
export const caughtEvents = (catcher: Catcher): number =>
  answersEvaluation([catcher]) ? EVALUATION_FAILED : 0;

const answersEvaluation = (given: readonly (Catcher | Retrier)[] | undefined): boolean =>
  (given ?? []).some(({ ErrorEquals }) =>
    ErrorEquals.some((error) => error === 'States.ALL' || error === 'States.QueryEvaluationError'),
  );

export const isDistributed = ({ ItemProcessor }: MapState): boolean =>
  ItemProcessor.ProcessorConfig?.Mode === 'DISTRIBUTED';
