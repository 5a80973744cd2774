import type { Json, JsonObject, StateMachine } from '../asl/machine.ts';
import type { Process } from './request.ts';
import { runBranch } from './run-branch.ts';
import type { Scope } from './scope.ts';
import { StateFailure } from './state-failure.ts';
import { record, type Thread } from './thread.ts';
import { withoutAbsent } from './without-absent.ts';
import { isStackOverflow } from './stack-overflow.ts';
import { Endless } from './endless.ts';

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
  readonly observed: boolean;
  readonly standing: Standing;
}

/** Where an execution has got to; a redrive goes on with the same. */
export interface Standing {
  readonly thread: Thread;
  readonly scope: Scope;
}

/** What goes beyond every bound ends an execution as well. */
function failureOf(fault: unknown): ReturnType<typeof withoutAbsent> | undefined {
  if (fault instanceof StateFailure) return withoutAbsent(fault.error, fault.causeText);
  const error = 'States.Runtime';
  if (isStackOverflow(fault)) return { error, cause: 'The data of the execution is nested too deeply.' };
  if (fault instanceof Endless) return { error, cause: 'A regular expression was matched for too long.' };
  return undefined;
}

/** An execution from its first state's event, or from where it is redriven, to ExecutionSucceeded or ExecutionFailed. */
export function* runMachine(run: MachineRun): Process<MachineOutcome> {
  const { machine, input, context, region, asOf, observed, standing } = run;
  const { thread, scope } = standing;
  const place = {
    context,
    region,
    asOf,
    observed,
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
    const failure = failureOf(fault);
    if (failure === undefined) throw fault;
    yield* record(thread, 'ExecutionFailed', { executionFailedEventDetails: failure });
    return { status: 'FAILED', ...failure };
  }
}
