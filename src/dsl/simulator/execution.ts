import type { Json, StateMachine } from '../asl/machine.ts';
import { executionArn, expressArn, roleArnOf, stateMachineArn, type MachineType } from './arns.ts';
import { awsChanges } from './aws-changes.ts';
import { billOf, type Bill } from './bill.ts';
import type { HistoryEvent } from './history-event.ts';
import { type Authority, authorityOf } from './iam/authority.ts';
import { findsActivity } from './integrations/find-integration.ts';
import type { AsyncInvocation, EndedExecution } from './integrations/integration.ts';
import { evaluateExpression, type Surroundings } from './jsonata/evaluate-expression.ts';
import { History } from './history.ts';
import { maximumExecutionSeconds, maximumHistoryEvents, refuseEndless } from './limits.ts';
import { Redrives, type RedriveDescription } from './redrive.ts';
import type { MapChild, Process, Request, StartedMapChild, TaskCall, UnnumberedEvent } from './request.ts';
import { runCall } from './run-call.ts';
import { runFork } from './run-fork.ts';
import { runMachine, type Standing } from './run-machine.ts';
import { accessS3 } from './s3/access-s3.ts';
import { Scope } from './scope.ts';
import { SimulationError } from './simulation-error.ts';
import { isStateEvent } from './state-events.ts';
import { Strand } from './strand.ts';
import { goOn, newThread } from './thread.ts';
import { withoutAbsent } from './without-absent.ts';
import type { ExecutionIdentity, World } from './world.ts';
import { explainFault } from './explain-fault.ts';

/**
 * How an execution went.
 *
 * @example
 * const hours = ({ virtualMilliseconds }: ExecutionResult): number => virtualMilliseconds / 3_600_000;
 */
export interface ExecutionResult extends RedriveDescription {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  /** Only of a succeeded execution. */
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly executionArn: string;
  /** Virtual milliseconds since the epoch. */
  readonly startDate: number;
  /** Virtual milliseconds since the epoch. */
  readonly stopDate: number;
  /** From the first start to this end, with the time between an end and a redrive. */
  readonly virtualMilliseconds: number;
  readonly history: readonly HistoryEvent[];
  /**
   * The executions that this one started, in starting order: nested ones, awaited or not, and those of distributed
   * Maps. One that nobody awaits may end long after this one, and fail without a trace here.
   */
  readonly children: readonly ExecutionResult[];
  /** Only of an Express execution: what StartSyncExecution tells of its bill. */
  readonly billingDetails?: Bill;
  /** The functions that it started without awaiting them (`InvocationType` Event), in starting order. */
  readonly asyncInvocations: readonly AsyncInvocation[];
}

export interface ExecutionStart {
  readonly machineName: string;
  readonly machine: StateMachine;
  readonly type: MachineType;
  readonly name: string;
  readonly input: Json;
  readonly parentArn?: string;
  /** What it is a part of, as a child of a distributed Map. */
  readonly mapRun?: Required<Pick<ExecutionIdentity, 'mapRunArn' | 'items' | 'iterations'>>;
  /** How many executions led to this one, each of which started the next. */
  readonly generation?: number;
}

/** How an execution ended. */
type Ending = Omit<EndedExecution, keyof RedriveDescription>;

/** The runner: performs the requests of one execution's processes, and keeps its history. */
export class Execution {
  readonly arn: string;
  readonly startDate: number;
  readonly #world: World;
  readonly #start: ExecutionStart;
  readonly #identity: ExecutionIdentity;
  #history: History;
  readonly #surroundings: Surroundings;
  /** Undefined when its role may do everything. */
  readonly #authority: Authority | undefined;
  /** By ARN, in starting order. */
  readonly #children = new Map<string, Execution>();
  readonly #asyncInvocations: Promise<AsyncInvocation>[] = [];
  /** What a redrive goes on from; undefined when there can be none any more. */
  #standing: Standing | undefined;
  readonly #redrives = new Redrives();
  #root = new Strand();
  #ended!: Promise<EndedExecution>;
  #settle!: { resolve: (ended: EndedExecution) => void; reject: (fault: unknown) => void };
  #ending: Ending | undefined;

