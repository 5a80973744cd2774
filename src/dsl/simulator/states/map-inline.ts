import { itemProcessorOf } from '../../asl/item-processor.ts';
import type { Json, MapState } from '../../asl/machine.ts';
import { maximumInlineConcurrency } from '../limits.ts';
import { fork, type Process } from '../request.ts';
import { Scope } from '../scope.ts';
import { leavesEvents } from '../state-failure.ts';
import { newThread, record, recordAborted, recordBeside, type Thread } from '../thread.ts';
import type { Visit } from '../visit.ts';
import { itemContext, itemInputs, maximumConcurrency, stateItems, type MapItem } from './map-items.ts';
import { evaluateTolerance } from './map-run/tolerance.ts';

/**
 * Iterations in the Map's own execution and history, each with variables of its own. The first failure stops
 * the others. Returns the outputs.
 */
export function* runInline(state: MapState, visit: Visit): Process<readonly Json[]> {
  const { thread } = visit;
  const items = yield* stateItems(state, visit, 'inline');
  const limit = yield* maximumConcurrency(state, visit);
  const inputs = yield* itemInputs(state, visit, items);
  const started = yield* record(thread, 'MapStateStarted', {
    mapStateStartedEventDetails: { length: items.length },
  });
  // An inline Map tolerates nothing, but evaluates what it is told.
  yield* evaluateTolerance(state, visit);
  const threads = inputs.map(() => newThread(started));
  const scopes = inputs.map(() => new Scope(visit.scope));
  const succeeded: number[] = [];
  thread.inner = threads;
  const { outcomes, last } = yield* fork({
    count: inputs.length,
    limit: Math.min(limit === 0 ? maximumInlineConcurrency : limit, maximumInlineConcurrency),
    endsWith: () => true,
    start: (index, after) => {
      const own = threads[index] as Thread;
      own.cursor = after === undefined ? started : (threads[after] as Thread).cursor;
      const scope = scopes[index] as Scope;
      return iterate(state, { ...visit, thread: own, scope }, { items, inputs, index, succeeded });
    },
  });
  for (const scope of scopes) scope.close();
  const failedIndex = outcomes.findIndex((outcome) => outcome.kind === 'failed');
  const failed = outcomes[failedIndex];
  thread.inner = [];
  if (failed?.kind === 'failed') {
    if (leavesEvents(failed.failure)) yield* recordFailed(visit.name, threads, failedIndex);
    thread.cursor = (threads[failedIndex] as Thread).cursor;
  } else if (last !== undefined) thread.cursor = succeeded[last] as number;
  thread.evaluationCursor = thread.cursor;
  const results = outcomes.map((outcome) => {
    if (outcome.kind === 'failed') throw outcome.failure;
    return outcome.kind === 'done' ? outcome.value : null;
  });
  yield* recordBeside(thread, 'MapStateSucceeded');
  return results;
}

interface Iteration {
  readonly items: readonly MapItem[];
  readonly inputs: readonly Json[];
  readonly index: number;
  /** Where the ids of the MapIterationSucceeded events are kept: what follows the last of them follows it. */
  readonly succeeded: number[];
}

function* iterate(
  state: MapState,
  visit: Visit,
  { items, inputs, index, succeeded }: Iteration,
): Process<Json> {
  visit.thread.running = true;
  const mapIterationStartedEventDetails = { name: visit.name, index };
  yield* record(visit.thread, 'MapIterationStarted', { mapIterationStartedEventDetails });
  const output = yield* visit.runBranch(itemProcessorOf(state), inputs[index] as Json, {
    ...visit,
    iterations: [...visit.iterations, { map: visit.name, index }],
    map: itemContext(items[index] as MapItem),
  });
  succeeded[index] = yield* recordBeside(visit.thread, 'MapIterationSucceeded', {
    mapIterationSucceededEventDetails: { name: visit.name, index },
  });
  visit.thread.running = false;
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
