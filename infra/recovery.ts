import { Lazy, Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { checkFrozen } from '../src/tasks/index.ts';
import { acknowledgeWildcards } from './acknowledge-wildcards.ts';
import { drillSchedule } from './drill-schedule.ts';
import { frozenAlarm, LONGEST_FREEZE_HOURS } from './frozen-alarm.ts';
import { drillAdvice, failureNotice, recoveryAdvice } from './failure-notice.ts';
import { failureTopic } from './failure-topic.ts';
import { ledgerTable } from './ledger-table.ts';
import { reachOf } from './reach.ts';
import { recoveryLogs } from './recovery-logs.ts';
import { RecoveryMachine } from './recovery-machine.ts';
import { DEFAULT_PREFIX, recoveryNames } from './recovery-names.ts';
import type { RecoveryProps } from './recovery-props.ts';
import { refuseProps } from './refuse-props.ts';
import { systemEnvironment } from './system-environment.ts';
import { TaskFunction } from './task-function.ts';
import { DATA_TASKS, SENSITIVE_DATA_TASKS } from './task-memory.ts';
import { tasks } from './tasks.ts';
import { warnOfPatience } from './warn-of-patience.ts';
import { DRILL_WORKFLOW, MAIN_WORKFLOW, workflows } from './workflows.ts';

/**
 * Disaster recovery for one application: add it to a stack in the application's account and region.
 *
 * ```ts
 * const recovery = new Recovery(this, 'Recovery', {
 *   tables: [{ table: orders }, { table: customers, sensitive: true }],
 *   functions: { prefix: 'shop-' },
 *   encryptionKey,
 * });
 * recovery.failures.addSubscription(new EmailSubscription('on-call@example.com'));
 * ```
 *
 * It makes the ledger, one function for each task, one state machine for each workflow, and a notice of every
 * recovery that fails. It changes nothing in the application until someone starts `recovery.machine`.
 */
export class Recovery extends Construct {
  /** The state machine that takes the application back: start it with a `RewindRequest`. */
  readonly machine: IStateMachine;
  /** The state machine that practises a recovery on copies: start it with `{}`. */
  readonly drill: IStateMachine;
  /** Where locks, saved settings, progress and reports are kept. */
  readonly ledger: ITable;
  /** Where failures are announced and approvals are asked for: someone must subscribe to it. */
  readonly failures: ITopic;
  /**
   * The only roles that read items of the tables that are not sensitive, those of `PlanSegment`, `ResetSegment` and
   * `VerifySegment`: for a table's resource policy or a key's policy that names who may.
   */
  readonly itemReaders: readonly IRole[];
  /**
   * The same for the sensitive ones, those of `PlanSensitiveSegment`, `ResetSensitiveSegment` and
   * `VerifySensitiveSegment`.
   */
  readonly sensitiveItemReaders: readonly IRole[];
  /** The tasks' functions, by task name. */
  readonly functions: ReadonlyMap<string, IFunction>;
  /** All state machines, by workflow name. */
  readonly machines: ReadonlyMap<string, IStateMachine>;

  /** @throws Error when the props protect nothing, could not be deployed, or would endanger what they name. */
  constructor(scope: Construct, id: string, props: RecoveryProps) {
    super(scope, id);
    refuseProps(this.node.path, props);
    const names = recoveryNames(props.prefix ?? DEFAULT_PREFIX);
    const { topic, keys: noticeKeys } = failureTopic(this, props);
    this.failures = topic;
    const noticeTopic = topic.topicArn;
    const reach = reachOf(Stack.of(this), props, { ...names, noticeTopic, noticeKeys });
    // A role comes with its function, whose environment names it: told once both are there.
    const roleOf = (task: string) => Lazy.string({ produce: () => this.functions.get(task)?.role?.roleArn });
    const environment = systemEnvironment(props, names, {
      noticeTopic,
      fenceWriter: roleOf('ResetSegment'),
      sensitiveFenceWriter: roleOf('ResetSensitiveSegment'),
      copyReaders: SENSITIVE_DATA_TASKS.map(roleOf),
    });
    const logs = recoveryLogs(this, props, names);
    this.ledger = ledgerTable(this, props, names);
    this.functions = new Map(
      tasks.map((task) => {
        const { function: made } = new TaskFunction(this, task.taskName, {
          task,
          functionName: names.functionOf(task.taskName),
          environment,
          reach,
          logs: logs.tasks,
          reservedConcurrency: props.reservedConcurrency?.[task.taskName],
        });
        return [task.taskName, made];
      }),
    );
    const rolesOf = (names: readonly string[]) =>
      names.flatMap((task) => this.functions.get(task)?.role ?? []);
    this.itemReaders = rolesOf(DATA_TASKS);
    this.sensitiveItemReaders = rolesOf(SENSITIVE_DATA_TASKS);
    const deployed = new Map([...this.functions].map(([name, made]) => [name, made.functionArn]));
    const machines = new Map<string, IStateMachine>();
    for (const workflow of workflows) {
      const { machine } = new RecoveryMachine(this, workflow.name, {
        workflow,
        machineName: names.machineOf(workflow.name),
        deployed,
        reach,
        logs: logs.machines,
        encryptionKey: props.encryptionKey,
      });
      machines.set(workflow.name, machine);
      deployed.set(workflow.name, machine.stateMachineArn);
    }
    this.machines = machines;
    this.machine = machines.get(MAIN_WORKFLOW) as IStateMachine;
    failureNotice(this, this.machine, {
      id: 'FailureNotice',
      topic: this.failures,
      what: 'recovery',
      advice: recoveryAdvice(names.ledger),
    });
    const longestHours = props.longestFreezeHours ?? LONGEST_FREEZE_HOURS;
    warnOfPatience(this, longestHours, props.approval?.patience);
    frozenAlarm(this, {
      check: this.functions.get(checkFrozen.taskName) as IFunction,
      topic: this.failures,
      longestHours,
      ledger: names.ledger,
      logGroup: names.taskLogs,
    });
    acknowledgeWildcards(this);
    this.drill = machines.get(DRILL_WORKFLOW) as IStateMachine;
    if (props.drill === undefined) return;
    drillSchedule(this, this.drill, props.drill);
    failureNotice(this, this.drill, {
      id: 'DrillFailureNotice',
      topic: this.failures,
      what: 'drill',
      advice: drillAdvice,
    });
  }
}
