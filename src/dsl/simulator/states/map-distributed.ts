import { itemProcessorOf } from '../../asl/item-processor.ts';
import type { Json, MapState } from '../../asl/machine.ts';
import { awsChanges } from '../aws-changes.ts';
import {
  awaitMapChild,
  fork,
  mapRunStarted,
  now,
  permitMapRun,
  redriveMapChild,
  startMapChild,
  unfinished,
  uuid,
  type ForkOutcome,
  type Process,
} from '../request.ts';
import { StateFailure } from '../state-failure.ts';
import { record } from '../thread.ts';
import type { Iteration, Visit } from '../visit.ts';
import { withoutAbsent } from '../without-absent.ts';
import { maximumConcurrency, stateItems } from './map-items.ts';
import { childInputs, type ChildInput } from './map-run/child-inputs.ts';
import { evaluateReader, readItems, type Reading } from './map-run/item-reader.ts';
import { abortedAt, type MapChildRecord } from './map-run/map-child.ts';
import type { MapRun } from './map-run/map-run.ts';
import { evaluateWriter, writeResults, type Writing } from './map-run/result-writer.ts';
import { evaluateTolerance, exceeds, intolerable } from './map-run/tolerance.ts';
import type { Work } from './work.ts';

/** Child executions that run at once when MaxConcurrency is 0. Source: "Step Functions service quotas". */
const maximumChildren = 10_000;

/** What a Map Run works on, and what has become of it so far. */
interface Distribution extends ReturnType<typeof namesOf> {
  readonly run: MapRun;
  readonly writing: Writing;
  readonly inputs: readonly ChildInput[];
  /** What is known of the children; each keeps its own entry up to date. */
  readonly children: MapChildRecord[];
  readonly outcomes: ForkOutcome[];
}

/**
 * Iterations as executions of their own: they see no variable and no context of this one, and have their own
 * histories. The result is their outputs, or where these were written to.
 * @throws StateFailure when more of them fail than is tolerated, or reading or writing fails.
 */
export function* beginDistributed(state: MapState, visit: Visit): Process<Work> {
  const { thread } = visit;
  const given = state.ItemReader === undefined ? yield* stateItems(state, visit, 'distributed') : undefined;
  const limit = yield* maximumConcurrency(state, visit);
  const prepared = given === undefined ? undefined : yield* childInputs(state, visit, given);
  // What a reader will find is not counted.
  yield* record(thread, 'MapStateStarted', { mapStateStartedEventDetails: { length: given?.length ?? 0 } });
  const tolerance = yield* evaluateTolerance(state, visit);
  const writing = yield* evaluateWriter(state.ResultWriter, visit);
  const reading = state.ItemReader === undefined ? undefined : yield* evaluateReader(state.ItemReader, visit);
  const names = namesOf(state, visit, yield* uuid());
  const { mapRunArn } = names;
  yield* record(thread, 'MapRunStarted', { mapRunStartedEventDetails: { mapRunArn } });
  const run: MapRun = {
    mapRunArn,
    maxConcurrency: limit,
    tolerance,
    children: [],
    status: 'RUNNING',
    resultsWritten: false,
    redriveCount: 0,
  };
  yield* mapRunStarted(run);
  const inputs =
    reading === undefined
      ? (prepared as readonly ChildInput[])
      : yield* recordingFailure(visit, run, readInputs(state, visit, reading));
  const children: MapChildRecord[] = inputs.map(({ input, items }) => ({ input, items }));
  run.children = children;
  const outcomes = unfinished(inputs.length);
  const distribution: Distribution = { ...names, run, writing, inputs, children, outcomes };
  let redriveCount = -1;
  return {
    *run(later) {
      redriveCount += 1;
      Object.assign(run, { redriveCount, status: 'RUNNING', resultsWritten: false });
      const mapRunRedrivenEventDetails = { mapRunArn, redriveCount };
      if (redriveCount > 0) yield* record(later.thread, 'MapRunRedriven', { mapRunRedrivenEventDetails });
      return yield* runChildren(state, later, distribution);
    },
    anewAfter: ['States.DataLimitExceeded', 'States.Runtime'],
  };
}

function* readInputs(state: MapState, visit: Visit, reading: Reading): Process<readonly ChildInput[]> {
  return yield* childInputs(state, visit, yield* readItems(reading));
}

