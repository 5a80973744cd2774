import type { VirtualClock } from '../simulator/clock.ts';
import { type RedriveDescription, Redrives } from '../simulator/redrive.ts';
import { lambdaAt } from '../simulator/lambda-at.ts';
import { memoryStore } from '../simulator/s3/memory-store.ts';
import { seededRandom, seededUuid } from '../simulator/seeded-random.ts';
import { SimulationError } from '../simulator/simulation-error.ts';
import { TaskTokens } from '../simulator/task-tokens.ts';
import type { SdkClient } from '../asl/sdk-model.ts';
import { Catalog } from './catalog/catalog.ts';
import { lockFolder } from './catalog/folder-lock.ts';
import { ExecutionFile } from './executions/execution-file.ts';
import type { ExecutionRecord } from './executions/execution-record.ts';
import { ExecutionStore, type LiveExecution } from './executions/execution-store.ts';
import { interruptedCause, interruptedError } from './executions/interrupted.ts';
import { ActivityTasks } from './running/activity-tasks.ts';
import { findIntegration } from './running/find-integration.ts';
import { ownClient } from './running/own-client.ts';
import { isExpress, Run, type RunKeeper, type Start } from './running/run.ts';
import { s3Store } from './running/s3-store.ts';
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
  /** By service name as in resource ARNs: what integrations go through, and for `s3` distributed Maps as well. */
  readonly clients: { readonly [service: string]: SdkClient };
  /** Hears, in words, of what an execution could not go on from. */
  readonly log: (line: string) => void;
}

/** Executions that have failed and are kept in memory, each with all that it has come to, to be redriven. */
const mostRedrivable = 1000;

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
  /** Those under way. */
  readonly #runs = new Map<string, Run>();
  /** Those that have failed, and can go on from there; the oldest first. */
  readonly #redrivable = new Map<string, Run>();
  /** What all executions share. */
  readonly world: Omit<ConstructorParameters<typeof Run>[1], 'clock'>;
  readonly #keeper: RunKeeper;
  /** Gives the folder free. */
  readonly #release: () => void;

  /** @throws Error that names the file when one of the folder's cannot be read, or the process that has the folder. */
  constructor(options: ServiceOptions, call: Call) {
    this.options = options;
    const { account, region, folder, keep, seed, lambdaEndpoint, clients } = options;
    this.#release = folder === undefined ? () => {} : lockFolder(folder);
    this.catalog = new Catalog(folder);
    this.executions = new ExecutionStore(new ExecutionFile(folder), keep);
    // What an earlier start has drawn is not to be drawn again: its names are taken.
    this.random = seededRandom(this.executions.size === 0 ? seed : seed + this.now());
    const { random, tokens } = this;
    this.world = {
      random,
      tokens,
      account,
      region,
      uuid: () => this.uuid(),
      asOf: Number.POSITIVE_INFINITY,
      findFunction: (name) => (lambdaEndpoint === undefined ? undefined : lambdaAt(lambdaEndpoint, name)),
      tasks: {},
      resources: {},
      fieldValidationMode: undefined,
      policies: undefined,
      nested: { count: 0 },
      activities: {},
      machines: {},
      clients: { sfn: ownClient(call), ...clients },
      keepHistory: false,
      observe: undefined,
      objectStore: clients['s3'] === undefined ? memoryStore({}, () => this.now()) : s3Store(clients['s3']),
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
    this.#pass(run);
    return { record: root.record, live: root };
  }

  /** Whether it can be redriven, as DescribeExecution tells. */
  redriveStatusOf(record: ExecutionRecord): RedriveDescription {
    const { revision, mapRunArn, startDate, stopDate = startDate, redriveCount, redriveDate } = record;
    const rules = new Redrives().describe(
      {
        status: record.status,
        express: revision.type === 'EXPRESS',
        ofMapRun: mapRunArn !== undefined,
        startDate,
        stopDate,
        events: record.eventCount,
        asOf: Number.POSITIVE_INFINITY,
      },
      // In virtual time it may have ended later than now.
      Math.max(this.now(), stopDate),
    );
    const description = {
      ...rules,
      redriveCount,
      ...(redriveDate === undefined ? {} : { redriveDate }),
    };
    if (description.redriveStatus !== 'REDRIVABLE' || this.#redrivable.has(record.arn)) return description;
    return {
      ...description,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason:
        'The endpoint cannot go on with it: there was nobody to perform a call, ' +
        `the endpoint has been restarted since, or ${mostRedrivable} other executions have failed`,
    };
  }

  /** Goes on with an execution that can be redriven. */
  redrive({ arn }: ExecutionRecord): void {
    const run = this.#redrivable.get(arn) as Run;
    this.#redrivable.delete(arn);
    this.#runs.set(arn, run);
    run.redrive();
    this.#pass(run);
  }

  /** That of an execution under way. */
  runOf(executionArn: string): Run | undefined {
    return this.#runs.get(executionArn);
  }

  /** Ends all that is under way, and keeps the rest for the next start. */
  close(): void {
    for (const { root } of this.#runs.values()) root.stop(interruptedError, interruptedCause);
    this.executions.close();
    this.options.time.stop();
    this.#release();
  }

  /** Lets time pass for a run. */
  #pass(run: Run): void {
    this.options.time.run(run.clock, run.root.ended).catch((fault: unknown) => run.giveUp(fault));
  }

  #keepRedrivable({ arn }: ExecutionRecord, run: Run): void {
    this.#redrivable.set(arn, run);
    const [oldest] = this.#redrivable.keys();
    if (this.#redrivable.size > mostRedrivable && oldest !== undefined) this.#redrivable.delete(oldest);
  }

  #newKeeper(): RunKeeper {
    const { executions, options } = this;
    return {
      begun: (record, live) => {
        if (!isExpress(record)) executions.begin(record, live);
      },
      begunAgain: (record, live) => executions.beginAgain(record, live),
      body: (record) => executions.body(record),
      ended: (record, body) => {
        const run = this.#runs.get(record.arn);
        this.#runs.delete(record.arn);
        if (isExpress(record)) return;
        executions.end(record, body);
        if (run?.isLost === false && record.status !== 'SUCCEEDED') this.#keepRedrivable(record, run);
      },
      redriveStatusOf: (record) => this.redriveStatusOf(record),
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
