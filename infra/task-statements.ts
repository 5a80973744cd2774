import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { allow, deny, putThroughS3, type Reach, type TableSet, useKeysThroughDynamodb } from './reach.ts';

/** What one task's role allows. */
type Statements = (reach: Reach) => readonly PolicyStatement[];

/** By task name. Each list is what the task's handler calls, and no more. */
const STATEMENTS: Readonly<Record<string, Statements>> = {
  AcquireLock: (reach) => [
    ...ledger(reach, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'),
    ...seeOtherRecoveries(reach),
  ],
  CheckFrozen: (reach) => ledger(reach, 'GetItem', 'Query'),
  CheckUndoable: (reach) => allow(['dynamodb:DescribeContinuousBackups'], reach.liveTables),
  CompareTables: (reach) => ledger(reach, 'Query'),
  FindProof: (reach) => ledger(reach, 'GetItem'),
  Freeze: (reach) => [
    ...ledger(reach, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'),
    ...listAll('EventSourceMappings', 'Functions'),
    ...seeTags(reach),
    ...allow(['lambda:GetFunction'], everInScope(reach)),
    ...allow(['lambda:PutFunctionConcurrency'], reach.functionsInScope),
    ...onTaggedFunctions(reach, 'lambda:PutFunctionConcurrency'),
    ...allow(['lambda:ListProvisionedConcurrencyConfigs'], everInScope(reach)),
    ...allow(['lambda:DeleteProvisionedConcurrencyConfig'], versionsOf(everInScope(reach))),
    ...switchMappings(reach),
    ...keepAlive(reach),
    ...switchPaused(reach, { pipes: ['StopPipe'], rules: ['DisableRule'] }),
    ...allow(
      ['dynamodb:DescribeTable', 'dynamodb:GetResourcePolicy', 'dynamodb:PutResourcePolicy'],
      reach.fencedTables,
    ),
  ],
  MarkVerified: (reach) => ledger(reach, 'GetItem', 'PutItem', 'UpdateItem'),
  PassGate: (reach) => [
    ...ledger(reach, 'GetItem', 'Query', 'UpdateItem'),
    ...allow(['dynamodb:DescribeTable'], [...reach.liveTables, reach.restoredTables]),
  ],
  PlanSegment: (reach) => planStatements(reach, reach.ordinary),
  PlanSensitiveSegment: (reach) => planStatements(reach, reach.sensitive),
  Preflight: (reach) => [
    ...ledger(reach, 'GetItem', 'Query'),
    ...allow(['dynamodb:DescribeTable'], [...reach.liveTables, reach.restoredTables]),
    ...allow(['dynamodb:GetResourcePolicy'], [...reach.fencedTables, reach.restoredTables]),
    ...seeKeys(reach),
    // It knows no resources (service authorization reference).
    ...allow(['dynamodb:ListTables'], ['*']),
    ...allow(['dynamodb:DescribeContinuousBackups', 'dynamodb:DescribeTimeToLive'], reach.liveTables),
    ...seeOtherRecoveries(reach),
  ],
  PrepareDrill: (reach) => [
    ...ledger(reach, 'GetItem'),
    ...seeKeys(reach),
    ...allow(['dynamodb:DescribeTable'], [...reach.liveTables, reach.restoredTables]),
    ...allow(['dynamodb:DescribeContinuousBackups', 'dynamodb:DescribeTimeToLive'], reach.liveTables),
    ...seeOtherRecoveries(reach),
  ],
  ProtectCopy: (reach) =>
    allow(['dynamodb:GetResourcePolicy', 'dynamodb:PutResourcePolicy'], [reach.restoredTables]),
  ReleaseLock: (reach) => ledger(reach, 'DeleteItem', 'GetItem', 'Query'),
  ReportDrill: (reach) => [
    ...ledger(reach, 'PutItem'),
    ...allow(['dynamodb:DescribeTable'], reach.liveTables),
    ...putReports(reach),
  ],
  ResetSegment: (reach) => resetStatements(reach, reach.ordinary),
  ResetSensitiveSegment: (reach) => resetStatements(reach, reach.sensitive),
  Survey: (reach) => [
    ...ledger(reach, 'GetItem', 'Query'),
    ...allow(['dynamodb:DescribeKinesisStreamingDestination', 'dynamodb:DescribeTable'], reach.liveTables),
    ...allow(['dynamodb:DescribeGlobalTable'], reach.globalTables),
    ...listAll('EventSourceMappings', 'Functions'),
    ...seeTags(reach),
    ...allow(['lambda:GetFunction'], [...reach.functionsInScope, ...reach.ownFunctions]),
    ...onTaggedFunctions(reach, 'lambda:GetFunction'),
    ...allow(['lambda:GetPolicy'], reach.functionsInScope),
    ...onTaggedFunctions(reach, 'lambda:GetPolicy'),
    // They know no resources either.
    ...allow(
      ['events:ListEventBuses', 'events:ListRules', 'pipes:ListPipes', 'scheduler:ListSchedules'],
      ['*'],
    ),
    ...allow(['events:ListTargetsByRule'], [reach.everyRule]),
    ...allow(['pipes:DescribePipe'], reach.pausedPipes),
    ...allow(['events:DescribeRule'], reach.pausedRules),
    ...allow(['scheduler:GetSchedule'], reach.pausedSchedules),
  ],
  Thaw: (reach) => [
    ...ledger(reach, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'),
    ...listAll('EventSourceMappings'),
    ...allow(
      ['lambda:DeleteFunctionConcurrency', 'lambda:GetFunction', 'lambda:PutFunctionConcurrency'],
      everInScope(reach),
    ),
    ...allow(
      ['lambda:GetProvisionedConcurrencyConfig', 'lambda:PutProvisionedConcurrencyConfig'],
      versionsOf(everInScope(reach)),
    ),
    ...switchMappings(reach),
    // What was off before and is on now is put back, too.
    ...switchPaused(reach, { pipes: ['StartPipe', 'StopPipe'], rules: ['DisableRule', 'EnableRule'] }),
    ...allow(
      ['dynamodb:DeleteResourcePolicy', 'dynamodb:GetResourcePolicy', 'dynamodb:PutResourcePolicy'],
      reach.fencedTables,
    ),
  ],
  VerifySegment: (reach) => verifyStatements(reach, reach.ordinary),
  VerifySensitiveSegment: (reach) => verifyStatements(reach, reach.sensitive),
  WriteReport: (reach) => [
    ...ledger(reach, 'GetItem', 'PutItem', 'UpdateItem', 'Query'),
    ...putReports(reach),
  ],
};

const READ = ['dynamodb:BatchGetItem', 'dynamodb:DescribeTable', 'dynamodb:Scan'];

/** Reads these tables and every restored one; the policy of a sensitive one's copy lets its own readers alone. */
const readItems = ({ restoredTables }: Reach, { live, keys }: TableSet): PolicyStatement[] =>
  live.length === 0 ? [] : [...allow(READ, [...live, restoredTables]), ...useKeysThroughDynamodb(keys)];

/** Unlike what resets, which it shares its code with, it may write to no table of the application. */
const planStatements = (reach: Reach, tables: TableSet): PolicyStatement[] => [
  ...ledger(reach, 'GetItem', 'PutItem', 'Query'),
  ...readItems(reach, tables),
];

/** It writes to no restored table, which is the proof of what the live one must become. */
const resetStatements = (reach: Reach, tables: TableSet): PolicyStatement[] => [
  ...ledger(reach, 'GetItem', 'PutItem', 'DeleteItem', 'Query'),
  ...readItems(reach, tables),
  ...allow(['dynamodb:BatchWriteItem'], tables.live),
];

const verifyStatements = (reach: Reach, tables: TableSet): PolicyStatement[] => [
  ...ledger(reach, 'GetItem', 'PutItem'),
  ...readItems(reach, tables),
];

/**
 * What a task's role allows, logging and tracing apart.
 * @throws Error for a task that has no entry here.
 */
export function taskStatements(task: string, reach: Reach): readonly PolicyStatement[] {
  const statements = STATEMENTS[task];
  if (statements === undefined)
    throw new Error(`${task}: no permissions are stated for this task; add them to infra/task-statements.ts`);
  return statements(reach);
}

function ledger(reach: Reach, ...operations: readonly string[]): PolicyStatement[] {
  return [
    ...allow(
      operations.map((operation) => `dynamodb:${operation}`),
      [reach.ledger],
    ),
    ...useKeysThroughDynamodb(reach.ledgerKeys),
  ];
}

/** Into the bucket of the deployment, if it has one. */
function putReports({ reportObjects, reportKeys }: Reach): PolicyStatement[] {
  return [...allow(['s3:PutObject'], reportObjects), ...putThroughS3(reportKeys)];
}

/** The keys of the tables, and the AWS managed one of DynamoDB, which needs no naming and leaves looking to IAM. */
function seeKeys(reach: Reach): PolicyStatement[] {
  const everyKey = reach.arn('arn:${Partition}:kms:${Region}:${Account}:key/*');
  const managed = allow(['kms:DescribeKey'], [everyKey]).map((statement) => {
    statement.addCondition('ForAnyValue:StringEquals', { 'kms:ResourceAliases': 'alias/aws/dynamodb' });
    return statement;
  });
  return [...allow(['kms:DescribeKey'], reach.tableKeys), ...managed];
}

/** Whether the execution that holds the lock still runs. */
function seeOtherRecoveries(reach: Reach): PolicyStatement[] {
  return allow(['states:DescribeExecution'], [reach.recoveries]);
}

/** Lambda lists whole accounts: these actions know no resources (service authorization reference). */
function listAll(...kinds: readonly string[]): PolicyStatement[] {
  return allow(
    kinds.map((kind) => `lambda:List${kind}`),
    ['*'],
  );
}

/** Looks at what a freeze pauses by name, and switches it. */
function switchPaused(
  { pausedPipes, pausedRules, pausedSchedules, scheduleRoles }: Reach,
  { pipes, rules }: { readonly pipes: readonly string[]; readonly rules: readonly string[] },
): PolicyStatement[] {
  return [
    ...allow(
      ['DescribePipe', ...pipes].map((operation) => `pipes:${operation}`),
      pausedPipes,
    ),
    ...allow(
      ['DescribeRule', ...rules].map((operation) => `events:${operation}`),
      pausedRules,
    ),
    ...allow(['scheduler:GetSchedule', 'scheduler:UpdateSchedule'], pausedSchedules),
    // An update names the role of the schedule once more (EventBridge Scheduler user guide, "Identity-based policies").
    ...allow(['iam:PassRole'], pausedSchedules.length === 0 ? [] : scheduleRoles).map((statement) => {
      statement.addCondition('StringEquals', { 'iam:PassedToService': 'scheduler.amazonaws.com' });
      return statement;
    }),
  ];
}

/** Which functions have the tags of the scope: this action knows no resources (service authorization reference). */
function seeTags({ tagsInScope }: Reach): PolicyStatement[] {
  return tagsInScope.size === 0 ? [] : allow(['tag:GetResources'], ['*']);
}

/** Functions that may be or have been in scope: a tag that a function had says nothing once it is gone. */
function everInScope({ tagsInScope, everyFunction, functionsInScope }: Reach): readonly string[] {
  return tagsInScope.size === 0 ? functionsInScope : [everyFunction];
}

/**
 * Versions and aliases: what is provisioned is theirs (service authorization reference). They have no tags, so that with
 * tags in scope it is every function's.
 */
const versionsOf = (functions: readonly string[]): string[] => functions.map((arn) => `${arn}:*`);

/**
 * On functions that have a tag of the scope now. A condition on several tags would demand all of them: so a statement
 * each. Lambda knows `aws:ResourceTag` of functions (service authorization reference, "AWS Lambda", resource types).
 */
function onTaggedFunctions({ tagsInScope, everyFunction }: Reach, action: string): PolicyStatement[] {
  return [...tagsInScope].flatMap(([key, values]) =>
    allow([action], [everyFunction]).map((statement) => {
      statement.addCondition('StringEquals', { [`aws:ResourceTag/${key}`]: values });
      return statement;
    }),
  );
}

/** Whatever a prefix or a tag takes in, the recovery cannot stop itself nor what was excluded from the freeze. */
function keepAlive({ ownFunctions, functionsExcluded, eventSourceMappings }: Reach): PolicyStatement[] {
  const alive = [...ownFunctions, ...functionsExcluded];
  const stopped = [
    ...deny(['lambda:PutFunctionConcurrency'], alive),
    ...deny(['lambda:DeleteProvisionedConcurrencyConfig'], versionsOf(alive)),
  ];
  if (functionsExcluded.length === 0) return stopped;
  const paused = deny(['lambda:UpdateEventSourceMapping'], [eventSourceMappings]);
  return [...stopped, ...ofFunctions(paused, functionsExcluded)];
}

/** Which functions have a tag no condition on a mapping can tell: with tags in scope it is every function's mappings. */
function switchMappings(reach: Reach): PolicyStatement[] {
  const actions = ['lambda:GetEventSourceMapping', 'lambda:UpdateEventSourceMapping'];
  const statements = allow(actions, [reach.eventSourceMappings]);
  return ofFunctions(statements, everInScope(reach));
}

/** A mapping's own ARN says nothing of its function, so a condition does. */
function ofFunctions(statements: readonly PolicyStatement[], functions: readonly string[]) {
  return statements.map((statement) => {
    // Mappings may name a version or an alias of the function.
    const arns = [...functions, ...versionsOf(functions)];
    statement.addCondition('ArnLike', { 'lambda:FunctionArn': arns });
    return statement;
  });
}