function* runChildren(state: MapState, visit: Visit, distribution: Distribution): Process<Json> {
  const { thread } = visit;
  const { cursor: started } = thread;
  const { run } = distribution;
  const result = yield* recordingFailure(visit, run, resultOf(state, visit, distribution));
  run.status = 'SUCCEEDED';
  const ended = yield* record(thread, 'MapRunSucceeded');
  yield* record(thread, 'MapStateSucceeded');
  // Whatever follows the Map follows the start of its run, not its end.
  thread.cursor = visit.asOf < awsChanges.mapExitFollowsRunStart ? ended : started;
  thread.evaluationCursor = thread.cursor;
  return result;
}

function* resultOf(
  state: MapState,
  { thread, name: stateName, iterations }: Visit,
  distribution: Distribution,
): Process<Json> {
  const { run, label, inputs, children, outcomes, writing } = distribution;
  const redriving = children.some(({ started }) => started !== undefined);
  yield* permitMapRun({ stateName, label, redriving });
  const total = inputs.reduce((sum, { items }) => sum + items, 0);
  const failedItems = (failed: readonly number[]) =>
    failed.reduce((sum, index) => sum + (inputs[index] as ChildInput).items, 0);
  yield* fork({
    outcomes,
    get limit() {
      return run.maxConcurrency === 0 ? maximumChildren : run.maxConcurrency;
    },
    endsWith: (failed) => exceeds(failedItems(failed), total, run.tolerance),
    start: (index) =>
      runChild(state, distribution, { index, iterations: [...iterations, { map: stateName, index }] }),
  });
  thread.evaluationCursor = thread.cursor;
  const stopDate = yield* now();
  const ended = children.map((child) => ({ ...child, end: child.end ?? abortedAt(stopDate) }));
  const result = yield* writeResults({ ...distribution, children: ended }, writing);
  run.resultsWritten = writing !== undefined;
  if (exceeds(failedItems(failedOnes(outcomes)), total, run.tolerance)) throw intolerable();
  return result;
}

function* recordingFailure<T>({ thread }: Visit, run: MapRun, process: Process<T>): Process<T> {
  try {
    return yield* process;
  } catch (fault) {
    if (!(fault instanceof StateFailure)) throw fault;
    const mapRunFailedEventDetails = withoutAbsent(fault.error, fault.causeText);
    run.status = 'FAILED';
    yield* record(thread, 'MapRunFailed', { mapRunFailedEventDetails });
    throw fault;
  }
}

/** The run's own names; a label that is not given is made of the state's name. */
function namesOf(state: MapState, visit: Visit, id: string) {
  const label = state.Label ?? visit.name.replaceAll(/[^A-Za-z0-9_-]/g, '_');
  const machineArn = (visit.context['StateMachine'] as { Id: string }).Id;
  const mapRunArn = `${machineArn.replace(':stateMachine:', ':mapRun:')}/${label}:${id}`;
  return { label, mapRunArn, stateMachineArn: `${machineArn}/${label}` };
}

/**
 * One child from its start to its end. A redrive of the run redrives the child, or starts it anew if it is Express.
 * Source: developer guide, "Redriving Map Runs".
 */
function* runChild(
  state: MapState,
  { label, mapRunArn, children }: Distribution,
  { index, iterations }: { readonly index: number; readonly iterations: readonly Iteration[] },
): Process<Json> {
  const processor = itemProcessorOf(state);
  const { input, items, started: before } = children[index] as MapChildRecord;
  const again = processor.ProcessorConfig?.ExecutionType === 'EXPRESS' ? undefined : before;
  if (again !== undefined) yield* redriveMapChild(again.executionArn);
  const started = again ?? (yield* startMapChild({ label, processor, input, mapRunArn, items, iterations }));
  children[index] = { input, items, started };
  const end = yield* awaitMapChild(started.executionArn);
  children[index] = { input, items, started, end };
  if (end.status === 'SUCCEEDED') return end.output ?? null;
  throw new StateFailure(end.status === 'TIMED_OUT' ? 'States.Timeout' : end.error, end.cause);
}

const failedOnes = (outcomes: readonly ForkOutcome[]): readonly number[] =>
  outcomes.flatMap((outcome, index) => (outcome.kind === 'failed' ? [index] : []));
