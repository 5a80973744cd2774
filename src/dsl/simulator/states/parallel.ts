import type { Branch, Json, ParallelState } from '../../asl/machine.ts';
import type { Outcome } from '../outcome.ts';
import { fork, type Process } from '../request.ts';
import { Scope } from '../scope.ts';
import { leavesEvents } from '../state-failure.ts';
import { newThread, record, recordAborted, recordBeside } from '../thread.ts';
import type { Visit } from '../visit.ts';

/** Every branch with the same input and variables of its own; the first failure stops the others. */
export function* performParallel(state: ParallelState, visit: Visit): Process<Outcome> {
  const { thread } = visit;
  const input = yield* visit.language.payload(visit, state);
  const started = yield* record(thread, 'ParallelStateStarted');
  const threads = state.Branches.map(() => newThread(started));
  const scopes = state.Branches.map(() => new Scope(visit.scope));
  thread.inner = threads;
  const { outcomes, last = 0 } = yield* fork({
    count: threads.length,
    limit: threads.length,
    endsWith: () => true,
    start: (index) =>
      visit.runBranch(state.Branches[index] as Branch, input, {
        ...visit,
        scope: scopes[index] as Scope,
        thread: threads[index] as (typeof threads)[number],
      }),
  });
  for (const scope of scopes) scope.close();
  const failed = outcomes.find((outcome) => outcome.kind === 'failed');
  const lastThread = threads[last];
  if (failed !== undefined && leavesEvents(failed.failure)) {
    // The failed branch's own state is recorded as stopped before its siblings'.
    if (lastThread !== undefined) yield* recordAborted(lastThread);
    for (const inner of threads) yield* recordAborted(inner);
  }
  thread.cursor = lastThread?.cursor ?? started;
  thread.evaluationCursor = thread.cursor;
  thread.inner = [];
  if (failed !== undefined) throw failed.failure;
  yield* recordBeside(thread, 'ParallelStateSucceeded');
  const result = outcomes.map((outcome) => (outcome.kind === 'done' ? outcome.value : null)) satisfies Json[];
  return { next: state.Next, producer: state, result };
}
