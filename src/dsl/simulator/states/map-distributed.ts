import { itemProcessorOf } from '../../asl/item-processor.ts';
import type { Json, MapState } from '../../asl/machine.ts';
import { awsChanges } from '../aws-changes.ts';
import {
  awaitMapChild,
  fork,
  mapRunStarted,
  now,
  startMapChild,
  uuid,
  type ForkOutcome,
  type Process,
} from '../request.ts';
import { StateFailure } from '../state-failure.ts';
import { record } from '../thread.ts';
import type { Visit } from '../visit.ts';
import { withoutAbsent } from '../without-absent.ts';
import { maximumConcurrency, stateItems } from './map-items.ts';
import { childInputs, type ChildInput } from './map-run/child-inputs.ts';
import { evaluateReader, readItems } from './map-run/item-reader.ts';
import type { MapChildRecord } from './map-run/map-child.ts';
import type { MapRun } from './map-run/map-run.ts';
import { evaluateWriter, writeResults } from './map-run/result-writer.ts';
import { evaluateTolerance, exceeds, intolerable } from './map-run/tolerance.ts';

/** Child executions that run at once when MaxConcurrency is 0. Source: "Step Functions service quotas". */
const maximumChildren = 10_000;

/**
 * Iterations as executions of their own: they see no variable and no context of this one, and have their own
 * histories. Returns their outputs, or where these were written to.
 * @throws StateFailure when more of them fail than is tolerated, or reading or writing fails.
 */
export function* runDistributed(state: MapState, visit: Visit): Process<Json> {
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
  const { mapRunArn, stateMachineArn } = names;
  const started = yield* record(thread, 'MapRunStarted', { mapRunStartedEventDetails: { mapRunArn } });
  const run: MapRun = {
    mapRunArn,
    maxConcurrency: limit,
    tolerance,
    children: [],
    status: 'RUNNING',
    resultsWritten: false,
  };
  yield* mapRunStarted(run);
  let result: Json;
  try {
    const inputs =
      reading === undefined
        ? (prepared as readonly ChildInput[])
        : yield* childInputs(state, visit, yield* readItems(reading));
    const total = inputs.reduce((sum, { items }) => sum + items, 0);
    const failedItems = (failed: readonly number[]) =>
      failed.reduce((sum, index) => sum + (inputs[index] as ChildInput).items, 0);
    const children: MapChildRecord[] = inputs.map(({ input, items }) => ({ input, items }));
    run.children = children;
    const { outcomes } = yield* fork({
      count: inputs.length,
      get limit() {
        return run.maxConcurrency === 0 ? maximumChildren : run.maxConcurrency;
      },
      endsWith: (failed) => exceeds(failedItems(failed), total, run.tolerance),
      start: (index) => runChild(state, names, { children, index }),
    });
    thread.evaluationCursor = thread.cursor;
    const stopDate = yield* now();
    const ended = children.map((child) => ({ end: { status: 'ABORTED' as const, stopDate }, ...child }));
    result = yield* writeResults({ mapRunArn, stateMachineArn, children: ended }, writing);
    run.resultsWritten = writing !== undefined;
    if (exceeds(failedItems(failedOnes(outcomes)), total, run.tolerance)) throw intolerable();
  } catch (fault) {
    if (!(fault instanceof StateFailure)) throw fault;
    const mapRunFailedEventDetails = withoutAbsent(fault.error, fault.causeText);
    run.status = 'FAILED';
    yield* record(thread, 'MapRunFailed', { mapRunFailedEventDetails });
    throw fault;
  }
  run.status = 'SUCCEEDED';
  const ended = yield* record(thread, 'MapRunSucceeded');
  yield* record(thread, 'MapStateSucceeded');
  // Whatever follows the Map follows the start of its run, not its end.
  thread.cursor = visit.asOf < awsChanges.mapExitFollowsRunStart ? ended : started;
  thread.evaluationCursor = thread.cursor;
  return result;
}

/** The run's own names; a label that is not given is made of the state's name. */
function namesOf(state: MapState, visit: Visit, id: string) {
  const label = state.Label ?? visit.name.replaceAll(/[^A-Za-z0-9_-]/g, '_');
  const machineArn = (visit.context['StateMachine'] as { Id: string }).Id;
  const mapRunArn = `${machineArn.replace(':stateMachine:', ':mapRun:')}/${label}:${id}`;
  return { label, mapRunArn, stateMachineArn: `${machineArn}/${label}` };
}

interface ChildPlace {
  /** What the run knows of its children; each keeps its own entry up to date. */
  readonly children: MapChildRecord[];
  readonly index: number;
}

function* runChild(
  state: MapState,
  { label, mapRunArn }: { readonly label: string; readonly mapRunArn: string },
  { children, index }: ChildPlace,
): Process<Json> {
  const given = children[index] as MapChildRecord;
  const { input, items } = given;
  const started = yield* startMapChild({ label, branch: itemProcessorOf(state), input, mapRunArn, items });
  children[index] = { ...given, started };
  const end = yield* awaitMapChild(started.executionArn);
  children[index] = { ...given, started, end };
  if (end.status === 'SUCCEEDED') return end.output ?? null;
  throw new StateFailure(end.status === 'TIMED_OUT' ? 'States.Timeout' : end.error, end.cause);
}

const failedOnes = (outcomes: readonly ForkOutcome[]): readonly number[] =>
  outcomes.flatMap((outcome, index) => (outcome.kind === 'failed' ? [index] : []));
