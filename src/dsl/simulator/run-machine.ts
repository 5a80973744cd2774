import type { Json, JsonObject, StateMachine } from '../asl/machine.ts';
import type { Process } from './request.ts';
import { runBranch } from './run-branch.ts';
import type { Scope } from './scope.ts';
import { StateFailure } from './state-failure.ts';
import { record, type Thread } from './thread.ts';
import { withoutAbsent } from './without-absent.ts';

/** How a machine's run ended by itself. */
type MachineOutcome =
  | { readonly status: 'SUCCEEDED'; readonly output: Json }
  | { readonly status: 'FAILED'; readonly error?: string; readonly cause?: string };

interface MachineRun {
  readonly machine: StateMachine;
  readonly input: Json;
  /** `Execution` and `StateMachine` of the context object. */
  readonly context: JsonObject;
  readonly region: string;
  readonly asOf: number;
  readonly standing: Standing;
}

/** Where an execution has got to; a redrive goes on with the same. */
export interface Standing {
  readonly thread: Thread;
  readonly scope: Scope;
}

/** An execution from its first state's event, or from where it is redriven, to ExecutionSucceeded or ExecutionFailed. */
export function* runMachine(run: MachineRun): Process<MachineOutcome> {
  const { machine, input, context, region, asOf, standing } = run;
  const { thread, scope } = standing;
  const place = {
    context,
    region,
    asOf,
    queryLanguage: machine.QueryLanguage ?? 'JSONPath',
    scope,
    thread,
    iterations: [],
    runBranch,
  };
  try {
    const output = yield* runBranch(machine, input, place);
    yield* record(thread, 'ExecutionSucceeded', {
      executionSucceededEventDetails: { output: JSON.stringify(output), outputDetails: { truncated: false } },
    });
    return { status: 'SUCCEEDED', output };
  } catch (fault) {
    if (!(fault instanceof StateFailure)) throw fault;
    const failure = withoutAbsent(fault.error, fault.causeText);
    yield* record(thread, 'ExecutionFailed', { executionFailedEventDetails: failure });
    return { status: 'FAILED', ...failure };
  }
}
