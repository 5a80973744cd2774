import type { Json, StateMachine } from '../asl/machine.ts';
import { findIntegration } from './integrations/find-integration.ts';
import type { StartedExecution } from './integrations/integration.ts';
import type { TaskCall } from './request.ts';
import { StateFailure } from './state-failure.ts';
import type { Strand } from './strand.ts';
import type { World } from './world.ts';

/** What a call may do with the execution that makes it. */
interface Caller {
  readonly executionArn: string;
  readonly submitted: (call: TaskCall, output: Json) => void;
  readonly startExecution: (
    machineName: string,
    machine: StateMachine,
    start: { input: Json; name: string },
  ) => StartedExecution;
}

/**
 * Performs one attempt of a Task, up to its timeout.
 * @throws StateFailure what the integration fails with, or States.Timeout.
 */
export function runCall(
  call: TaskCall,
  strand: Strand,
  { world, caller }: { world: World; caller: Caller },
): Promise<Json> {
  const { stateName, resource, timeoutSeconds } = call;
  const integration = findIntegration(resource, stateName);
  const abort = new AbortController();
  const deadline = timeoutSeconds === undefined ? undefined : world.clock.now() + timeoutSeconds * 1000;
  return new Promise((resolve, reject) => {
    const timeUp = () => {
      // The failure first: what the abort makes of the call is too late then.
      reject(new StateFailure('States.Timeout'));
      abort.abort();
    };
    const cancelTimeout = deadline === undefined ? () => {} : world.clock.schedule(deadline, timeUp);
    const forget = strand.onStop(() => {
      cancelTimeout();
      abort.abort();
    });
    integration({
      stateName,
      resource,
      arguments: call.arguments,
      deadline,
      signal: abort.signal,
      executionArn: caller.executionArn,
      world,
      submitted: (output) => caller.submitted(call, output),
      startExecution: caller.startExecution,
    })
      .then(resolve, reject)
      .finally(() => {
        cancelTimeout();
        forget();
      });
  });
}
