import type { Json, MapState } from '../../asl/machine.ts';
import { fork, runMapChild, uuid, type ForkOutcome, type Process } from '../request.ts';
import { StateFailure } from '../state-failure.ts';
import { record } from '../thread.ts';
import type { Visit } from '../visit.ts';
import type { Iterations } from './map.ts';

/** Child executions that run at once when MaxConcurrency is 0. Source: "Step Functions service quotas". */
const maximumChildren = 10_000;

/**
 * Iterations as executions of their own: they see no variable and no context of this one, and have their own
 * histories. Returns the outputs of those that succeeded.
 * @throws StateFailure when more of them fail than is tolerated.
 */
export function* runDistributed(
  state: MapState,
  visit: Visit,
  iterations: Iterations & { readonly tolerance: number },
): Process<readonly Json[]> {
  const { inputs, limit, tolerance } = iterations;
  const { thread } = visit;
  const label = state.Label ?? visit.name.replaceAll(/[^A-Za-z0-9_-]/g, '_');
  const machineArn = (visit.context['StateMachine'] as { Id: string }).Id;
  const mapRunArn = `${machineArn.replace(':stateMachine:', ':mapRun:')}/${label}:${yield* uuid()}`;
  yield* record(thread, 'MapRunStarted', { mapRunStartedEventDetails: { mapRunArn } });
  const { outcomes } = yield* fork({
    count: inputs.length,
    limit: limit === 0 ? maximumChildren : limit,
    failsAfter: tolerance + 1,
    start: (index) => runChild(state, label, inputs[index] as Json),
  });
  thread.evaluationCursor = thread.cursor;
  const failure = intolerable(outcomes, tolerance);
  if (failure !== undefined) {
    const { error, causeText: cause } = failure;
    yield* record(thread, 'MapRunFailed', {
      mapRunFailedEventDetails: {
        ...(error === undefined ? {} : { error }),
        ...(cause === undefined ? {} : { cause }),
      },
    });
    throw failure;
  }
  yield* record(thread, 'MapRunSucceeded');
  return outcomes.flatMap((outcome) => (outcome.kind === 'done' ? [outcome.value] : []));
}

function* runChild(state: MapState, label: string, input: Json): Process<Json> {
  const answer = yield* runMapChild({ label, branch: state.ItemProcessor, input });
  if (answer.status === 'SUCCEEDED') return answer.output;
  if (answer.status === 'TIMED_OUT') throw new StateFailure('States.Timeout');
  throw new StateFailure(answer.error, answer.cause);
}

/** What the failures make of the Map Run; undefined when they are few enough. */
function intolerable(outcomes: readonly ForkOutcome[], tolerance: number): StateFailure | undefined {
  const failures = outcomes.flatMap((outcome) => (outcome.kind === 'failed' ? [outcome.failure] : []));
  if (failures.length <= tolerance) return undefined;
  return new StateFailure(
    'States.ExceedToleratedFailureThreshold',
    'The specified tolerated failure threshold was exceeded',
  );
}
