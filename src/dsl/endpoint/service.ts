import type { VirtualClock } from '../simulator/clock.ts';
import { memoryStore } from '../simulator/s3/memory-store.ts';
import type { ObjectStore } from '../simulator/s3/object-store.ts';
import { seededRandom, seededUuid } from '../simulator/seeded-random.ts';
import { SimulationError } from '../simulator/simulation-error.ts';
import { TaskTokens } from '../simulator/task-tokens.ts';
import type { SdkClient } from '../simulator/world.ts';
import { Catalog } from './catalog/catalog.ts';
import { ExecutionFile } from './executions/execution-file.ts';
import type { ExecutionRecord } from './executions/execution-record.ts';
import { ExecutionStore, type LiveExecution } from './executions/execution-store.ts';
import { interruptedCause, interruptedError } from './executions/interrupted.ts';
import { ActivityTasks } from './running/activity-tasks.ts';
import { findIntegration } from './running/find-integration.ts';
import { lambdaFunctions } from './running/lambda-endpoint.ts';
import { ownClient } from './running/own-client.ts';
import { Run, type RunKeeper, type Start } from './running/run.ts';
import type { Time } from './running/time.ts';

/** What an endpoint is like. */
export interface ServiceOptions {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** Of jitter, routing by aliases, UUIDs and made-up names. */
  readonly seed: number;
  readonly time: Time;
  /** Where state is kept for the next start; undefined to keep none. */
  readonly folder: string | undefined;
  /** How many ended executions are known; the oldest are forgotten. */
  readonly keep: number;
  /** A MockConfigFile.json, parsed. */
  readonly mocks: unknown;
  /** Where Lambda functions are invoked. */
  readonly lambdaEndpoint: string | undefined;
  /** By service name as in resource ARNs: what SDK integrations go through. */
  readonly clients: { readonly [service: string]: SdkClient };
  /** What distributed Maps read and write; default: an empty one in memory. */
  readonly objectStore?: ObjectStore;
  /** Hears, in words, of what an execution could not go on from. */
  readonly log: (line: string) => void;
}

/** An execution as it was started. */
export interface StartedRun {
  readonly record: ExecutionRecord;
  readonly live: LiveExecution;
}

/** Performs an action of the API by its name. */
export type Call = (action: string, request: unknown, signal: AbortSignal) => Promise<object>;

/** What all actions work on: the definitions, the executions, and what runs them. */
export class Service {
  readonly options: ServiceOptions;
  readonly catalog: Catalog;
  readonly executions: ExecutionStore;
  readonly tokens = new TaskTokens();
  readonly activityTasks = new ActivityTasks();
  readonly random: () => number;
  readonly #runs = new Map<string, Run>();
  /** What all executions share. */
  readonly world: Omit<ConstructorParameters<typeof Run>[1], 'clock'>;
  readonly #keeper: RunKeeper;

  /** @throws Error that names the file when one of the folder's cannot be read. */
  constructor(options: ServiceOptions, call: Call) {
    this.options = options;
    const { account, region, folder, keep, seed, lambdaEndpoint, clients } = options;
    this.catalog = new Catalog(folder);
    this.executions = new ExecutionStore(new ExecutionFile(folder), keep);
    // What an earlier start has drawn is not to be drawn again: names would be taken.
    this.random = seededRandom(seed + this.executions.size);
    const { random, tokens } = this;
    this.world = {
      random,
      tokens,
      account,
      region,
      uuid: () => this.uuid(),
      asOf: Number.POSITIVE_INFINITY,
      functions: lambdaEndpoint === undefined ? {} : lambdaFunctions(lambdaEndpoint),
      resources: {},
      activities: {},
      machines: {},
      clients: { sfn: ownClient(call), ...clients },
      objectStore: options.objectStore ?? memoryStore({}, () => this.now()),
    };
    this.#keeper = this.#newKeeper();
  }

  /** Milliseconds since the epoch, of everything but executions. */
  now(): number {
    return Date.now();
  }

  uuid(): string {
    return seededUuid(this.random);
  }

  /** @param clock that of the execution that starts this one. */
  start(start: Start, clock: VirtualClock = this.options.time.newClock()): StartedRun {
    const run = new Run(start, { ...this.world, clock }, this.#keeper);
    const { root } = run;
    this.#runs.set(root.record.arn, run);
    this.options.time.run(clock, root.ended).catch((fault: unknown) => run.giveUp(fault));
    return { record: root.record, live: root };
  }

  /** The run that an execution under way is of, or that a Map Run is of. */
  runOf(executionArn: string): Run | undefined {
    return this.#runs.get(executionArn);
  }

  /** Ends all that is under way, and keeps the rest for the next start. */
  close(): void {
    for (const { root } of this.#runs.values()) root.stop(interruptedError, interruptedCause);
    this.executions.close();
    this.options.time.stop();
  }

  #newKeeper(): RunKeeper {
    const { executions, options } = this;
    // Express executions cannot be asked for, and are not kept.
    const isKept = ({ revision }: ExecutionRecord) => revision.type === 'STANDARD';
    return {
      begun: (record, live) => {
        if (isKept(record)) executions.begin(record, live);
      },
      ended: (record, body) => {
        this.#runs.delete(record.arn);
        if (isKept(record)) executions.end(record, body);
      },
      mapRunBegun: (run) => executions.beginMapRun(run),
      mapRunEnded: (run) => executions.endMapRun(run),
      integration: (resource, stateName, run) => findIntegration(this, { resource, stateName, run }),
      fault: (arn, fault) => {
        const words =
          fault instanceof SimulationError ? fault.message : String((fault as Error).stack ?? fault);
        options.log(`${arn}: ${words}`);
      },
    };
  }
}
