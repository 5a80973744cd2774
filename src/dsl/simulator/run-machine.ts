import type { Json, JsonObject, StateMachine } from '../asl/machine.ts';
import type { Process } from './request.ts';
import { runBranch } from './run-branch.ts';
import { Scope } from './scope.ts';
import { StateFailure } from './state-failure.ts';
import { newThread, record } from './thread.ts';
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
}

/** What goes beyond every bound ends an execution as well. */
function failureOf(fault: unknown): ReturnType<typeof withoutAbsent> | undefined {
  if (fault instanceof StateFailure) return withoutAbsent(fault.error, fault.causeText);
  const error = 'States.Runtime';
  if (isStackOverflow(fault)) return { error, cause: 'The data of the execution is nested too deeply.' };
  if (fault instanceof Endless) return { error, cause: 'A regular expression was matched for too long.' };
  return undefined;
}

/** An execution from its first state's event to ExecutionSucceeded or ExecutionFailed. */
export function* runMachine({ machine, input, context, region, asOf }: MachineRun): Process<MachineOutcome> {
  // The first state's event names no predecessor, as if ExecutionStarted were none.
  const thread = newThread(0);
  const place = {
    context,
    region,
    asOf,
    queryLanguage: machine.QueryLanguage ?? 'JSONPath',
    scope: new Scope(),
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
