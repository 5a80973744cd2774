import type { Catcher, Json, Retrier, TaskState } from '../../asl/machine.ts';
import { effectiveInput } from '../jsonpath/read-fields.ts';
import { payloadText } from '../limits.ts';
import type { Outcome, Production } from '../outcome.ts';
import { random, type Process } from '../request.ts';
import { matchingCatcher, matchingRetrier, retryDelay } from '../retry.ts';
import { assignmentsOf } from '../scope.ts';
import { executing, StateFailure } from '../state-failure.ts';
import { performState } from '../states/perform-state.ts';
import type { Visit } from '../visit.ts';
import { withoutAbsent } from '../without-absent.ts';
import { httpExchange } from './http-exchange.ts';
import { inspecting } from './inspecting-language.ts';
import type { Notes } from './inspection.ts';
import { mockedResult, performMockedMap } from './perform-mocked.ts';
import type { ReadRequest } from './read-request.ts';
import type { TestStateResult } from './test-state.ts';

type Ending = Omit<TestStateResult, 'inspectionData'>;

interface Test {
  readonly request: ReadRequest;
  readonly notes: Notes;
}

/** One attempt of a state, and what its Retry and Catch make of a failure. */
export function* runTested(given: Visit, test: Test): Process<Ending> {
  const visit = { ...given, language: inspecting(given.language, test.notes) };
  try {
    const outcome = yield* perform(visit, test);
    if (visit.state.Type === 'Task') noteResult(visit, outcome, test);
    const production = yield* visit.language.produce(visit, outcome);
    return left(visit, production, { status: 'SUCCEEDED' });
  } catch (fault) {
    return yield* failed(visit, bare(visit, fault), test);
  } finally {
    const variables = visit.scope.visible();
    if (Object.keys(variables).length > 0) test.notes.variables = variables;
  }
}

function* perform(visit: Visit, { request, notes }: Test): Process<Outcome> {
  const { state } = visit;
  const { mock, configuration } = request;
  // Recorded on AWS so: neither a Pass with a Result nor a Parallel shows what its InputPath takes.
  const showsInput = state.Type !== 'Pass' && state.Type !== 'Parallel';
  if (showsInput && isJsonPath(visit)) notes.afterInputPath = effectiveInput(visit);
  if (mock === undefined || state.Type === 'Task') return yield* performState(visit);
  if (state.Type === 'Map') return yield* performMockedMap(state, visit, { mock, configuration, notes });
  yield* visit.language.payload(visit, state as { readonly Arguments?: Json });
  const { Next: next } = state as { readonly Next?: string };
  return { next, producer: state, result: mockedResult(mock) };
}

const isJsonPath = ({ state, queryLanguage }: Visit): boolean =>
  (state.QueryLanguage ?? queryLanguage) === 'JSONPath';

function noteResult({ state }: Visit, { result = null }: Outcome, { request, notes }: Test): void {
  notes.result = result;
  if (request.mock !== undefined || request.level !== 'TRACE') return;
  const args = notes.afterParameters ?? notes.afterArguments ?? null;
  Object.assign(notes, httpExchange((state as TaskState).Resource, args, result));
}

/** @throws StateFailure States.DataLimitExceeded, which no Catch of the state sees. */
function left(
  visit: Visit,
  { next, output, assigned }: Production,
  ending: Pick<Ending, 'status' | 'error' | 'cause'>,
): Ending {
  try {
    payloadText(output, visit.name);
    visit.scope.assign(assignmentsOf(assigned ?? {}), visit.name);
  } catch (fault) {
    return failure(bare(visit, fault));
  }
  return { ...ending, output, ...(next === undefined ? {} : { nextState: next }) };
}

function* failed(visit: Visit, fault: StateFailure, { request, notes }: Test): Process<Ending> {
  const { Retry, Catch } = visit.state as {
    readonly Retry?: readonly Retrier[];
    readonly Catch?: readonly Catcher[];
  };
  const retryIndex = matchingRetrier(Retry, fault);
  if (retryIndex !== undefined) {
    const retrier = Retry?.[retryIndex] as Retrier;
    const jitter = retrier.JitterStrategy === 'FULL' ? yield* random() : 0;
    const delay = retryDelay(retrier, request.configuration.retrierRetryCount ?? 0, jitter);
    const backoff = delay === undefined ? {} : { retryBackoffIntervalSeconds: Math.floor(delay / 1000) };
    notes.errorDetails = { retryIndex, ...backoff };
    if (delay !== undefined) return { ...failure(fault), status: 'RETRIABLE' };
  }
  const catchIndex = matchingCatcher(Catch, fault);
  if (catchIndex === undefined) return failure(fault);
  const catcher = Catch?.[catchIndex] as Catcher;
  const { errorOutput } = fault;
  const outcome = { next: catcher.Next, producer: catcher, prefix: `Catch[${catchIndex}]/`, errorOutput };
  try {
    const production = yield* visit.language.produce(visit, outcome);
    notes.errorDetails = { ...notes.errorDetails, catchIndex };
    return left(visit, production, { ...failure(fault), status: 'CAUGHT_ERROR' });
  } catch (inCatch) {
    return failure(bare(visit, inCatch));
  }
}

const failure = ({ error, causeText }: StateFailure): Ending => ({
  status: 'FAILED',
  ...withoutAbsent(error, causeText),
});

/** The failure with its cause as TestState tells it: without the state and the event that causes begin with. */
function bare({ name, enteredEventId }: Visit, fault: unknown): StateFailure {
  if (!(fault instanceof StateFailure)) throw fault;
  const beginning = `${executing(name, enteredEventId)} `;
  const { causeText } = fault;
  return causeText?.startsWith(beginning) === true
    ? new StateFailure(fault.error, causeText.slice(beginning.length))
    : fault;
}