  constructor(world: World, start: ExecutionStart) {
    this.#world = world;
    this.#start = start;
    const arn = executionArn(world, start.machineName, start.name);
    this.arn = this.#express ? expressArn(arn, world.uuid()) : arn;
    world.executionArns.add(this.arn);
    this.startDate = world.clock.now();
    const { machineName, parentArn, mapRun } = start;
    this.#identity = {
      executionArn: this.arn,
      machineName,
      ...(parentArn === undefined ? {} : { parentArn }),
      ...mapRun,
    };
    this.#history = new History({
      keep: world.keepHistory,
      now: () => world.clock.now(),
      listener: (event) => world.onEvent(event, this.#identity),
    });
    this.#surroundings = { now: () => world.clock.now(), random: world.random, uuid: world.uuid };
    this.#authority = authorityOf(world, machineName, start.name);
    world.host?.executionStarted(this, this.#identity);
    const executionStartedEventDetails = {
      input: JSON.stringify(start.input),
      inputDetails: { truncated: false },
      roleArn: this.#roleArn,
    };
    this.#history.append({ type: 'ExecutionStarted', previousEventId: 0, executionStartedEventDetails });
    // The first state's event names no predecessor, as if ExecutionStarted were none.
    this.#standing = { thread: newThread(0), scope: new Scope() };
    this.#run(this.#standing);
  }

  get #express(): boolean {
    return this.#start.type === 'EXPRESS';
  }

  /** Settles at the execution's end, the next one if it is redriven; rejects with what the simulation cannot go on from. */
  get ended(): Promise<EndedExecution> {
    return this.#ended;
  }

  /**
   * Goes on from where the execution failed or was cut short, as RedriveExecution does.
   * @throws SimulationError when it cannot be redriven.
   */
  redrive(): void {
    const { redriveStatus, redriveStatusReason } = this.#redriveDescription;
    if (redriveStatus === 'NOT_REDRIVABLE' || this.#standing === undefined)
      throw new SimulationError(`${this.arn} cannot be redriven: ${redriveStatusReason}`);
    const redriveCount = this.#redrives.add(this.#world.clock.now());
    this.#history = this.#history.continued();
    const id = this.#history.append({
      type: 'ExecutionRedriven',
      previousEventId: this.#history.count,
      executionRedrivenEventDetails: { redriveCount },
    });
    goOn(this.#standing.thread, id, this.#ending?.error);
    this.#ending = undefined;
    this.#root = new Strand();
    this.#run(this.#standing);
  }

  /** Aborts the execution and everything it waits for; after its end it does nothing. */
  stop(error?: string, cause?: string): void {
    const details = withoutAbsent(error, cause);
    this.#cutShort(
      { type: 'ExecutionAborted', executionAbortedEventDetails: details },
      { status: 'ABORTED', ...details },
    );
  }

  /** The result, once this execution and all that it started have ended. */
  async result(): Promise<ExecutionResult> {
    const ended = await this.#ended;
    const { events: history } = this.#history;
    const virtualMilliseconds = ended.stopDate - this.startDate;
    const children = await Promise.all([...this.#children.values()].map((child) => child.result()));
    const asyncInvocations = await Promise.all(this.#asyncInvocations);
    return {
      ...ended,
      executionArn: this.arn,
      startDate: this.startDate,
      virtualMilliseconds,
      history,
      children,
      asyncInvocations,
      ...(this.#express ? { billingDetails: billOf(virtualMilliseconds) } : {}),
    };
  }

  #run(standing: Standing): void {
    this.#ended = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // Whoever waits for the result hears of a rejection; that nobody waits yet is no fault.
    this.#ended.catch(() => {});
    this.#limitTime();
    const { region, asOf } = this.#world;
    const { machine, input } = this.#start;
    const observed = this.#world.observe !== undefined;
    const process = runMachine({
      machine,
      input,
      context: this.#context(),
      region,
      asOf,
      observed,
      standing,
    });
    this.#driveSoon(process, this.#root).then(
      (outcome) => this.#end(outcome),
      (fault: unknown) => this.#giveUp(explainFault(fault, this.#start.machineName)),
    );
  }

  #limitTime(): void {
    const { clock } = this.#world;
    const { machine, type, mapRun } = this.#start;
    const longest = this.startDate + maximumExecutionSeconds[type] * 1000;
    const asked = clock.now() + (machine.TimeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000;
    const timeUp = () =>
      this.#cutShort(
        { type: 'ExecutionTimedOut', executionTimedOutEventDetails: { error: 'States.Timeout' } },
        { status: 'TIMED_OUT' },
      );
    if (this.#express || asked < longest) this.#root.onStop(clock.schedule(Math.min(asked, longest), timeUp));
    // Nobody waits for the year to pass; and a Standard child of a Map Run has ended with its parent before.
    else if (mapRun === undefined) this.#root.onStop(clock.scheduleIdle(longest, timeUp));
  }

  /** Ends without a result: the simulation cannot go on. */
  #giveUp(fault: unknown): void {
    if (this.#root.stopped) return;
    this.#root.stop();
    this.#settle.reject(fault);
  }

  get #roleArn(): string {
    return roleArnOf(this.#world, this.#start.machineName);
  }

  get #redriveDescription(): RedriveDescription {
    const subject = {
      status: this.#ending?.status ?? 'RUNNING',
      express: this.#express,
      ofMapRun: this.#start.mapRun !== undefined,
      startDate: this.startDate,
      stopDate: this.#ending?.stopDate ?? this.startDate,
      events: this.#history.count,
      asOf: this.#world.asOf,
    };
    return this.#redrives.describe(subject, this.#world.clock.now());
  }

  #context() {
    const { machineName, name, input } = this.#start;
    return {
      Execution: {
        Id: this.arn,
        Input: input,
        Name: name,
        RoleArn: this.#roleArn,
        StartTime: new Date(this.startDate).toISOString(),
        ...(this.#world.asOf < awsChanges.redriveCount ? {} : this.#redrives.context),
      },
      StateMachine: { Id: stateMachineArn(this.#world, machineName), Name: machineName },
    };
  }

  /** Ends the execution from outside its processes, with an event that follows none. */
  #cutShort(event: Omit<UnnumberedEvent, 'previousEventId'>, outcome: Omit<Ending, 'stopDate'>): void {
    if (this.#root.stopped) return;
    this.#end(outcome, () => this.#history.append({ ...event, previousEventId: 0 }));
  }

  #end(outcome: Omit<Ending, 'stopDate'>, record?: () => void): void {
    if (this.#root.stopped) return;
    this.#root.stop();
    record?.();
    this.#ending = { ...outcome, stopDate: this.#world.clock.now() };
    if (outcome.status === 'SUCCEEDED') this.#standing = undefined;
    this.#settle.resolve({ ...this.#ending, ...this.#redriveDescription });
  }

  /** Leaves the starter time to take hold of the execution: to stop it, say, when it hears the first event. */
  async #driveSoon<T>(process: Process<T>, strand: Strand): Promise<T> {
    await Promise.resolve();
    return strand.stopped ? new Promise(() => {}) : this.#drive(process, strand);
  }

  /** Resumes the process with the answer to each of its requests until it returns or throws. */
  async #drive<T>(process: Process<T>, strand: Strand): Promise<T> {
    let step = process.next();
    while (step.done !== true) {
      let answer: unknown;
      let failed = false;
      try {
        const given = this.#perform(step.value, strand);
        const isTurn = strand !== this.#root && endsTurn(step.value);
        answer = isTurn || given instanceof Promise ? await given : given;
      } catch (fault) {
        answer = fault;
        failed = true;
      }
      // A stopped process waits for ever; nothing waits for it.
      if (strand.stopped) return new Promise(() => {});
      step = failed ? process.throw(answer) : process.next(answer);
    }
    return step.value;
  }

  #perform(request: Request, strand: Strand): unknown {
    const world = this.#world;
    switch (request.kind) {
      case 'record':
        return this.#record(request.event);
      case 'evaluate':
        return evaluateExpression(request.evaluation, this.#surroundings);
      case 'now':
        return world.clock.now();
      case 'random':
        return world.random();
      case 'uuid':
        return world.uuid();
      case 'sleepUntil':
        return this.#sleepUntil(request.at, strand);
      case 'knowsActivity':
        return findsActivity(request.arn, world);
      case 'call':
        return runCall(request.call, strand, { world, caller: this.#caller });
      case 'fork':
        return runFork(request.fork, strand, (process, inner) => this.#drive(process, inner));
      case 'mapRunStarted':
        return world.host?.mapRunStarted(request.run, this.arn);
      case 'permitMapRun':
        return this.#authority?.permitMapRun(request);
      case 'startMapChild':
        return this.#startMapChild(request.child, strand);
      case 'redriveMapChild':
        return this.#redriveMapChild(request.executionArn, strand);
      case 'awaitMapChild':
        return this.#awaitMapChild(request.executionArn);
      case 's3':
        return accessS3(request.access, world, this.#authority);
      case 'observe':
        return world.observe?.(request.observation, this.#identity);
    }
    return request satisfies never;
  }

  #record(event: UnnumberedEvent): number {
    const { length } = this.#history.events;
    // The failure of the whole follows whatever came last, if need be an event that no other follows.
    const ends = event.type === 'ExecutionFailed';
    const id = this.#history.append(ends ? { ...event, previousEventId: length } : event);
    if (id >= maximumHistoryEvents - 1 && !this.#express && !event.type.startsWith('Execution')) {
      const error = 'States.Runtime';
      const cause = `The execution reached the maximum number of history events (${maximumHistoryEvents}).`;
      const details = { executionFailedEventDetails: { error, cause } };
      this.#end({ status: 'FAILED', error, cause }, () =>
        this.#history.append({ type: 'ExecutionFailed', previousEventId: id, ...details }),
      );
    }
    return id;
  }

  async #sleepUntil(at: number, strand: Strand): Promise<void> {
    await new Promise<void>((resolve) => {
      const forget = strand.onStop(
        this.#world.clock.schedule(at, () => {
          forget();
          resolve();
        }),
      );
    });
  }

  get #caller() {
    return {
      executionArn: this.arn,
      authority: this.#authority,
      submitted: ({ thread, resource: { resource, resourceType } }: TaskCall, output: Json) => {
        const details = {
          resource,
          resourceType,
          output: JSON.stringify(output),
          outputDetails: { truncated: false },
        };
        const event = { previousEventId: thread.cursor, taskSubmittedEventDetails: details };
        thread.cursor = this.#record({ type: 'TaskSubmitted', ...event });
      },
      begun: ({ thread }: TaskCall, workerName: string | undefined) => {
        const details = workerName === undefined ? {} : { workerName };
        const event = { previousEventId: thread.cursor, activityStartedEventDetails: details };
        thread.cursor = this.#record({ type: 'ActivityStarted', ...event });
      },
      startExecution: (machineName: string, machine: StateMachine, start: { input: Json; name: string }) => {
        refuseEndless(this.#start.generation ?? 0, ++this.#world.nested.count, machineName);
        return this.#startChild({ machineName, machine, type: 'STANDARD', ...start });
      },
      beside: (invocation: Promise<AsyncInvocation>) => {
        invocation.catch((fault: unknown) => this.#giveUp(fault));
        this.#asyncInvocations.push(invocation);
      },
    };
  }

  #startChild(start: Omit<ExecutionStart, 'parentArn'>): Execution {
    const generation = (this.#start.generation ?? 0) + 1;
    const child = new Execution(this.#world, { ...start, parentArn: this.arn, generation });
    this.#children.set(child.arn, child);
    // At once, whether or not anything awaits the child: what waits for its token would wait in vain.
    child.ended.catch((fault: unknown) => this.#giveUp(fault));
    return child;
  }

  #startMapChild(
    { label, processor, input, mapRunArn, items, iterations }: MapChild,
    strand: Strand,
  ): StartedMapChild {
    const { machine, machineName } = this.#start;
    const { StartAt, States, ProcessorConfig } = processor;
    const QueryLanguage = machine.QueryLanguage ?? 'JSONPath';
    const name = this.#world.uuid();
    const child = this.#startChild({
      machineName: `${machineName}/${label}`,
      machine: { QueryLanguage, StartAt, States },
      type: ProcessorConfig?.ExecutionType ?? 'STANDARD',
      name,
      input,
      mapRun: { mapRunArn, items, iterations: [...(this.#identity.iterations ?? []), ...iterations] },
    });
    this.#stopWith(strand, child);
    return { executionArn: child.arn, name, startDate: child.startDate };
  }

  #redriveMapChild(executionArn: string, strand: Strand): void {
    const child = this.#children.get(executionArn) as Execution;
    if (child.#redriveDescription.redriveStatus === 'NOT_REDRIVABLE') return;
    child.redrive();
    child.ended.catch((fault: unknown) => this.#giveUp(fault));
    this.#stopWith(strand, child);
  }

  /** Stops a distributed Map's child with the Map, unless the role may not: then it runs on. */
  #stopWith(strand: Strand, child: Execution): void {
    const [, label = ''] = child.#start.machineName.split('/');
    strand.onStop(() => {
      if (this.#authority?.mayStopChild(label) !== false) child.stop();
    });
  }

  async #awaitMapChild(executionArn: string): Promise<EndedExecution> {
    return (this.#children.get(executionArn) as Execution).ended;
  }
}

/** Processes side by side take turns, when a state is entered and when it is left; one alone need not wait. */
const endsTurn = (request: Request): boolean => request.kind === 'record' && isStateEvent(request.event.type);
