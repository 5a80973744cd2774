import type { Json } from '../../src/dsl/asl/machine.ts';
import { VirtualClock } from '../../src/dsl/simulator/clock.ts';
import type { HistoryEvent } from '../../src/dsl/simulator/history-event.ts';
import { seededRandom } from '../../src/dsl/simulator/seeded-random.ts';
import type { ExecutionResult, RunningExecution } from '../../src/dsl/simulator/simulate.ts';
import { startRecovery, type RecoveryClients } from '../../src/rehearsal/recovery-run.ts';
import { isNamed } from '../../src/tasks/aws-error.ts';
import type { Environment, Service } from '../../src/tasks/handler.ts';
import type { AnyHandler } from '../../src/tasks/handlers.ts';
import type { RecoverySystem } from '../../src/tasks/recovery-system.ts';
import { thawHandler } from '../../src/tasks/thaw/handler.ts';
import { approver } from '../support/approver.ts';
import { type EventBridge, eventBridgeSettings } from '../support/event-bridge.ts';
import { type ApplicationFunction, type ApplicationMapping, goOn } from '../support/lambda-application.ts';
import { MemoryLedger } from '../support/memory-ledger.ts';
import type { Mirror } from '../support/mirrored-ledger.ts';
import type { QuickClient } from '../support/quick-client.ts';
import { keyText } from '../support/restorable-table.ts';
import { type Item, SECRETS, sensitiveItem } from '../support/sensitive-items.ts';
import { tableArn } from '../support/table-description.ts';
import { TablePolicyStore } from '../support/table-policies.ts';
import { NOW } from '../support/task-environment.ts';
import { Application } from './application.ts';
import {
  DEPLOYED,
  eventBridgeOf,
  functionsOf,
  INCIDENT,
  mappingsOfShop,
  OTHER,
  POLICY,
  requestOf,
  RESTORE_POINT,
  roleOf,
  systemOf,
  writesOf,
  type Variant,
} from './disaster.ts';
import { ExploredTables } from './explored-tables.ts';
import type { Fault } from './fault.ts';
import { faultyClients } from './faulty-clients.ts';
import { Invocation } from './invocation.ts';
import { UPLOAD } from './named-tables.ts';
import { standIns } from './stand-ins.ts';
import { heedPolicies, tablesOf } from './table-policies-heeded.ts';
import { Trouble } from './trouble.ts';
import { Witness } from './witness.ts';

const HOUR = 3_600_000;

/** What somebody adds to tables as small as these is much of them. */
const MUCH = 1;

/** What somebody writes who is no function; of a selection it is meant. */
const WRITTEN = { ...sensitiveItem(98, 'by somebody'), upload: { S: UPLOAD } };

/** Makes an invocation of a handler: what a broken twin does instead of it. */
export type Twin = (
  handler: AnyHandler,
  payload: Json,
  environment: Environment<Service>,
) => Promise<unknown>;

/** How long others take, in hours of virtual time. */
export interface Delays {
  /** A person to answer, of the week that is given; default ten minutes. */
  readonly answer?: number;
  /** DynamoDB to restore a table; default two minutes. */
  readonly restore?: number;
  /** An operator to do something about a recovery that has failed; default nothing. */
  readonly remedy?: number;
}

export interface Setting {
  readonly variant: Variant;
  readonly faults: readonly Fault[];
  readonly seed: number;
  readonly twin?: Twin;
  readonly delays?: Delays;
  /** A real engine that does what the ledger in memory does; default none. */
  readonly mirror?: Mirror;
}

/** The application's functions, mappings, policies, pipes, rules and schedules as they are. */
export interface Settings {
  readonly functions: Readonly<Record<string, ApplicationFunction>>;
  readonly mappings: Readonly<Record<string, ApplicationMapping>>;
  readonly policies: Readonly<Record<string, string | undefined>>;
  readonly eventBridge: Readonly<Record<string, object>>;
}

/**
 * A small application after a disaster, in virtual time: its functions write as long as they may, a deploy adds one
 * while the recovery runs, and the recovery's calls meet faults.
 */
export class ExploredWorld {
  readonly clock = new VirtualClock(Date.parse(NOW));
  readonly ledger = new MemoryLedger();
  readonly tables: ExploredTables;
  readonly functions: Map<string, ApplicationFunction>;
  readonly mappings = mappingsOfShop();
  readonly eventBridge: EventBridge;
  readonly policies = new TablePolicyStore(() => this.clock.now());
  readonly witness: Witness;
  readonly trouble: Trouble;
  /** How every execution stands, by ARN. */
  readonly statuses: Record<string, string> = {};
  /** Recoveries that others have started. */
  readonly rivals: Promise<ExecutionResult>[] = [];
  readonly #setting: Setting;
  readonly #person = approver();
  readonly #system: RecoverySystem;
  readonly #services: Readonly<Record<string, QuickClient>>;
  readonly #before: Settings;
  readonly #application: Application;
  #deployed = false;
  /** Whether somebody has written since the last run that proves all of its tables took the lock. */
  #isWrittenLate = false;
  #started = 0;

