import type { Json } from '../../asl/machine.ts';
import type { VirtualClock } from '../../simulator/clock.ts';
import { Execution } from '../../simulator/execution.ts';
import type { HistoryEvent } from '../../simulator/history-event.ts';
import type { Host, HostedExecution } from '../../simulator/host.ts';
import type { EndedExecution, Integration } from '../../simulator/integrations/integration.ts';
import type { mockedTasks } from '../../simulator/mocks/mocked-tasks.ts';
import type { RedriveDescription } from '../../simulator/redrive.ts';
import { SimulationError } from '../../simulator/simulation-error.ts';
import type { MapRun } from '../../simulator/states/map-run/map-run.ts';
import type { TaskResource } from '../../simulator/task-resource.ts';
import type { ExecutionIdentity, World } from '../../simulator/world.ts';
import { machineOf, type Revision } from '../catalog/state-machine.ts';
import type { ExecutionBody, ExecutionRecord } from '../executions/execution-record.ts';
import { type Ending, eventOf, type LiveExecution, storedEvent } from '../executions/execution-store.ts';
import { recordOf } from '../executions/map-run-record.ts';

/** What an execution is started with. */
export interface Start {
  readonly revision: Revision;
  /** Without a qualifier. */
  readonly machineArn: string;
  readonly versionArn?: string;
  readonly aliasArn?: string;
  readonly traceHeader?: string;
  /** How many executions led to this one, each of which started the next. */
  readonly generation: number;
  readonly name: string;
  /** JSON text, as it was given. */
  readonly inputText: string;
  readonly input: Json;
  /** What a test case of the mock configuration answers. */
  readonly mocked?: ReturnType<typeof mockedTasks>;
}

/** What a run tells of its executions, and what it asks. */
export interface RunKeeper {
  begun(record: ExecutionRecord, live: LiveExecution): void;
  ended(record: ExecutionRecord, body: ExecutionBody): void;
  /** Hears that an ended execution goes on. */
  begunAgain(record: ExecutionRecord, live: LiveExecution): void;
  /** Of an ended execution. */
  body(record: ExecutionRecord): ExecutionBody;
  redriveStatusOf(record: ExecutionRecord): RedriveDescription;
  mapRunBegun(run: () => ReturnType<typeof recordOf>): void;
  mapRunEnded(run: ReturnType<typeof recordOf>): void;
  integration(resource: TaskResource, stateName: string, run: Run): Integration | undefined;
  /** Hears of what an execution could not go on from. */
  fault(executionArn: string, fault: unknown): void;
}

/** An execution under way with what it is told of at its end. */
interface OpenExecution extends LiveExecution {
  input: string;
  /** An Express one's events are counted only: nobody can ask for them. */
  readonly express: boolean;
  eventCount: number;
  readonly record: ExecutionRecord;
  readonly end: (ending: Ending) => void;
  readonly mapRuns: OpenMapRun[];
}

interface OpenMapRun {
  readonly run: MapRun;
  readonly startDate: number;
  readonly redriveDate?: number;
}

/** What is kept of an execution for a redrive. */
interface KnownExecution {
  readonly record: ExecutionRecord;
  readonly stop: LiveExecution['stop'];
}

/** Events after which an Express execution is given up, that goes round and round without time passing. */
const mostExpressEvents = 1_000_000;

/** One execution and the children of its distributed Maps, from their start to their end. */
export class Run implements Host {
  readonly start: Start;
  readonly clock: VirtualClock;
  readonly #execution: Execution;
  #root: OpenExecution;
  #isLost = false;
  readonly #keeper: RunKeeper;
  /** By ARN. */
  readonly #open = new Map<string, OpenExecution>();
  /** By ARN: all there were, and all Map Runs. */
  readonly #known = new Map<string, KnownExecution>();
  readonly #mapRuns = new Map<string, OpenMapRun>();

  constructor(
    start: Start,
    world: Omit<World, 'host' | 'onEvent' | 'executionArns' | 'roleArn'>,
    keeper: RunKeeper,
  ) {
    this.start = start;
    this.clock = world.clock;
    this.#keeper = keeper;
    const { revision, name, input } = start;
    const hosted: World = {
      ...world,
      roleArn: revision.roleArn,
      onEvent: (event, { executionArn }) => this.#happened(event, executionArn),
      executionArns: new Set(),
      host: this,
    };
    const machine = machineOf(revision);
    const execution = new Execution(hosted, {
      machineName: revision.machineName,
      type: revision.type,
      machine,
      name,
      input,
    });
    this.#execution = execution;
    this.#root = this.#open.get(execution.arn) as OpenExecution;
    execution.ended.catch((fault: unknown) => this.giveUp(fault));
  }

