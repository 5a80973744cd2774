import type { Branch, Json, ParallelState } from '../../asl/machine.ts';
import type { Outcome } from '../outcome.ts';
import { errorOf, fork, unfinished, type ForkOutcome, type Process } from '../request.ts';
import { Scope } from '../scope.ts';
import { leavesEvents } from '../state-failure.ts';
import { goOn, newThread, record, recordAborted, recordBeside, type Thread } from '../thread.ts';
import type { Visit } from '../visit.ts';
import { workOn, type Work } from './work.ts';

/** Every branch with the same input and variables of its own; the first failure stops the others. */
export function* performParallel(state: ParallelState, visit: Visit): Process<Outcome> {
  const result = yield* workOn(visit, () => begin(state, visit));
  return { next: state.Next, producer: state, result };
}

/** What the branches were given, and what they have come to so far. */
interface Branches {
  readonly input: Json;
  readonly threads: readonly Thread[];
  readonly scopes: readonly Scope[];
  readonly outcomes: ForkOutcome[];
}

function* begin(state: ParallelState, visit: Visit): Process<Work> {
  const input = yield* visit.language.payload(visit, state);
  const started = yield* record(visit.thread, 'ParallelStateStarted');
  const branches: Branches = {
    input,
    threads: state.Branches.map(() => newThread(started)),
    scopes: state.Branches.map(() => new Scope(visit.scope)),
    outcomes: unfinished(state.Branches.length),
  };
  return { run: (later) => runBranches(state, later, branches), anewAfter: ['States.DataLimitExceeded'] };
}

function* runBranches(state: ParallelState, visit: Visit, branches: Branches): Process<Json> {
  const { thread } = visit;
  const { input, threads, scopes, outcomes } = branches;
  const { cursor } = thread;
  for (const [index, own] of threads.entries()) goOn(own, cursor, errorOf(outcomes[index]));
  thread.inner = threads;
  const last = yield* fork({
    outcomes,
    limit: threads.length,
    endsWith: () => true,
    start: (index) => {
      const [own, scope] = [threads[index] as Thread, scopes[index] as Scope];
      scope.reopen();
      return visit.runBranch(state.Branches[index] as Branch, input, { ...visit, scope, thread: own });
    },
  });
  for (const scope of scopes) scope.close();
  const failed = outcomes.find((outcome) => outcome.kind === 'failed');
  const lastThread = last === undefined ? undefined : threads[last];
  if (failed !== undefined && leavesEvents(failed.failure)) {
    // The failed branch's own state is recorded as stopped before its siblings'.
    if (lastThread !== undefined) yield* recordAborted(lastThread);
    for (const inner of threads) yield* recordAborted(inner);
  }
  thread.cursor = lastThread?.cursor ?? cursor;
  thread.evaluationCursor = thread.cursor;
  thread.inner = [];
  if (failed !== undefined) throw failed.failure;
  yield* recordBeside(thread, 'ParallelStateSucceeded');
  return outcomes.map((outcome) => (outcome.kind === 'done' ? outcome.value : null));
}
