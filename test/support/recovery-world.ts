import type { Json } from '../../src/dsl/asl/machine.ts';
import { VirtualClock } from '../../src/dsl/simulator/clock.ts';
import type { ExecutionResult, SimulationOptions } from '../../src/dsl/simulator/simulate.ts';
import {
  machines,
  type Passed,
  type RecoveryDeployment,
  startRecovery,
} from '../../src/rehearsal/recovery-run.ts';
import { RecoverySystem } from '../../src/tasks/recovery-system.ts';
import { thawHandler } from '../../src/tasks/thaw/handler.ts';
import { machineCoverage } from '../../src/vitest/index.ts';
import { approver, NOTICE_TOPIC } from './approver.ts';
import { CallJournal } from './call-journal.ts';
import { encryptionKeys } from './encryption-keys.ts';
import { eventBridge, type EventBridge, eventBridgeSettings } from './event-bridge.ts';
import { handClock } from './hand-clock.ts';
import {
  lambdaApplication,
  type ApplicationFunction,
  type ApplicationMapping,
} from './lambda-application.ts';
import { LEDGER_TABLE, type LedgerTable } from './ledger-table.ts';
import { RestorableTable } from './restorable-table.ts';
import { serveTables } from './restorable-tables.ts';
import type { Item } from './sensitive-items.ts';
import { tableArn } from './table-description.ts';
import { taggingApi } from './tagging-api.ts';
import { TablePolicyStore } from './table-policies.ts';
import { bucket } from './bucket.ts';
import { executions, NOW } from './task-environment.ts';
import { writeMetrics } from './write-metrics.ts';

for (const [name, machine] of Object.entries(machines)) machineCoverage.add(name, machine);

/** Between the items' being good and their being damaged; the recovery begins at `NOW`. */
export const RESTORE_POINT = '2026-11-22T11:00:00Z';

/** Who writes in these tests without being a function or part of a recovery: a container, a pipe, a person. */
const OUTSIDER = 'arn:aws:iam::123456789012:role/warehouse';

const MADE = Date.parse('2026-11-22T09:00:00Z');
const DAMAGED = Date.parse('2026-11-22T11:30:00Z');

export interface Disaster {
  /** What each table held at the restore point, and what it holds since the damage. */
  readonly tables: Readonly<
    Record<string, { readonly good: readonly Item[]; readonly damaged: readonly Item[] }>
  >;
  /** Default one function without reserved concurrency. */
  readonly functions?: Readonly<Record<string, ApplicationFunction>>;
  readonly mappings?: Readonly<Record<string, ApplicationMapping>>;
  /** The resource policies of tables, by name; default none. */
  readonly policies?: Readonly<Record<string, string>>;
  /** Default none. */
  readonly events?: Partial<EventBridge>;
  readonly system?: Partial<RecoverySystem>;
  /** Leaves every so many-th write of all batches unprocessed; default 0, none. */
  readonly unprocessedEvery?: number;
  /** How the recovery is deployed; default under its own names, with roles that may do everything. */
  readonly deployment?: RecoveryDeployment;
}

/** What an engineer asks for; what is left out is right for the whole disaster. */
interface Asked {
  readonly incidentId?: string;
  readonly restorePoint?: string;
  readonly tables?: readonly { readonly name: string; readonly confirm: string; readonly only?: Json }[];
  readonly limits?: Readonly<Record<string, number | boolean>>;
  readonly keepRestoredTables?: boolean;
  readonly approval?: boolean;
  readonly requestedBy?: string;
  readonly forcePartialGroup?: boolean;
}

/**
 * An application after a disaster, and its recovery: the compiled workflow with the real handlers, on mocked
 * clients that behave like AWS. What is not modelled rejects. The ledger must have been reset.
 */
