import type { Json, StateMachine } from '../asl/machine.ts';
import type { SdkClient } from '../asl/sdk-model.ts';
import { checkMachine } from './check-machine.ts';
import { checkTasks } from './check-tasks.ts';
import { VirtualClock } from './clock.ts';
import { Execution } from './execution.ts';
import type { ExecutionResult } from './execution-result.ts';
import type { HistoryEvent } from './history-event.ts';
import { checkCreation } from './iam/check-creation.ts';
import type { RolePolicy } from './iam/role-policy.ts';
import type { SimulatedFunction } from './invocation.ts';
import { lambdaAt } from './lambda-at.ts';
import { maximumPayloadBytes } from './limits.ts';
import type { ResourceFake } from './resource-fake.ts';
import { memoryStore, type MemoryObjects } from './s3/memory-store.ts';
import type { ObjectStore } from './s3/object-store.ts';
import { seededRandom, seededUuid } from './seeded-random.ts';
import { SimulationError } from './simulation-error.ts';
import { TaskTokens } from './task-tokens.ts';
import type { ExecutionIdentity, Observer, World } from './world.ts';
import { isStackOverflow } from './stack-overflow.ts';

export type { ExecutionResult } from './execution-result.ts';
export type { Invocation, SimulatedFunction } from './invocation.ts';
export type { ResourceCall, ResourceFake } from './resource-fake.ts';
export type { ExecutionIdentity } from './world.ts';

/**
 * What stands in for the world when a machine is simulated; what a machine calls and is not there rejects
 * the simulation.
 *
 * @example
 * const shop: SimulationOptions = {
 *   functions: { Track: () => ({ state: 'delivered' }) },
 *   seed: 7,
 * };
 */
export interface SimulationOptions {
  /** The state machine's name; default `StateMachine`. */
  readonly name?: string;
  /**
   * Default STANDARD. An EXPRESS execution has five minutes and no limit of events, tells what it is billed for, and
   * cannot be redriven; a machine that waits for jobs, tokens or activities, or has a distributed Map, cannot be one.
   * What it starts is Standard.
   */
  readonly type?: 'STANDARD' | 'EXPRESS';
  /** Default: a UUID made of the seed. */
  readonly executionName?: string;
  /** Default: a new one, at the start of 2026. */
  readonly clock?: VirtualClock;
  /** Of jitter, `$random()`, `$uuid()` and made-up names; default 1. */
  readonly seed?: number;
  /** What `lambda:invoke` calls, by bare function name. */
  readonly functions?: { readonly [name: string]: SimulatedFunction };
  /** Where Lambda's Invoke API is, such as `http://localhost:4566`, for all that `functions` does not have. Default: nowhere. */
  readonly lambdaEndpoint?: string;
  /**
   * Functions that answer the calls of Task states, by the state's name, which must be one of `machines` or of the
   * machine itself. They come before every other way.
   */
  readonly tasks?: { readonly [state: string]: ResourceFake };
  /**
   * Functions that stand in for services, by a Resource's whole ARN (`arn:aws:states:::glue:startJobRun.sync`).
   * They come before every other way to perform a call but `tasks`.
   */
  readonly resources?: { readonly [arn: string]: ResourceFake };
  /**
   * How the results of `tasks` and `resources` are held against the output of the API that each stands for, in Step Functions'
   * spelling. STRICT: what the API always gives must be there, and all that is there must be known and fit; PRESENT:
   * what is there and known must fit; NONE: anything goes. The model is in the service's SDK client
   * (`@aws-sdk/client-<service>`), of this package or of the project in the current directory. Default: STRICT for
   * services whose client is there; a mode that is given demands it. What jobs and task tokens end with is not known to
   * any model, but for started executions, and is not checked.
   */
  readonly fieldValidationMode?: 'STRICT' | 'PRESENT' | 'NONE';
  /** Workers that do the work of activities, by the activity's ARN; a task of any other activity fails. */
  readonly activities?: { readonly [arn: string]: ResourceFake };
  /**
   * What integrations go through: AWS SDK v3 clients, by service name as in `aws-sdk` ARNs (`dynamodb`, `sfn`).
   * `sns:publish`, `sqs:sendMessage`, `events:putEvents` and `dynamodb:getItem` go through `sns`, `sqs`,
   * `eventbridge` and `dynamodb`.
   */
  readonly clients?: { readonly [service: string]: SdkClient };
  /** What `states:startExecution` starts, by bare state machine name. */
  readonly machines?: { readonly [name: string]: StateMachine };
  /**
   * What the ItemReaders and ResultWriters of distributed Maps work on: objects in memory by `bucket/key` (written
   * ones are added to them), or a store of one's own.
   */
  readonly s3?: { readonly objects: MemoryObjects } | ObjectStore;
  /** The task tokens, for whoever answers them; default: new ones, which the running execution shows. */
  readonly tokens?: TaskTokens;
  /** Hears every event of every execution as it happens. */
  readonly onEvent?: (event: HistoryEvent, execution: ExecutionIdentity) => void;
  /** What the machine's role may do: a call that it does not allow fails as on AWS. Default: everything. */
  readonly policy?: RolePolicy;
  /**
   * The same for other roles: by a nested state machine's bare name, or by the ARN of a role that a task's Credentials
   * name. What is not here may do everything.
   */
  readonly policies?: { readonly [machineOrRole: string]: RolePolicy };
  /**
   * Default true. False for results with an empty `history`, when hearing the events (`onEvent`) is enough: memory
   * then does not grow with them.
   */
  readonly keepHistory?: boolean;
  /**
   * Hears what happens in the states of every execution; the state goes on when what it returns has settled. One that
   * does real work meanwhile must hold the clock. A simulation without one is faster.
   */
  readonly observe?: Observer;
  /** The role that executions show; default: one named after the state machine. */
  readonly roleArn?: string;
  /**
   * To get histories as AWS made them at a time in the past, milliseconds since the epoch: what has changed since
   * is then as it was. Default: as now.
   */
  readonly asOf?: number;
  /** Default 000000000000. */
  readonly account?: string;
  /** Default us-east-1. */
  readonly region?: string;
}

