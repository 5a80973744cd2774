import type { Catcher, Retrier, State, TaskState } from '../asl/machine.ts';
import { queryLanguageOf } from './find-query-language.ts';
import { leave } from './leave.ts';
import { observeAside, observeEntered, observeWay } from './observation.ts';
import type { Production } from './outcome.ts';
import { now, random, sleepUntil, uuid, type Process } from './request.ts';
import { matchingCatcher, matchingRetrier, retryDelay } from './retry.ts';
import { EvaluationFailure, leavesEvents, StateFailure } from './state-failure.ts';
import { performState } from './states/perform-state.ts';
import { isActivity, waitsForToken } from './task-resource.ts';
import { record, recordEntered, wholly } from './thread.ts';
import type { Place, Visit } from './visit.ts';

/** Where a visit leads: the output, its JSON text, and the next state if there is one. */
export interface Transition extends Pick<Production, 'next' | 'output'> {
  readonly text: string;
}

/** What a state says of its failures, if its type can. */
interface Failing {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

/**
 * One visit to one state: enter, work, retry, catch, leave. A redriven execution is still in the state that it
 * stopped in, but enters a Fail again.
 * @param reached what led there: the state's name, and its input.
 * @throws StateFailure when nothing caught it.
 */
export function* visitState(place: Place, state: State, reached: Transition): Process<Transition> {
  const { thread } = place;
  const name = reached.next as string;
  const stillIn = state.Type === 'Fail' ? undefined : thread.entered;
  const entered =
    stillIn ??
    (yield* recordEntered(thread, state.Type, { name, input: reached.text, inputDetails: wholly }));
  thread.open = state.Type;
  // Field by field: spreading the place takes a good part of the time of a transition.
  const visit: Visit = {
    context: place.context,
    queryLanguage: place.queryLanguage,
    scope: place.scope,
    thread,
    region: place.region,
    asOf: place.asOf,
    observed: place.observed,
    runBranch: place.runBranch,
    iterations: place.iterations,
    map: place.map,
    name,
    state,
    language: queryLanguageOf(state, place.queryLanguage),
    input: reached.output,
    enteredEventId: entered.id,
    enteredAt: entered.timestamp,
    retryCount: 0,
    token: state.Type === 'Task' ? yield* newToken(state) : undefined,
  };
  if (visit.observed && stillIn === undefined) yield* observeEntered(visit);
  return yield* leave(visit, yield* workUntilSettled(visit), reached.text);
}

function* workUntilSettled(first: Visit): Process<Production> {
  const { state } = first;
  const { Retry, Catch } = state as Failing;
  const attempts = (Retry ?? []).map(() => 0);
  for (let visit = first; ;) {
    try {
      const outcome = yield* performState(visit);
      const production = yield* visit.language.produce(visit, outcome);
      if (visit.observed) yield* observeWay(visit, outcome.producer);
      return production;
    } catch (fault) {
      const failure = yield* recordedFailure(visit, fault);
      if (yield* waitForRetry(visit, attempts, failure)) {
        const token = state.Type === 'Task' ? yield* newToken(state) : undefined;
        visit.thread.work = undefined;
        visit = { ...visit, retryCount: visit.retryCount + 1, token };
        continue;
      }
      if (leavesEvents(failure)) yield* recordStateFailed(visit);
      const index = matchingCatcher(Catch, failure);
      if (index === undefined) throw failure;
      return yield* caught(visit, failure, index);
    }
  }
}

/** Every attempt of a task that waits for a token, or of an activity's, has one of its own. */
function* newToken({ Resource }: TaskState): Process<string | undefined> {
  return waitsForToken(Resource) || isActivity(Resource) ? yield* uuid() : undefined;
}

function* caught(visit: Visit, failure: StateFailure, index: number): Process<Production> {
  const catcher = (visit.state as Required<Failing>).Catch[index] as Catcher;
  const { errorOutput } = failure;
  const outcome = { next: catcher.Next, producer: catcher, prefix: `Catch[${index}]/`, errorOutput };
  try {
    const production = yield* visit.language.produce(visit, outcome);
    if (visit.observed) yield* observeAside(visit, 'catch', index);
    return production;
  } catch (fault) {
    const failure = yield* recordedFailure(visit, fault);
    // The state fails a second time, of what its catcher did.
    if (leavesEvents(failure)) yield* recordStateFailed(visit);
    throw failure;
  }
}

/** The failure, once the event that tells of it is in the history; whatever else was thrown goes on its way. */
function* recordedFailure(visit: Visit, fault: unknown): Process<StateFailure> {
  if (!(fault instanceof EvaluationFailure)) {
    if (fault instanceof StateFailure) return fault;
    throw fault;
  }
  const failure = fault.within(visit.name, visit.enteredEventId);
  const { error, causeText: cause, location } = failure;
  visit.thread.cursor = visit.thread.evaluationCursor;
  yield* record(visit.thread, 'EvaluationFailed', {
    evaluationFailedEventDetails: {
      error,
      cause,
      ...(location === undefined ? {} : { location }),
      state: visit.name,
    },
  });
  // From here on it is a failure like any other: the states around this one must not record it again.
  return new StateFailure(error, cause);
}

function* waitForRetry(visit: Visit, attempts: number[], failure: StateFailure): Process<boolean> {
  const retriers = (visit.state as Failing).Retry;
  const index = matchingRetrier(retriers, failure);
  if (index === undefined || retriers === undefined) return false;
  const retrier = retriers[index] as Retrier;
  const jitter = retrier.JitterStrategy === 'FULL' ? yield* random() : 0;
  const delay = retryDelay(retrier, attempts[index] as number, jitter);
  if (delay === undefined) return false;
  attempts[index] = (attempts[index] as number) + 1;
  if (visit.observed) yield* observeAside(visit, 'retry', index);
  yield* sleepUntil((yield* now()) + delay);
  return true;
}

function* recordStateFailed({ state, thread }: Visit): Process<void> {
  if (state.Type !== 'Map' && state.Type !== 'Parallel') return;
  const { evaluationCursor } = thread;
  yield* record(thread, `${state.Type}StateFailed`);
  // The failure of a catcher's field follows what came before this one.
  thread.evaluationCursor = evaluationCursor;
}