  constructor(setting: Setting) {
    const { variant, faults, seed, delays: { answer = 1 / 6, restore = 1 / 30 } = {} } = setting;
    this.#setting = setting;
    this.tables = new ExploredTables(variant, () => this.clock.now());
    this.functions = functionsOf(variant);
    this.eventBridge = eventBridgeOf(variant);
    const random = seededRandom(seed);
    this.trouble = new Trouble(faults, () => 5 + Math.floor(random() * 40));
    this.witness = new Witness(this.tables.named, {
      now: () => this.clock.now(),
      good: (name) => this.tables.good(name),
    });
    if (variant === 'guarded') this.policies.set(tableArn('orders'), POLICY);
    if (variant === 'sensitive') this.policies.set(tableArn('clients'), POLICY);
    this.#system = systemOf(variant);
    this.#services = standIns(this, { mirror: setting.mirror, restoreMinutes: restore * 60 });
    this.#before = this.settings();
    this.#person.asked = () => {
      this.clock.schedule(this.clock.now() + answer * HOUR, () => this.#answer());
    };
    this.trouble.people.startRival = () => this.#startRival();
    this.trouble.people.write = () => this.#write();
    this.#application = new Application(this, writesOf(variant));
    this.witness.atWork = () => this.#application.atWork;
    this.witness.mayStay = (item) => this.#isWrittenLate && keyText(item) === keyText(WRITTEN);
    this.witness.isRunning = (executionArn) => this.statuses[executionArn] === 'RUNNING';
  }

  /** The copies of sensitive tables that others than the recovery may read. */
  get openCopies(): string[] {
    const sensitive = this.#system.tables.filter((table) => table.sensitive).map(({ name }) => name);
    return this.tables.copies
      .map(({ name }) => name)
      .filter((copy) => sensitive.some((name) => copy.startsWith(`rewind-${name}-`)))
      .filter((copy) => this.policies.allows(tableArn(copy), roleOf('Nobody'), 'dynamodb:Scan'));
  }