export function recoveryWorld(ledger: LedgerTable, disaster: Disaster) {
  const clock = new VirtualClock(Date.parse(NOW));
  const journal = new CallJournal(() => clock.now());
  const tables = new Map(
    Object.entries(disaster.tables).map(([name, { good, damaged }]) => {
      const table = new RestorableTable(name);
      table.become(good, MADE);
      table.become(damaged, DAMAGED);
      return [name, table];
    }),
  );
  serveTables(ledger.mock, {
    tables,
    now: () => clock.now(),
    unprocessedEvery: disaster.unprocessedEvery ?? 0,
  });
  const policies = new TablePolicyStore(() => clock.now());
  policies.serve(ledger.mock, (arn) => [...tables.keys()].some((name) => tableArn(name) === arn));
  for (const [name, text] of Object.entries(disaster.policies ?? {})) policies.set(tableArn(name), text);
  const functions = new Map(Object.entries(structuredClone(disaster.functions ?? { 'shop-orders': {} })));
  const mappings = new Map(Object.entries(structuredClone(disaster.mappings ?? {})));
  const statuses: Record<string, string> = {};
  const system = RecoverySystem.parse({
    ledgerTable: LEDGER_TABLE,
    tables: Object.keys(disaster.tables).map((name) => ({ name })),
    functions: { prefix: 'shop-' },
    noticeTopic: NOTICE_TOPIC,
    ...disaster.system,
  });
  const events = eventBridge(structuredClone(disaster.events));
  const clients = {
    dynamodb: journal.through(ledger.client),
    lambda: journal.through(lambdaApplication(functions, mappings).client),
    kms: journal.through(encryptionKeys().client),
    sfn: journal.through(executions(statuses)),
    s3: journal.through(bucket()),
    tagging: journal.through(taggingApi(functions).client),
    events: journal.through(events.events),
    pipes: journal.through(events.pipes),
    scheduler: journal.through(events.scheduler),
    cloudwatch: journal.through(writeMetrics(tables, () => clock.now())),
  };
  const person = approver();
  let started = 0;

  return {
    clock,
    journal,
    /** Whoever reads the topic where approvals are asked for. */
    person,
    /** Is called before each task; what it throws is what Lambda answers. */
    beforeTask: (_name: string): void => {},
    /** What an invocation of a task has of its time when it begins, in milliseconds; default all. */
    timeOf: (_name: string): number => Infinity,
    /** Hears what goes into each task's function and what comes out of it. */
    onTask: (_task: string, _passed: Passed): void => {},
    tables,
    functions,
    mappings,
    /** The pipes, rules and schedules of EventBridge. */
    eventBridge: events.state,
    /** The state of every execution, by ARN, as Step Functions tells it. */
    statuses,

    /** The resource policies of the tables, by ARN. */
    policies,

    /**
     * Has somebody who is no Lambda function write to a table now.
     * @returns whether the table's policy let it.
     */
    writeFromOutside(name: string, item: Item): boolean {
      if (!policies.allows(tableArn(name), OUTSIDER, 'dynamodb:PutItem')) return false;
      const { pk, sk } = item;
      if (pk && sk) this.table(name).write({ pk, sk }, item, clock.now());
      return true;
    },

    /** A table by name. */
    table(name: string): RestorableTable {
      const found = tables.get(name);
      if (!found) throw new Error(`there is no table ${name}`);
      return found;
    },

    /** What a recovery must leave as it was. */
    settings() {
      return structuredClone({
        functions: Object.fromEntries(functions),
        mappings: Object.fromEntries(mappings),
        ...eventBridgeSettings(events.state),
      });
    },

    /** Lets so much virtual time go by. */
    async pass(minutes: number): Promise<void> {
      await clock.advanceBy(minutes * 60_000);
    },

    /** What an operator does by hand while a recovery runs; it takes none of the recovery's time. */
    async thawByHand({ force }: { readonly force: boolean }): Promise<void> {
      const own = handClock(new Date(clock.now()).toISOString());
      const environment = { ...clients, system, clock: own, deadline: own.now() + 15 * 60_000 };
      await thawHandler({ incidentId: 'bad-import', force }, environment);
    },

    /** Starts a recovery; it runs while someone drives the clock. */
    start(asked: Asked = {}, onEvent?: SimulationOptions['onEvent']) {
      started += 1;
      const input = {
        incidentId: 'bad-import',
        restorePoint: RESTORE_POINT,
        tables: Object.keys(disaster.tables).map((name) => ({ name, confirm: name })),
        ...asked,
      };
      const run = startRecovery(input, {
        clients,
        clock,
        system,
        seed: started,
        executionName: `run-${started}`,
        resources: person.resources,
        tokens: person.tokens,
        deployment: disaster.deployment,
        observe: machineCoverage.observe,
        beforeTask: (name) => this.beforeTask(name),
        invoke: (handler, payload, environment) => {
          const deadline = environment.clock.now() + this.timeOf(handler.task.taskName);
          return handler(payload, { ...environment, deadline: Math.min(deadline, environment.deadline) });
        },
        onTask: (task, passed) => this.onTask(task, passed),
        ...(onEvent ? { onEvent } : {}),
      });
      statuses[run.executionArn] = 'RUNNING';
      const result = run.result.then((ended) => {
        statuses[run.executionArn] = ended.status;
        return ended;
      });
      return { ...run, result };
    },

    /** Runs a drill to its end. */
    async drill(input: Json = {}): Promise<ExecutionResult> {
      started += 1;
      const run = startRecovery(input, {
        clients,
        clock,
        system,
        seed: started,
        workflow: 'Drill',
        executionName: `drill-${started}`,
        deployment: disaster.deployment,
        observe: machineCoverage.observe,
        beforeTask: (name) => this.beforeTask(name),
        onTask: (task, passed) => this.onTask(task, passed),
      });
      return clock.runUntil(run.result);
    },

    /** Runs a recovery to its end. */
    async run(asked: Asked = {}, onEvent?: SimulationOptions['onEvent']): Promise<ExecutionResult> {
      return clock.runUntil(this.start(asked, onEvent).result);
    },
  };
}

export type RecoveryWorld = ReturnType<typeof recoveryWorld>;
