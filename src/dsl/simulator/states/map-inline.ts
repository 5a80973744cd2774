import { itemProcessorOf } from '../../asl/item-processor.ts';
import type { Json, MapState } from '../../asl/machine.ts';
import { maximumInlineConcurrency } from '../limits.ts';
import { errorOf, fork, unfinished, type ForkOutcome, type Process } from '../request.ts';
import { Scope } from '../scope.ts';
import { leavesEvents } from '../state-failure.ts';
import { goOn, newThread, record, recordAborted, recordBeside, type Thread } from '../thread.ts';
import type { Visit } from '../visit.ts';
import { itemContext, itemInputs, maximumConcurrency, stateItems, type MapItem } from './map-items.ts';
import { evaluateTolerance } from './map-run/tolerance.ts';
import type { Work } from './work.ts';

/** What the iterations were given, and what they have come to so far. */
interface Iterations {
  readonly items: readonly MapItem[];
  readonly inputs: readonly Json[];
  readonly limit: number;
  readonly threads: readonly Thread[];
  readonly scopes: readonly Scope[];
  readonly outcomes: ForkOutcome[];
  /** Whether each has a MapIterationStarted event. */
  readonly begun: boolean[];
  /** The ids of the MapIterationSucceeded events: what follows the last of them follows it. */
  readonly succeeded: number[];
}

/**
 * Iterations in the Map's own execution and history, each with variables of its own. The first failure stops
 * the others. The result is their outputs.
 */
export function* beginInline(state: MapState, visit: Visit): Process<Work> {
  const items = yield* stateItems(state, visit, 'inline');
  const limit = yield* maximumConcurrency(state, visit);
  const inputs = yield* itemInputs(state, visit, items);
  const started = yield* record(visit.thread, 'MapStateStarted', {
    mapStateStartedEventDetails: { length: items.length },
  });
  // An inline Map tolerates nothing, but evaluates what it is told.
  yield* evaluateTolerance(state, visit);
  const iterations: Iterations = {
    items,
    inputs,
    limit: Math.min(limit === 0 ? maximumInlineConcurrency : limit, maximumInlineConcurrency),
    threads: inputs.map(() => newThread(started)),
    scopes: inputs.map(() => new Scope(visit.scope)),
    outcomes: unfinished(inputs.length),
    begun: inputs.map(() => false),
    succeeded: [],
  };
  return { run: (later) => runIterations(state, later, iterations), anewAfter: ['States.DataLimitExceeded'] };
}

function* runIterations(state: MapState, visit: Visit, iterations: Iterations): Process<readonly Json[]> {
  const { thread } = visit;
  const { threads, scopes, outcomes } = iterations;
  const { cursor } = thread;
  for (const [index, own] of threads.entries()) goOn(own, cursor, errorOf(outcomes[index]));
  thread.inner = threads;
  const last = yield* fork({
    outcomes,
    limit: iterations.limit,
    endsWith: () => true,
    start: (index, after) => {
      const own = threads[index] as Thread;
      if (after !== undefined) own.cursor = (threads[after] as Thread).cursor;
      const scope = scopes[index] as Scope;
      scope.reopen();
      return iterate(state, visit, { index, iterations });
    },
  });
  for (const scope of scopes) scope.close();
  const failedIndex = outcomes.findIndex((outcome) => outcome.kind === 'failed');
  const failed = outcomes[failedIndex];
  thread.inner = [];
  if (failed?.kind === 'failed') {
    if (leavesEvents(failed.failure)) yield* recordFailed(visit.name, threads, failedIndex);
    thread.cursor = (threads[failedIndex] as Thread).cursor;
  } else if (last !== undefined) thread.cursor = iterations.succeeded[last] as number;
  thread.evaluationCursor = thread.cursor;
  const results = outcomes.map((outcome) => {
    if (outcome.kind === 'failed') throw outcome.failure;
    return outcome.kind === 'done' ? outcome.value : null;
  });
  yield* recordBeside(thread, 'MapStateSucceeded');
  return results;
}

interface Iteration {
  readonly index: number;
  readonly iterations: Iterations;
}

function* iterate(state: MapState, visit: Visit, { index, iterations }: Iteration): Process<Json> {
  const { items, inputs, threads, scopes, begun, succeeded } = iterations;
  const thread = threads[index] as Thread;
  thread.running = true;
  if (begun[index] !== true) {
    begun[index] = true;
    const mapIterationStartedEventDetails = { name: visit.name, index };
    yield* record(thread, 'MapIterationStarted', { mapIterationStartedEventDetails });
  }
  // Field by field: spreading the place takes a good part of the time of an iteration.
  const output = yield* visit.runBranch(itemProcessorOf(state), inputs[index] as Json, {
    context: visit.context,
    queryLanguage: visit.queryLanguage,
    scope: scopes[index] as Scope,
    thread,
    region: visit.region,
    asOf: visit.asOf,
    observed: visit.observed,
    runBranch: visit.runBranch,
    iterations: [...visit.iterations, { map: visit.name, index }],
    map: itemContext(items[index] as MapItem),
  });
  succeeded[index] = yield* recordBeside(thread, 'MapIterationSucceeded', {
    mapIterationSucceededEventDetails: { name: visit.name, index },
  });
  thread.running = false;
  return output;
}

function* recordFailed(name: string, threads: readonly Thread[], failedIndex: number): Process<void> {
  const failed = threads[failedIndex] as Thread;
  yield* recordBeside(failed, 'MapIterationFailed', {
    mapIterationFailedEventDetails: { name, index: failedIndex },
  });
  for (const [index, thread] of threads.entries()) {
    if (index === failedIndex || !thread.running) continue;
    yield* recordAborted(thread);
    yield* recordBeside(thread, 'MapIterationAborted', { mapIterationAbortedEventDetails: { name, index } });
  }
}
