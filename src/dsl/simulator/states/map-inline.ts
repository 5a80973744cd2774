import type { Json, MapState } from '../../asl/machine.ts';
import { maximumInlineConcurrency } from '../limits.ts';
import { fork, type Process } from '../request.ts';
import { Scope } from '../scope.ts';
import { newThread, record, recordAborted, recordBeside, type Thread } from '../thread.ts';
import type { Visit } from '../visit.ts';
import type { Iterations } from './map.ts';

/**
 * Iterations in the Map's own execution and history, each with variables of its own. The first failure stops
 * the others. Returns the outputs.
 */
export function* runInline(state: MapState, visit: Visit, iterations: Iterations): Process<readonly Json[]> {
  const { thread } = visit;
  const { inputs, limit } = iterations;
  const started = thread.cursor;
  const threads = inputs.map(() => newThread(started));
  const succeeded: number[] = [];
  thread.inner = threads;
  const { outcomes, last } = yield* fork({
    count: inputs.length,
    limit: Math.min(limit === 0 ? maximumInlineConcurrency : limit, maximumInlineConcurrency),
    failsAfter: 1,
    start: (index, after) => {
      const own = threads[index] as Thread;
      own.cursor = after === undefined ? started : (threads[after] as Thread).cursor;
      return iterate(state, { ...visit, thread: own }, { iterations, index, succeeded });
    },
  });
  const failedIndex = outcomes.findIndex((outcome) => outcome.kind === 'failed');
  thread.inner = [];
  if (failedIndex >= 0) {
    yield* recordFailed(visit.name, threads, failedIndex);
    thread.cursor = (threads[failedIndex] as Thread).cursor;
  } else if (last !== undefined) thread.cursor = succeeded[last] as number;
  thread.evaluationCursor = thread.cursor;
  return outcomes.map((outcome) => {
    if (outcome.kind === 'failed') throw outcome.failure;
    return outcome.kind === 'done' ? outcome.value : null;
  });
}

interface Iteration {
  readonly iterations: Iterations;
  readonly index: number;
  /** Where the ids of the MapIterationSucceeded events are kept: what follows the last of them follows it. */
  readonly succeeded: number[];
}

function* iterate(state: MapState, visit: Visit, { iterations, index, succeeded }: Iteration): Process<Json> {
  visit.thread.running = true;
  const mapIterationStartedEventDetails = { name: visit.name, index };
  yield* record(visit.thread, 'MapIterationStarted', { mapIterationStartedEventDetails });
  const output = yield* visit.runBranch(state.ItemProcessor, iterations.inputs[index] as Json, {
    ...visit,
    scope: new Scope(visit.scope),
    map: { Item: { Index: index, Value: iterations.items[index] as Json } },
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