  /** The execution itself, as it is under way now. */
  get root(): OpenExecution {
    return this.#root;
  }

  /** Whether it was given up, and cannot go on from there. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Goes on with the execution from where it failed. @throws SimulationError when it cannot. */
  redrive(): void {
    this.#execution.redrive();
    this.#root = this.#open.get(this.#execution.arn) as OpenExecution;
    this.#execution.ended.catch((fault: unknown) => this.giveUp(fault));
  }

  integration(resource: TaskResource, stateName: string): Integration | undefined {
    return this.#keeper.integration(resource, stateName, this);
  }

  executionStarted(execution: HostedExecution, { machineName, mapRunArn, items }: ExecutionIdentity): void {
    const { revision, machineArn, name, versionArn, aliasArn, traceHeader } = this.start;
    const common = {
      arn: execution.arn,
      revision,
      startDate: execution.startDate,
      status: 'RUNNING' as const,
      redriveCount: 0,
      eventCount: 0,
    };
    const record: ExecutionRecord =
      mapRunArn === undefined
        ? {
            ...common,
            name,
            machineArn,
            ...(versionArn === undefined ? {} : { versionArn }),
            ...(aliasArn === undefined ? {} : { aliasArn }),
            ...(traceHeader === undefined ? {} : { traceHeader }),
          }
        : {
            ...common,
            name: execution.arn.slice(execution.arn.lastIndexOf(':') + 1),
            machineArn: machineArn.replace(revision.machineName, machineName),
            mapRunArn,
            ...(items === undefined ? {} : { itemCount: items }),
          };
    const known = { record, stop: (error?: string, cause?: string) => execution.stop(error, cause) };
    this.#known.set(record.arn, known);
    this.#open.set(record.arn, opened(known));
  }

  mapRunStarted(run: MapRun, executionArn: string): void {
    const open = this.#open.get(executionArn);
    if (open === undefined) return;
    this.#openMapRun(open, { run, startDate: this.clock.now() });
  }