/**
 * An execution whose clock someone else drives. It can be stopped, and redriven once it has ended without success.
 *
 * @example
 * const clock = new VirtualClock();
 * let down = true;
 * const Track = () => {
 *   if (down) throw new StateFailure('CarrierDown');
 *   return { state: 'delivered' };
 * };
 * const options = { clock, functions: { Track } };
 * const running: RunningExecution = startSimulation(compile(ship).machine, { order: 'o-7' }, options);
 * const failed = await clock.runUntil(running.result);
 * failed.error; // → "CarrierDown"
 * down = false;
 * const redriven = await clock.runUntil(running.redrive().result);
 * redriven.output; // → { "parcel": "o-7" }
 */
export interface RunningExecution {
  readonly executionArn: string;
  /** The tokens that tasks of the simulation wait with, and the way to answer them. */
  readonly tokens: TaskTokens;
  /** Settles when the execution and all that it started have ended. Rejects with a SimulationError. */
  readonly result: Promise<ExecutionResult>;
  /** Aborts it, as StopExecution does; after its end it does nothing. */
  stop(error?: string, cause?: string): void;
  /**
   * Redrives it, as RedriveExecution does, once it has failed, timed out or been aborted: it goes on from the state
   * that it stopped in, with that state's input and its variables; of a Parallel or Map only what is not done is run
   * again. It is the same execution: same ARN, same history, and the same functions, clients and objects, which may
   * have been mended meanwhile. Returns what there is to hold of it from now on.
   * @throws SimulationError when AWS would not redrive it; `redriveStatusReason` of the result tells why.
   */
  redrive(): RunningExecution;
}

/**
 * Starts an execution. Virtual time passes only while someone runs the clock (`clock.runUntil`): to let
 * several executions share one, or to stop one half-way. Otherwise `simulate` is simpler.
 * @throws SimulationError when StartExecution would refuse the input, or CreateStateMachine one of the machines or
 * a role that may not watch the children its machine waits for.
 *
 * @example
 * const clock = new VirtualClock();
 * const running = startSimulation(compile(ship).machine, { order: 'o-7' }, { ...world(), clock });
 * clock.schedule(clock.now() + 60_000, () => running.stop('Enough'));
 * const aborted = await clock.runUntil(running.result);
 * aborted.status; // → "ABORTED"
 */
