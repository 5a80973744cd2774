import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Json, StateMachine } from '../dsl/asl/machine.ts';
import { compile } from '../dsl/compiler/compile.ts';
import type { VirtualClock } from '../dsl/simulator/clock.ts';
import { type SimulationOptions, startSimulation } from '../dsl/simulator/simulate.ts';
import { handlers } from '../tasks/handlers.ts';
import type { RecoverySystem } from '../tasks/recovery-system.ts';
import { allWorkflows } from '../workflow/all-workflows.ts';

/** What a run of the compiled recovery needs besides its input. */
export interface RecoverySetting {
  readonly clients: {
    readonly dynamodb: DynamoDBClient;
    readonly lambda: LambdaClient;
    readonly sfn: SFNClient;
  };
  readonly clock: VirtualClock;
  readonly system: RecoverySystem;
  readonly seed?: number;
  readonly onEvent?: SimulationOptions['onEvent'];
  readonly executionName?: string;
}

/** The compiled machines by name, made once. */
const machines: Readonly<Record<string, StateMachine>> = Object.fromEntries(
  allWorkflows.map((workflow) => [workflow.workflowName, compile(workflow).machine]),
);

/**
 * Starts the compiled `Rewind` machine in the simulator with the real task handlers, all of them working
 * through the given clients and on the virtual clock.
 */
export function startRecovery(input: Json, setting: RecoverySetting): ReturnType<typeof startSimulation> {
  const { clients, clock, system } = setting;
  const functions: SimulationOptions['functions'] = Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      (payload, invocation) =>
        handler(payload, { ...clients, system, clock: invocation.clock, deadline: invocation.deadline }),
    ]),
  );
  const machine = machines.Rewind;
  if (machine === undefined) throw new Error('there is no machine named Rewind');
  return startSimulation(machine, input, {
    name: 'Rewind',
    machines,
    functions,
    clients,
    clock,
    seed: setting.seed ?? 1,
    ...(setting.onEvent ? { onEvent: setting.onEvent } : {}),
    ...(setting.executionName ? { executionName: setting.executionName } : {}),
  });
}