  #openMapRun(open: OpenExecution, one: OpenMapRun): void {
    const { run, ...dates } = one;
    this.#mapRuns.set(run.mapRunArn, one);
    open.mapRuns.push(one);
    this.#keeper.mapRunBegun(() => recordOf(run, { executionArn: open.record.arn, ...dates }));
  }

  /** The Map Run, while it goes on. */
  mapRun(arn: string): MapRun | undefined {
    for (const { mapRuns } of this.#open.values())
      for (const { run } of mapRuns) if (run.mapRunArn === arn) return run;
    return undefined;
  }

  /** Ends all that is under way with what it could not go on from. */
  giveUp(fault: unknown): void {
    const { root } = this;
    this.#isLost = true;
    this.#keeper.fault(root.record.arn, fault);
    const cause =
      fault instanceof SimulationError ? fault.message : `The endpoint itself failed: ${String(fault)}`;
    for (const [arn, { eventCount }] of this.#open)
      this.#happened(
        {
          id: eventCount + 1,
          previousEventId: eventCount,
          timestamp: new Date(this.clock.now()),
          type: 'ExecutionFailed',
          executionFailedEventDetails: { error: 'States.Runtime', cause },
        },
        arn,
      );
    root.stop();
  }

  #happened(given: HistoryEvent, arn: string): void {
    const open = given.type === 'ExecutionRedriven' ? this.#reopen(given, arn) : this.#open.get(arn);
    // What comes after the end, of an execution that was given up.
    if (open === undefined) return;
    const event = given.type === 'ExecutionStarted' ? this.#begin(open, given) : given;
    open.eventCount += 1;
    if (open.express) this.#checkEnd(open.eventCount);
    else open.events.push(event);
    if (event.type === 'MapRunSucceeded' || event.type === 'MapRunFailed')
      this.#endMapRuns(open, event, ({ status }) => status !== 'RUNNING');
    if (event.type === 'MapRunRedriven') this.#redriveMapRun(open, event);
    const told = toldAtEnd(event);
    if (told !== undefined) this.#end(open, event, told);
  }

  /** @throws SimulationError for what has no end, which is then given up. */
  #checkEnd(eventCount: number): void {
    if (eventCount < mostExpressEvents || this.#isLost) return;
    const { machineName } = this.start.revision;
    throw new SimulationError(
      `state machine '${machineName}': an Express execution has had ${mostExpressEvents} events without ` +
        'coming to an end; let a Choice end it',
    );
  }

  /** An ended execution goes on, with the history that it has. */
  #reopen(
    { timestamp, executionRedrivenEventDetails }: HistoryEvent,
    arn: string,
  ): OpenExecution | undefined {
    const known = this.#known.get(arn);
    if (known === undefined) return undefined;
    const { record } = known;
    const { input, events } = this.#keeper.body(record);
    Object.assign(record, {
      status: 'RUNNING',
      redriveCount: executionRedrivenEventDetails?.redriveCount,
      redriveDate: timestamp.getTime(),
    });
    delete record.stopDate;
    const open = opened(known, { input, events: events.map(eventOf) });
    this.#open.set(arn, open);
    this.#keeper.begunAgain(record, open);
    return open;
  }

  #redriveMapRun(open: OpenExecution, { timestamp, mapRunRedrivenEventDetails }: HistoryEvent): void {
    const known = this.#mapRuns.get(mapRunRedrivenEventDetails?.mapRunArn ?? '');
    if (known !== undefined) this.#openMapRun(open, { ...known, redriveDate: timestamp.getTime() });
  }

  /** The first event shows the input as it was given, and by what version and alias the execution was started. */
  #begin(open: OpenExecution, event: HistoryEvent): HistoryEvent {
    const { versionArn, aliasArn, inputText } = this.start;
    const { executionStartedEventDetails: details = {} } = event;
    const isRoot = open.record.mapRunArn === undefined;
    open.input = isRoot ? inputText : (details.input ?? '');
    this.#keeper.begun(open.record, open);
    if (!isRoot) return event;
    const shown = {
      ...details,
      input: inputText,
      ...(versionArn === undefined ? {} : { stateMachineVersionArn: versionArn }),
      ...(aliasArn === undefined ? {} : { stateMachineAliasArn: aliasArn }),
    };
    return { ...event, executionStartedEventDetails: shown };
  }

  #end(open: OpenExecution, event: HistoryEvent, told: Told): void {
    const { record, input, events, eventCount } = open;
    const { status, output, error, cause } = told;
    this.#endMapRuns(open, event, () => true);
    const stopDate = event.timestamp.getTime();
    Object.assign(record, { status, stopDate, eventCount });
    this.#open.delete(record.arn);
    const failure = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
    const shown = { ...(output === undefined ? {} : { output }), ...failure };
    const body = { input, ...shown, events: events.map(storedEvent) };
    this.#keeper.ended(record, body);
    open.end({
      status,
      ...(output === undefined ? {} : { output: JSON.parse(output) as Json }),
      ...failure,
      stopDate,
      ...(record.revision.type === 'EXPRESS' ? { body } : {}),
      ...this.#keeper.redriveStatusOf(record),
    });
    // Kept for a redrive, it need not keep what the file has.
    events.length = 0;
  }

  #endMapRuns({ mapRuns, record }: OpenExecution, event: HistoryEvent, over: (run: MapRun) => boolean): void {
    const ended = mapRuns.filter(({ run }) => over(run));
    for (const one of ended) {
      mapRuns.splice(mapRuns.indexOf(one), 1);
      const { run, ...dates } = one;
      const begun = { executionArn: record.arn, ...dates };
      this.#keeper.mapRunEnded(recordOf(run, begun, event.timestamp.getTime()));
    }
  }
}

/** What the last event tells. */
interface Told {
  readonly status: EndedExecution['status'];
  /** JSON text. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** An execution that begins, or goes on with what it has. */
function opened(
  known: KnownExecution,
  before: { readonly input: string; readonly events: HistoryEvent[] } = { input: '', events: [] },
): OpenExecution {
  let end: OpenExecution['end'] = () => {};
  const ended = new Promise<Ending>((resolve) => {
    end = resolve;
  });
  const [express, eventCount] = [isExpress(known.record), before.events.length];
  return { ...known, ...before, express, eventCount, ended, end, mapRuns: [] };
}

/** Express executions cannot be asked for. Source: API reference, DescribeExecution. */
export const isExpress = ({ arn }: ExecutionRecord): boolean => arn.split(':', 6)[5] === 'express';

/** Undefined for every event but the last. */
function toldAtEnd(event: HistoryEvent): Told | undefined {
  const { type } = event;
  if (type === 'ExecutionSucceeded') return { status: 'SUCCEEDED', ...event.executionSucceededEventDetails };
  if (type === 'ExecutionFailed') return { status: 'FAILED', ...event.executionFailedEventDetails };
  if (type === 'ExecutionTimedOut') return { status: 'TIMED_OUT', ...event.executionTimedOutEventDetails };
  return type === 'ExecutionAborted'
    ? { status: 'ABORTED', ...event.executionAbortedEventDetails }
    : undefined;
}