export function startSimulation(
  machine: StateMachine,
  input: Json,
  options: SimulationOptions = {},
): RunningExecution {
  const { name: machineName = 'StateMachine', type = 'STANDARD' } = options;
  const machines = { ...options.machines, [machineName]: machine };
  for (const [name, known] of Object.entries(machines))
    checkMachine(known, name, name === machineName ? type : 'STANDARD');
  if (options.tasks !== undefined) checkTasks(options.tasks, machines);
  const world = createWorld(options);
  if (world.policies !== undefined) checkCreation(machines, world);
  if (Buffer.byteLength(textOf(input)) > maximumPayloadBytes)
    throw new SimulationError(
      `the input is larger than ${maximumPayloadBytes} bytes; pass a reference to the data`,
    );
  const execution = new Execution(world, {
    machineName,
    machine,
    type,
    name: options.executionName ?? world.uuid(),
    input,
  });
  return handleOf(execution, world);
}

/**
 * Runs a state machine to its end in virtual time. A failed execution is a result; the promise rejects with
 * a SimulationError when the test or the definition is at fault. The same seed gives the same run.
 *
 * @example
 * const delivered = await simulate(compile(ship).machine, { order: 'o-7' }, world());
 * delivered.output; // → { "parcel": "o-7" }
 * delivered.virtualMilliseconds / 3_600_000; // → 2
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

/** @throws SimulationError */
function textOf(input: Json): string {
  try {
    const text = JSON.stringify(input) as string | undefined;
    if (text === undefined)
      throw new SimulationError(`the input is ${typeof input}, which is no JSON; pass {} for nothing`);
    return text;
  } catch (fault) {
    if (!isStackOverflow(fault)) throw fault;
    throw new SimulationError('the input is nested too deeply; pass a reference to the data', {
      cause: fault,
    });
  }
}

function handleOf(execution: Execution, world: World): RunningExecution {
  return {
    executionArn: execution.arn,
    tokens: world.tokens,
    result: execution.result(),
    stop: (error, cause) => execution.stop(error, cause),
    redrive: () => {
      execution.redrive();
      return handleOf(execution, world);
    },
  };
}

/** What all executions of one simulation share, with the defaults filled in. */
export function createWorld(options: SimulationOptions): World {
  const random = seededRandom(options.seed ?? 1);
  const clock = options.clock ?? new VirtualClock();
  return {
    clock,
    random,
    uuid: () => seededUuid(random),
    tokens: options.tokens ?? new TaskTokens(),
    findFunction: functionFinder(options),
    tasks: options.tasks ?? {},
    resources: options.resources ?? {},
    fieldValidationMode: options.fieldValidationMode,
    activities: options.activities ?? {},
    asOf: options.asOf ?? Number.POSITIVE_INFINITY,
    roleArn: options.roleArn,
    clients: options.clients ?? {},
    machines: options.machines ?? {},
    objectStore: storeOf(options.s3, clock),
    policies: policiesOf(options),
    keepHistory: options.keepHistory ?? true,
    onEvent: options.onEvent ?? (() => {}),
    observe: options.observe,
    account: options.account ?? '000000000000',
    region: options.region ?? 'us-east-1',
    executionArns: new Set(),
    nested: { count: 0 },
  };
}

/** @throws SimulationError for a policy of nobody: who has none may do everything. */
function policiesOf(options: SimulationOptions): World['policies'] {
  const { policy, policies = {}, machines = {}, name = 'StateMachine' } = options;
  const stray = Object.keys(policies).find(
    (of) => !of.startsWith('arn:') && of !== name && !Object.hasOwn(machines, of),
  );
  if (stray !== undefined)
    throw new SimulationError(
      `options.policies has '${stray}', which is neither a role's ARN nor one of the state machines ` +
        [...new Set([name, ...Object.keys(machines)])].join(', '),
    );
  const all = new Map(Object.entries(policies));
  if (policy !== undefined) all.set(name, policy);
  return all.size === 0 ? undefined : all;
}

function functionFinder({ functions = {}, lambdaEndpoint }: SimulationOptions): World['findFunction'] {
  return (name) => {
    if (Object.hasOwn(functions, name)) return functions[name];
    return lambdaEndpoint === undefined ? undefined : lambdaAt(lambdaEndpoint, name);
  };
}

function storeOf(given: SimulationOptions['s3'], clock: VirtualClock): ObjectStore | undefined {
  return given !== undefined && 'objects' in given ? memoryStore(given.objects, () => clock.now()) : given;
}
