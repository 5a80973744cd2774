import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { allow, deny, putThroughS3, type Reach, useKeysThroughDynamodb } from './reach.ts';

/** What one task's role allows. */
type Statements = (reach: Reach) => readonly PolicyStatement[];

/** By task name. Each list is what the task's handler calls, and no more. */
const STATEMENTS: Readonly<Record<string, Statements>> = {
  AcquireLock: (reach) => [
    ...ledger(reach, 'GetItem', 'PutItem', 'DeleteItem', 'Query'),
    ...seeOtherRecoveries(reach),
  ],
  CheckFrozen: (reach) => ledger(reach, 'Query'),
  CheckUndoable: (reach) => allow(['dynamodb:DescribeContinuousBackups'], reach.liveTables),
  CompareTables: (reach) => ledger(reach, 'Query'),
  Freeze: (reach) => [
    ...ledger(reach, 'GetItem', 'PutItem', 'UpdateItem', 'Query'),
    ...listAll('EventSourceMappings', 'Functions'),
    ...allow(['lambda:GetFunction', 'lambda:PutFunctionConcurrency'], reach.functionsInScope),
    ...keepAlive(reach),
    ...switchMappings(reach),
    ...allow(
      ['dynamodb:DescribeTable', 'dynamodb:GetResourcePolicy', 'dynamodb:PutResourcePolicy'],
      reach.fencedTables,
    ),
  ],
  MarkVerified: (reach) => ledger(reach, 'GetItem', 'UpdateItem'),
  PassGate: (reach) => [
    ...ledger(reach, 'GetItem', 'UpdateItem'),
    ...allow(['dynamodb:DescribeTable'], [...reach.liveTables, reach.restoredTables]),
  ],
  // Unlike ResetSegment, which it shares its code with, it may write to no table of the application.
  PlanSegment: (reach) => [
    ...ledger(reach, 'GetItem', 'PutItem', 'Query'),
    ...allow(READ, [...reach.liveTables, reach.restoredTables]),
    ...useKeysThroughDynamodb(reach.tableKeys),
  ],
  Preflight: (reach) => [
    ...ledger(reach, 'GetItem', 'Query'),
    ...allow(['dynamodb:DescribeTable'], [...reach.liveTables, reach.restoredTables]),
    ...allow(['dynamodb:GetResourcePolicy'], reach.fencedTables),
    ...allow(['dynamodb:DescribeContinuousBackups', 'dynamodb:DescribeTimeToLive'], reach.liveTables),
    ...listAll('EventSourceMappings', 'Functions'),
    ...allow(['lambda:GetFunction'], [...reach.functionsInScope, ...reach.ownFunctions]),
    ...seeOtherRecoveries(reach),
  ],
  PrepareDrill: (reach) => [
    ...ledger(reach, 'GetItem'),
    ...allow(['dynamodb:DescribeTable'], [...reach.liveTables, reach.restoredTables]),
    ...allow(['dynamodb:DescribeContinuousBackups', 'dynamodb:DescribeTimeToLive'], reach.liveTables),
    ...seeOtherRecoveries(reach),
  ],
  ProtectCopy: (reach) =>
    allow(['dynamodb:GetResourcePolicy', 'dynamodb:PutResourcePolicy'], [reach.restoredTables]),
  ReleaseLock: (reach) => ledger(reach, 'DeleteItem'),
  ReportDrill: (reach) => [
    ...ledger(reach, 'PutItem'),
    ...allow(['dynamodb:DescribeTable'], reach.liveTables),
  ],
  ResetSegment: (reach) => [
    ...ledger(reach, 'GetItem', 'PutItem', 'DeleteItem', 'Query'),
    ...allow([...READ, 'dynamodb:BatchWriteItem'], reach.liveTables),
    // Read only: a restored table is the proof of what the live one must become.
    ...allow(READ, [reach.restoredTables]),
    ...useKeysThroughDynamodb(reach.tableKeys),
  ],
  Thaw: (reach) => [
    ...ledger(reach, 'GetItem', 'UpdateItem', 'DeleteItem', 'Query'),
    ...listAll('EventSourceMappings'),
    ...allow(
      ['lambda:DeleteFunctionConcurrency', 'lambda:GetFunction', 'lambda:PutFunctionConcurrency'],
      reach.functionsInScope,
    ),
    ...switchMappings(reach, 'lambda:GetEventSourceMapping'),
    ...allow(
      ['dynamodb:DeleteResourcePolicy', 'dynamodb:GetResourcePolicy', 'dynamodb:PutResourcePolicy'],
      reach.fencedTables,
    ),
  ],
  VerifySegment: (reach) => [
    ...ledger(reach, 'GetItem', 'PutItem'),
    ...allow(READ, [...reach.liveTables, reach.restoredTables]),
    ...useKeysThroughDynamodb(reach.tableKeys),
  ],
  WriteReport: (reach) => [
    ...ledger(reach, 'GetItem', 'PutItem', 'UpdateItem', 'Query'),
    ...allow(['s3:PutObject'], reach.reportObjects),
    ...putThroughS3(reach.reportKeys),
  ],
};

const READ = ['dynamodb:BatchGetItem', 'dynamodb:DescribeTable', 'dynamodb:Scan'];

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

/** Whatever a prefix takes in, the recovery cannot stop itself nor what was excluded from the freeze. */
function keepAlive(reach: Reach): PolicyStatement[] {
  return deny(['lambda:PutFunctionConcurrency'], reach.functionsKeptAlive);
}

/** A mapping's own ARN says nothing of its function, so a condition does. */
function switchMappings(reach: Reach, ...actions: string[]): PolicyStatement[] {
  return allow(['lambda:UpdateEventSourceMapping', ...actions], [reach.eventSourceMappings]).map(
    (statement) => {
      // Mappings may name a version or an alias of the function.
      const functions = reach.functionsInScope.flatMap((arn) => [arn, `${arn}:*`]);
      statement.addCondition('ArnLike', { 'lambda:FunctionArn': functions });
      return statement;
    },
  );
}
