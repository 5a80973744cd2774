import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { Json, StateMachine } from '../asl/machine.ts';
import { VirtualClock } from './clock.ts';
import { Execution, type ExecutionResult } from './execution.ts';
import { maximumPayloadBytes } from './limits.ts';
import { seededRandom, seededUuid } from './seeded-random.ts';
import { SimulationError } from './simulation-error.ts';
import type { ExecutionIdentity, SdkClient, SimulatedFunction, World } from './world.ts';

export type { ExecutionResult } from './execution.ts';
export type { ExecutionIdentity, Invocation, SimulatedFunction } from './world.ts';

export interface SimulationOptions {
  /** The state machine's name; default `StateMachine`. */
  readonly name?: string;
  /** Default: a UUID made of the seed. */
  readonly executionName?: string;
  /** Default: a new one, at the start of 2026. */
  readonly clock?: VirtualClock;
  /** Of jitter, `$random()`, `$uuid()` and made-up names; default 1. */
  readonly seed?: number;
  /** What `lambda:invoke` calls, by bare function name. */
  readonly functions?: { readonly [name: string]: SimulatedFunction };
  /** What `aws-sdk` integrations go through: AWS SDK v3 clients by service (`dynamodb`, `lambda`, `sfn`). */
  readonly clients?: { readonly [service: string]: SdkClient };
  /** What `states:startExecution` starts, by bare state machine name. */
  readonly machines?: { readonly [name: string]: StateMachine };
  /** Hears every event of every execution as it happens. */
  readonly onEvent?: (event: HistoryEvent, execution: ExecutionIdentity) => void;
  /** Default 000000000000. */
  readonly account?: string;
  /** Default us-east-1. */
  readonly region?: string;
}

/** An execution whose clock someone else drives. */
export interface RunningExecution {
  readonly executionArn: string;
  /** Settles when the execution and all that it started have ended. Rejects with a SimulationError. */
  readonly result: Promise<ExecutionResult>;
  /** Aborts it, as StopExecution does; after its end it does nothing. */
  stop(error?: string, cause?: string): void;
}

/**
 * Starts an execution. Virtual time passes only while someone runs the clock (`clock.runUntil`): to let several
 * executions share one, or to stop one half-way. Otherwise `simulate` is simpler.
 * @throws SimulationError when StartExecution would refuse the input.
 */
export function startSimulation(
  machine: StateMachine,
  input: Json,
  options: SimulationOptions = {},
): RunningExecution {
  const world = createWorld(options);
  if (Buffer.byteLength(JSON.stringify(input)) > maximumPayloadBytes)
    throw new SimulationError(
      `the input is larger than ${maximumPayloadBytes} bytes; pass a reference to the data`,
    );
  const execution = new Execution(world, {
    machineName: options.name ?? 'StateMachine',
    machine,
    name: options.executionName ?? world.uuid(),
    input,
  });
  return {
    executionArn: execution.arn,
    result: execution.result(),
    stop: (error, cause) => execution.stop(error, cause),
  };
}

/**
 * Runs a state machine to its end in virtual time. A failed execution is a result; the promise rejects with a
 * SimulationError when the test or the definition is at fault. The same seed gives the same run.
 */
export async function simulate(
  machine: StateMachine,
  input: Json,
  options: SimulationOptions = {},
): Promise<ExecutionResult> {
  const clock = options.clock ?? new VirtualClock();
  const { result } = startSimulation(machine, input, { ...options, clock });
  return clock.runUntil(result);
}

function createWorld(options: SimulationOptions): World {
  const random = seededRandom(options.seed ?? 1);
  return {
    clock: options.clock ?? new VirtualClock(),
    random,
    uuid: () => seededUuid(random),
    functions: options.functions ?? {},
    clients: options.clients ?? {},
    machines: options.machines ?? {},
    onEvent: options.onEvent ?? (() => {}),
    account: options.account ?? '000000000000',
    region: options.region ?? 'us-east-1',
    executionArns: new Set(),
  };
}