  /** Whether the copies are to be kept. */
  get keepsCopies(): boolean {
    return requestOf(this.#setting.variant).keepRestoredTables;
  }

  /** Lets the mappings that are being switched come to rest: what was asked for late has nobody who looks at it again. */
  settleMappings(): void {
    for (const mapping of this.mappings.values()) goOn(mapping);
  }

  settings(): Settings {
    return structuredClone({
      functions: Object.fromEntries(this.functions),
      mappings: Object.fromEntries(this.mappings),
      policies: Object.fromEntries(
        [...this.tables.named, OTHER].map(({ name }) => [name, this.policies.get(tableArn(name))]),
      ),
      eventBridge: Object.fromEntries(
        Object.values(eventBridgeSettings(this.eventBridge))
          .flat()
          .map((one) => [`${one.Name}`, one]),
      ),
    });
  }

  /** What a recovery must leave as it was, with what has been deployed meanwhile. */
  get before(): Settings {
    const { functions, ...rest } = this.#before;
    return { ...rest, functions: this.#deployed ? { ...functions, 'shop-new': DEPLOYED } : functions };
  }

  /**
   * Somebody who is no function writes to a table while no execution runs, unless its policy refuses that. What was
   * proven before, neither a redrive nor a thaw looks at again: the item may stay until a new run proves all anew.
   */
  writeBetweenRuns(): void {
    this.#write();
    this.#isWrittenLate = true;
  }

  /** Starts a recovery; it runs while someone drives the clock. */
  start(incidentId = INCIDENT, maxDeleteShare = MUCH): RunningExecution {
    this.#started += 1;
    const { seed, variant } = this.#setting;
    const input = {
      incidentId,
      restorePoint: RESTORE_POINT,
      ...requestOf(variant),
      limits: { maxDeleteShare },
    };
    const running = startRecovery(input, {
      clients: this.#clients('Rewind') as unknown as RecoveryClients,
      clock: this.clock,
      system: this.#system,
      seed: seed + this.#started,
      executionName: `run-${this.#started}`,
      resources: this.#resources(),
      tokens: this.#person.tokens,
      invoke: (handler, payload, environment) => this.#invoke(handler, payload, environment),
      onEvent: (event) => this.#heard(event),
      onTask: (_task, passed) => {
        if ('logged' in passed) this.#shown(JSON.stringify(passed.logged));
      },
      keepHistory: false,
    });
    return this.#followed(running);
  }

  /** Goes on with an execution that has ended. @throws SimulationError when it cannot be redriven. */
  redrive(running: RunningExecution): RunningExecution {
    return this.#followed(running.redrive());
  }

  /** Does what `rewind thaw` does, while time passes. */
  async thaw(force: boolean): Promise<void> {
    const hold = this.clock.hold('rewind thaw');
    const invocation = new Invocation(hold, hold.now() + HOUR);
    const own = { system: this.#system, clock: invocation.clock, deadline: Number.MAX_SAFE_INTEGER };
    const environment = { ...own, ...this.#clients('Thaw', invocation) } as unknown as Environment<Service>;
    const thawed = thawHandler({ incidentId: INCIDENT, force }, environment);
    await this.clock.runUntil(Promise.race([thawed, invocation.death]).finally(() => hold.release()));
  }

  /** The clients as the machines have them, or one invocation of a task's handler. */
  #clients(maker: string, invocation?: Invocation): Readonly<Record<string, QuickClient>> {
    const allow = (operation: string, input: Record<string, unknown>) =>
      heedPolicies(this.policies, { operation, input, role: roleOf(maker) });
    const saw = (operation: string, input: Record<string, unknown>) => {
      if ((input.Item as Item | undefined)?.pk?.S === 'lock') this.#sawLockTaken();
      this.witness.saw(operation, input);
      this.#application.stir();
      if (
        /^(Scan|BatchGetItem)$/.test(operation) &&
        tablesOf(input).some((name) => this.openCopies.includes(name))
      )
        this.witness.report('S6', 'the copy of a sensitive table was read while others may read it');
    };
    return faultyClients(this.#services, { trouble: this.trouble, allow, saw }, invocation);
  }

  #resources() {
    return Object.fromEntries(
      Object.entries(this.#person.resources).map(([arn, fake]) => [
        arn,
        (given: Json, call: Parameters<typeof fake>[1]) =>
          this.trouble.make(
            { operation: 'Publish', maker: 'machine', service: 'Sns', input: given },
            async () => fake(given, call),
          ),
      ]),
    );
  }

  async #invoke(handler: AnyHandler, payload: Json, environment: Environment<Service>): Promise<unknown> {
    const { taskName } = handler.task;
    if (taskName === 'CheckUndoable') this.#deploy();
    const perform = async () => {
      const invocation = new Invocation(environment.clock, environment.deadline);
      const own = {
        ...environment,
        ...this.#clients(taskName, invocation),
        clock: invocation.clock,
      } as Environment<Service>;
      const { twin = (whole, given, within) => whole(given, within) } = this.#setting;
      return Promise.race([twin(handler, payload, own), invocation.death]);
    };
    const attempt = {
      operation: `Invoke:${taskName}`,
      maker: 'invoke' as const,
      service: 'Lambda',
      input: payload,
    };
    return this.trouble.make(attempt, perform);
  }

  /** A deploy adds a function after the plan's last look at the freeze, which is called at once. */
  #deploy(): void {
    if (this.#deployed || this.#setting.variant === 'hasty') return;
    this.#deployed = true;
    this.functions.set('shop-new', { ...DEPLOYED });
    this.#application.call('shop-new');
    this.#application.stir();
  }

  /** Who takes the lock proves all anew, unless the thaw has begun: then that is only finished. */
  #sawLockTaken(): void {
    const { state, freeze } = this.ledger.record(`incident#${INCIDENT}`, 'incident') ?? {};
    if (state?.S !== 'verified' || freeze?.S !== 'lifting') this.#isWrittenLate = false;
  }

  #write(): void {
    if (this.policies.allows(tableArn('orders'), roleOf('Nobody'), 'dynamodb:PutItem'))
      this.tables.write('orders', WRITTEN);
  }

  #answer(): void {
    try {
      this.#person.answer('Yes');
    } catch (error) {
      // Answered before, or nobody waits any more: the person is told so.
      if (!isNamed(error, 'TaskTimedOut')) throw error;
    }
  }

  #startRival(): void {
    const { faults } = this.#setting;
    // The same incident or another one, in turns; one that meets faults of its own is the same.
    const other = faults.length === 1 && this.trouble.made.length % 2 === 1;
    const running = this.start(other ? 'other-incident' : INCIDENT);
    this.rivals.push(running.result);
  }

  #followed(running: RunningExecution): RunningExecution {
    const { executionArn } = running;
    this.statuses[executionArn] = 'RUNNING';
    this.trouble.people.stop = () => running.stop('Stopped', 'by hand');
    const result = running.result.then((ended) => {
      this.statuses[executionArn] = ended.status;
      return ended;
    });
    return { ...running, result };
  }

  #heard({ type: _type, ...event }: HistoryEvent): void {
    for (const details of Object.values(event))
      if (typeof details === 'object')
        for (const [name, text] of Object.entries(details as object))
          // What a request selects stays in inputs.
          if (typeof text === 'string') this.#shown(text, name === 'cause' ? [...SECRETS, UPLOAD] : SECRETS);
  }

  /** Whatever anybody may read: histories, errors, logs. */
  #shown(text: string, secrets: readonly string[] = [...SECRETS, UPLOAD]): void {
    if (secrets.some((secret) => text.includes(secret)))
      this.witness.report('S6', 'a key or an item is in a history, an error or a log');
  }
}
