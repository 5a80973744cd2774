import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CompiledWorkflow } from '../src/dsl/compiler/compile.ts';
import type { RecoveryNames } from './recovery-names.ts';
import { allow, type Reach, useKeysThroughDynamodb } from './reach.ts';
import { tasks } from './tasks.ts';

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
  'dynamodb:DeleteTable': (reach, action) => allow([action], [reach.restoredTables]),
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
  names: RecoveryNames,
): readonly PolicyStatement[] {
  return [
    ...allow(
      ['lambda:InvokeFunction'],
      reach.ownFunctions.filter((_, index) => needs.tasks.includes(tasks[index]?.taskName ?? '')),
    ),
    ...needs.actions.flatMap((action) => {
      const statements = STATEMENTS[action];
      if (statements === undefined)
        throw new Error(
          `${name}: its steps need ${action}, for which no resources are stated; add it to infra/machine-statements.ts`,
        );
      return statements(reach, action);
    }),
    ...waitForChildren(needs.workflows, reach),
    ...(needs.distributedMap ? startItself(name, reach) : []),
  ];
}
