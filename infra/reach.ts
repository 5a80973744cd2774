import { ArnFormat, Aws, type Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { mayBackUp } from '../src/tasks/forensic-backup.ts';
import { reportFolder } from '../src/tasks/report/report-folder.ts';
import { scopeTags, valuesByKey } from '../src/tasks/lambda-control/scope-tags.ts';
import { type Pause, pausedIds, placeOf } from '../src/tasks/switches/pause.ts';
import { RESTORED_PREFIX } from '../src/tasks/preflight/restored-name.ts';
import type { RecoveryNames } from './recovery-names.ts';
import type { RecoveryProps } from './recovery-props.ts';
import { isFenced } from './system-environment.ts';
import { tasks } from './tasks.ts';
import { MAIN_WORKFLOW } from './workflows.ts';

/** Live tables that one set of roles reads and writes, with the customer managed keys that encrypt them. */
export interface TableSet {
  readonly live: readonly string[];
  readonly keys: readonly string[];
}

/** What roles of a recovery may speak of, as ARNs: nothing outside these can be touched. */
export interface Reach {
  readonly ledger: string;
  readonly liveTables: readonly string[];
  /** Global tables of version 2017.11.29 that live tables would be replicas of: they are in no region. */
  readonly globalTables: readonly string[];
  /** Those that are not sensitive, and those that are: no role reads or writes both. */
  readonly ordinary: TableSet;
  readonly sensitive: TableSet;
  /** Live tables of which an on-demand backup may be made. */
  readonly backedUpTables: readonly string[];
  /** Live tables whose resource policy gets a write fence. */
  readonly fencedTables: readonly string[];
  /** Every table that a restore makes, by the beginning of its name. */
  readonly restoredTables: string;
  /** Customer managed keys of the live tables, which their restored tables share. */
  readonly tableKeys: readonly string[];
  readonly ledgerKeys: readonly string[];
  /** Functions that are frozen by name; a trailing `*` stands for the rest of a name. */
  readonly functionsInScope: readonly string[];
  /** The tags that take functions into scope, stacks included: values by key. */
  readonly tagsInScope: ReadonlyMap<string, readonly string[]>;
  /** Every function of the account and region: where tags are in scope, only a condition tells which of them are. */
  readonly everyFunction: string;
  /** Functions excluded by ARN and this system's own, which must both go on. */
  readonly functionsExcluded: readonly string[];
  readonly ownFunctions: readonly string[];
  /** What a freeze pauses by name. */
  readonly pausedPipes: readonly string[];
  readonly pausedRules: readonly string[];
  readonly pausedSchedules: readonly string[];
  /** The roles of those schedules, which an update passes on. */
  readonly scheduleRoles: readonly string[];
  /** Every rule of every event bus. */
  readonly everyRule: string;
  /** Where approvals are asked for. */
  readonly noticeTopic: string;
  /** Keys of that topic. */
  readonly noticeKeys: readonly string[];
  /** What a report may be put under; nothing without a bucket for reports. */
  readonly reportObjects: readonly string[];
  /** Customer managed keys of that bucket. */
  readonly reportKeys: readonly string[];
  readonly eventSourceMappings: string;
  readonly functionOf: (task: string) => string;
  /** Executions of the main workflow. */
  readonly recoveries: string;
  readonly machine: (workflow: string) => string;
  /** Executions of a workflow that were started as such. */
  readonly executions: (workflow: string) => string;
  /** Executions that a distributed map of a workflow has started. */
  readonly mapExecutions: (workflow: string) => string;
  /** An ARN in which `${Partition}`, `${Region}` and `${Account}` stand for this stack's. */
  readonly arn: (pattern: string) => string;
}

/** The physical names, and what has an ARN already. */
interface DeployedNames extends RecoveryNames {
  readonly noticeTopic: string;
  readonly noticeKeys: readonly string[];
}

export function reachOf(stack: Stack, props: RecoveryProps, names: DeployedNames): Reach {
  const table = (name: string) =>
    stack.formatArn({ service: 'dynamodb', resource: 'table', resourceName: name });
  const colon = (service: string, resource: string, resourceName: string) =>
    stack.formatArn({ service, resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  const { prefix, names: functions = [], exclude = [] } = props.functions;
  const { bucket, prefix: prefixOfReports } = props.reportBucket ?? {};
  const inScope = [...(prefix === undefined ? [] : [`${prefix}*`]), ...functions];
  const functionOf = (task: string) => colon('lambda', 'function', names.functionOf(task));
  const own = tasks.map(({ taskName }) => functionOf(taskName));
  const tablesOf = (tables: RecoveryProps['tables']): TableSet => ({
    live: tables.map((one) => one.table.tableArn),
    keys: [...new Set(tables.flatMap((one) => one.table.encryptionKey?.keyArn ?? []))],
  });
  const all = tablesOf(props.tables);
  const executions = (workflow: string) => colon('states', 'execution', `${names.machineOf(workflow)}:*`);
  return {
    ledger: table(names.ledger),
    liveTables: all.live,
    globalTables: props.tables.map((one) =>
      stack.formatArn({
        service: 'dynamodb',
        region: '',
        resource: 'global-table',
        resourceName: one.table.tableName,
      }),
    ),
    ordinary: tablesOf(props.tables.filter(({ sensitive }) => sensitive !== true)),
    sensitive: tablesOf(props.tables.filter(({ sensitive }) => sensitive === true)),
    backedUpTables: props.tables.filter(mayBackUp).map(({ table }) => table.tableArn),
    fencedTables: props.tables
      .filter((one) => isFenced(props, one))
      .map(({ table: { tableArn } }) => tableArn),
    restoredTables: table(`${RESTORED_PREFIX}*`),
    tableKeys: all.keys,
    ledgerKeys: props.encryptionKey === undefined ? [] : [props.encryptionKey.keyArn],
    functionsInScope: inScope.map((name) => colon('lambda', 'function', name)),
    tagsInScope: valuesByKey(scopeTags(props.functions)),
    everyFunction: colon('lambda', 'function', '*'),
    functionsExcluded: exclude,
    ownFunctions: own,
    ...pausedBy(stack, props.pause),
    everyRule: stack.formatArn({ service: 'events', resource: 'rule', resourceName: '*' }),
    noticeTopic: names.noticeTopic,
    noticeKeys: names.noticeKeys,
    reportObjects: bucket === undefined ? [] : [bucket.arnForObjects(`${reportFolder(prefixOfReports)}*`)],
    reportKeys: bucket?.encryptionKey === undefined ? [] : [bucket.encryptionKey.keyArn],
    functionOf,
    eventSourceMappings: colon('lambda', 'event-source-mapping', '*'),
    recoveries: executions(MAIN_WORKFLOW),
    machine: (workflow) => colon('states', 'stateMachine', names.machineOf(workflow)),
    executions,
    mapExecutions: (workflow) => colon('states', 'execution', `${names.machineOf(workflow)}/*`),
    arn: (pattern) =>
      pattern
        .replaceAll('${Partition}', stack.partition)
        .replaceAll('${Region}', stack.region)
        .replaceAll('${Account}', stack.account),
  };
}

/** The ARN of a rule names its event bus, unless that is the default one (service authorization reference). */
function pausedBy(stack: Stack, pause: Pause | undefined) {
  const { pipes, rules, schedules } = pausedIds(pause);
  const arn = (service: string, resource: string) => (resourceName: string) =>
    stack.formatArn({ service, resource, resourceName });
  return {
    pausedPipes: pipes.map(arn('pipes', 'pipe')),
    pausedRules: rules
      .map((id) => (placeOf(id).within === 'default' ? placeOf(id).name : id))
      .map(arn('events', 'rule')),
    pausedSchedules: schedules.map(arn('scheduler', 'schedule')),
    scheduleRoles: pause?.scheduleRoles ?? [],
  };
}

/** Allows actions on resources; nothing at all when there is no resource. */
export function allow(actions: readonly string[], resources: readonly string[]): PolicyStatement[] {
  if (resources.length === 0) return [];
  return [new PolicyStatement({ actions: [...actions], resources: [...resources] })];
}

/** Forbids actions on resources, whatever else allows them. */
export function deny(actions: readonly string[], resources: readonly string[]): PolicyStatement[] {
  return allow(actions, resources).map((statement) => {
    statement.effect = Effect.DENY;
    return statement;
  });
}

const KEY_USE = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

/**
 * Lets DynamoDB use keys for whoever has this statement (DynamoDB guide, "Using AWS KMS keys"). It works where
 * the key's policy leaves access to IAM, as CDK's and the console's do; a stricter one must name the role.
 */
export function useKeysThroughDynamodb(
  keys: readonly string[],
  more: readonly string[] = [],
): PolicyStatement[] {
  return through('dynamodb', allow([...KEY_USE, ...more].sort(), keys));
}

/** Lets SNS use a topic's keys for whoever publishes (SNS guide, "Managing Amazon SNS encryption keys and costs"). */
export function useKeysThroughSns(keys: readonly string[]): PolicyStatement[] {
  return through('sns', allow(['kms:Decrypt', 'kms:GenerateDataKey*'], keys));
}

/** Lets S3 encrypt with a bucket's keys what somebody puts there (S3 guide, "Using server-side encryption with AWS KMS keys"). */
export function putThroughS3(keys: readonly string[]): PolicyStatement[] {
  return through('s3', allow(['kms:GenerateDataKey'], keys));
}

function through(service: string, statements: PolicyStatement[]): PolicyStatement[] {
  for (const statement of statements)
    statement.addCondition('StringEquals', {
      'kms:ViaService': `${service}.${Aws.REGION}.${Aws.URL_SUFFIX}`,
    });
  return statements;
}
