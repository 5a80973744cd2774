import { executionArn, expressArn, roleArnOf } from './arns.ts';
import { billOf } from './bill.ts';
import { recordingCalls } from './caller.ts';
import { ChildExecutions } from './child-executions.ts';
import { executionContext } from './execution-context.ts';
import type { ExecutionResult } from './execution-result.ts';
import type { ExecutionStart } from './execution-start.ts';
import { explainFault } from './explain-fault.ts';
import { History } from './history.ts';
import { authorityOf } from './iam/authority.ts';
import type { AsyncInvocation, EndedExecution } from './integrations/integration.ts';
import { limitTime } from './limit-time.ts';
import { maximumHistoryEvents } from './limits.ts';
import { Redrives, type RedriveDescription } from './redrive.ts';
import type { UnnumberedEvent } from './request.ts';
import { runMachine, type Standing } from './run-machine.ts';
import { Runner } from './runner.ts';
import { Scope } from './scope.ts';
import { SimulationError } from './simulation-error.ts';
import { Strand } from './strand.ts';
import { goOn, newThread } from './thread.ts';
import { withoutAbsent } from './without-absent.ts';
import type { ExecutionIdentity, World } from './world.ts';

/** How an execution ended. */
type Ending = Omit<EndedExecution, keyof RedriveDescription>;

/** One execution from its start to its end, and from a redrive to its next one, with its history. */
export class Execution {
  readonly arn: string;
  readonly startDate: number;
  readonly #world: World;
  readonly #start: ExecutionStart;
  readonly #identity: ExecutionIdentity;
  #history: History;
  readonly #runner: Runner;
  readonly #children: ChildExecutions;
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
    const authority = authorityOf(world, machineName, start.name);
    this.#children = new ChildExecutions({
      world,
      start,
      identity: this.#identity,
      authority,
      begin: (child) => new Execution(world, child),
      giveUp: (fault) => this.#giveUp(fault),
    });
    const record = (event: UnnumberedEvent) => this.#record(event);
    this.#runner = new Runner({
      world,
      identity: this.#identity,
      surroundings: { now: () => world.clock.now(), random: world.random, uuid: world.uuid },
      children: this.#children,
      record,
      caller: {
        executionArn: this.arn,
        authority,
        ...recordingCalls(record),
        startExecution: (...nested) => this.#children.startNested(...nested),
        beside: (invocation) => this.#noteBeside(invocation),
      },
    });
    world.host?.executionStarted(this, this.#identity);
    const executionStartedEventDetails = {
      input: JSON.stringify(start.input),
      inputDetails: { truncated: false },
      roleArn: roleArnOf(world, machineName),
    };
    this.#history.append({ type: 'ExecutionStarted', previousEventId: 0, executionStartedEventDetails });
    // The first state's event names no predecessor, as if ExecutionStarted were none.
    this.#standing = { thread: newThread(0), scope: new Scope() };
    this.#run(this.#standing);
  }

  /** Settles at the execution's end, the next one if it is redriven; rejects with what the simulation cannot go on from. */
  get ended(): Promise<EndedExecution> {
    return this.#ended;
  }

  /** With the label behind it, of a distributed Map's child. */
  get machineName(): string {
    return this.#start.machineName;
  }

  /** What can be told of its redrives now. */
  get redriveDescription(): RedriveDescription {
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

  /**
   * Goes on from where the execution failed or was cut short, as RedriveExecution does.
   * @throws SimulationError when it cannot be redriven.
   */
  redrive(): void {
    const { redriveStatus, redriveStatusReason } = this.redriveDescription;
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
    const children = await this.#children.results();
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

  get #express(): boolean {
    return this.#start.type === 'EXPRESS';
  }

  #run(standing: Standing): void {
    this.#ended = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // Whoever waits for the result hears of a rejection; that nobody waits yet is no fault.
    this.#ended.catch(() => {});
    const { arn, startDate } = this;
    const timeUp = () =>
      this.#cutShort(
        { type: 'ExecutionTimedOut', executionTimedOutEventDetails: { error: 'States.Timeout' } },
        { status: 'TIMED_OUT' },
      );
    this.#root.onStop(limitTime(this.#world.clock, { ...this.#start, startDate }, timeUp));
    const { region, asOf, observe } = this.#world;
    const { machine, input } = this.#start;
    const process = runMachine({
      machine,
      input,
      context: executionContext(this.#world, this.#start, { arn, startDate, redrives: this.#redrives }),
      region,
      asOf,
      observed: observe !== undefined,
      standing,
    });
    this.#runner.run(process, this.#root).then(
      (outcome) => this.#end(outcome),
      (fault: unknown) => this.#giveUp(explainFault(fault, this.#start.machineName)),
    );
  }

  #noteBeside(invocation: Promise<AsyncInvocation>): void {
    invocation.catch((fault: unknown) => this.#giveUp(fault));
    this.#asyncInvocations.push(invocation);
  }

  /** Ends without a result: the simulation cannot go on. */
  #giveUp(fault: unknown): void {
    if (this.#root.stopped) return;
    this.#root.stop();
    this.#settle.reject(fault);
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
    this.#settle.resolve({ ...this.#ending, ...this.redriveDescription });
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
}
