import type { Json, JsonObject } from '../../asl/machine.ts';
import type { VirtualClock } from '../../simulator/clock.ts';
import type { Integration } from '../../simulator/integrations/integration.ts';
import { childInput, resultOf, serviceFailure } from '../../simulator/integrations/start-execution.ts';
import { SimulationError } from '../../simulator/simulation-error.ts';
import type { StartedRun } from '../service.ts';
import { ServiceError } from '../service-error.ts';

/** What StartExecution is given. */
export interface StartRequest {
  readonly stateMachineArn: string;
  readonly name?: string | undefined;
  readonly input?: string | undefined;
  readonly traceHeader?: string | undefined;
}

/**
 * `states:startExecution` with any pattern: starts an execution like any other, on the clock of the one that starts it.
 * @param start as StartExecution does.
 */
export const startNested =
  (start: (request: StartRequest, clock: VirtualClock) => StartedRun): Integration =>
  async (call) => {
    const { StateMachineArn, Input, Name } = call.arguments as JsonObject;
    if (typeof StateMachineArn !== 'string')
      throw new SimulationError(
        `state '${call.stateName}': startExecution needs Arguments.StateMachineArn, a string`,
      );
    const input = childInput(Input);
    const name = typeof Name === 'string' ? Name : undefined;
    const { record, live } = asTask(() =>
      start({ stateMachineArn: StateMachineArn, name, input: JSON.stringify(input) }, call.world.clock),
    );
    const { arn, startDate, machineArn } = record;
    const started = { arn, startDate, ended: live.ended, stop: () => live.stop() };
    return resultOf(call, started, {
      input: input satisfies Json,
      name: record.name,
      stateMachineArn: machineArn,
    });
  };

/** What the API refuses fails the task. */
function asTask<T>(start: () => T): T {
  try {
    return start();
  } catch (fault) {
    if (!(fault instanceof ServiceError)) throw fault;
    throw serviceFailure(fault.name, fault.message);
  }
}
