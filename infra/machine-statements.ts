import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CompiledWorkflow } from '../src/dsl/compiler/compile.ts';
import { allow, deny, type Reach, useKeysThroughDynamodb } from './reach.ts';

/** What a restore does to its target in the name of whoever asks for it (DynamoDB guide, "Using IAM with backup and restore"). */
const RESTORING = ['BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'];

/** On which resources a workflow may call an AWS service, by IAM action. */
const STATEMENTS: Readonly<Record<string, (reach: Reach, action: string) => PolicyStatement[]>> = {
  'dynamodb:RestoreTableToPointInTime': (reach, action) => [
    ...allow([action], reach.liveTables),
    ...allow(
      RESTORING.map((operation) => `dynamodb:${operation}`),
      [reach.restoredTables],
    ),
    ...useKeysThroughDynamodb(reach.tableKeys, ['kms:CreateGrant']),
  ],
  'dynamodb:DescribeTable': (reach, action) => allow([action], [reach.restoredTables]),
  'dynamodb:DeleteTable': (reach, action) => [
    ...allow([action], [reach.restoredTables]),
    // A live table whose name is known at deploy only might be named like a restored one.
    ...deny([action], [...reach.liveTables, reach.ledger]),
  ],
  'dynamodb:CreateBackup': (reach, action) => allow([action], reach.backedUpTables),
  'dynamodb:DescribeBackup': (reach, action) =>
    allow(
      [action],
      reach.backedUpTables.map((table) => `${table}/backup/*`),
    ),
};

/**
 * What a state machine's role allows, logging and tracing apart: exactly what its steps need.
 * @throws Error for an action that no resources are stated for.
 */
export function machineStatements(
  { name, needs }: CompiledWorkflow,
  reach: Reach,
): readonly PolicyStatement[] {
  return [
    ...allow(['lambda:InvokeFunction'], needs.tasks.map(reach.functionOf)),
    ...needs.actions.flatMap((action) => {
      const statements = STATEMENTS[action];
      if (statements === undefined)
        throw new Error(
          `${name}: its steps need ${action}, for which no resources are stated; add it to infra/machine-statements.ts`,
        );
      return statements(reach, action);
    }),
    ...(needs.workflows.length === 0 ? [] : waitForChildren(needs.workflows, reach)),
    ...(needs.distributedMap ? startItself(name, reach) : []),
  ];
}

/**
 * To start a child and wait for its end; stopping it is what lets an abort of the parent reach it (Step
 * Functions guide, "IAM policies for integrated services").
 */
function waitForChildren(children: readonly string[], reach: Reach): PolicyStatement[] {
  return [
    ...allow(['states:StartExecution'], children.map(reach.machine)),
    ...allow(['states:DescribeExecution', 'states:StopExecution'], children.map(reach.executions)),
    ...allow(['events:DescribeRule', 'events:PutRule', 'events:PutTargets'], [reach.childEventsRule]),
  ];
}

/** A distributed map's children are executions of the same machine; a redrive of the parent redrives them. */
function startItself(workflow: string, reach: Reach): PolicyStatement[] {
  return [
    ...allow(['states:StartExecution'], [reach.machine(workflow)]),
    ...allow(
      ['states:DescribeExecution', 'states:RedriveExecution', 'states:StopExecution'],
      [reach.executions(workflow), reach.mapExecutions(workflow)],
    ),
  ];
}
