import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { restoringActions } from '../src/dsl/asl/iam-action.ts';
import type { CompiledWorkflow } from '../src/dsl/compiler/compile.ts';
import type { Conditions, Resource, Statement } from '../src/dsl/compiler/permissions/statement.ts';
import { allow, deny, type Reach, useKeysThroughDynamodb, useKeysThroughSns } from './reach.ts';

/** On which resources an action is allowed that a workflow makes on whatever its input names. */
const NARROWED: Readonly<Record<string, (reach: Reach, action: string) => PolicyStatement[]>> = {
  // What a restore does to its target, in the name of whoever asks for it.
  ...Object.fromEntries(restoringActions.map((action) => [action, onRestoredTables])),
  'dynamodb:RestoreTableToPointInTime': (reach, action) => [
    ...allow([action], reach.liveTables),
    ...useKeysThroughDynamodb(reach.tableKeys, ['kms:CreateGrant']),
  ],
  'dynamodb:DescribeTable': onRestoredTables,
  'dynamodb:TagResource': onRestoredTables,
  'dynamodb:DeleteTable': (reach, action) => [
    ...allow([action], [reach.restoredTables]),
    // A live table whose name is known at deploy only might be named like a restored one.
    ...deny([action], [...reach.liveTables, reach.ledger]),
  ],
  // To whoever may approve; the topic is known to the deployed system, not to the workflow.
  'sns:Publish': (reach, action) => [
    ...allow([action], [reach.noticeTopic]),
    ...useKeysThroughSns(reach.noticeKeys),
  ],
  // CloudWatch knows no resources (service authorization reference).
  'cloudwatch:GetMetricStatistics': (_reach, action) => allow([action], ['*']),
  'dynamodb:CreateBackup': (reach, action) => allow([action], reach.backedUpTables),
  'dynamodb:DescribeBackup': (reach, action) =>
    allow(
      [action],
      reach.backedUpTables.map((table) => `${table}/backup/*`),
    ),
};

function onRestoredTables(reach: Reach, action: string): PolicyStatement[] {
  return allow([action], [reach.restoredTables]);
}

/**
 * What a state machine's role allows, logging and tracing apart: exactly what its steps need, on what a recovery
 * may touch.
 * @throws Error for an action that no resources are stated for.
 */
export function machineStatements(
  { name, permissions }: Pick<CompiledWorkflow, 'name' | 'permissions'>,
  reach: Reach,
): readonly PolicyStatement[] {
  return permissions.flatMap((statement) =>
    statement.resources.some(({ kind }) => kind === 'any')
      ? narrowed(statement, { name, reach })
      : [allowed(statement, reach)],
  );
}

function allowed({ actions, resources, conditions }: Statement, reach: Reach): PolicyStatement {
  return new PolicyStatement({
    actions: [...actions],
    resources: resources.map((resource) => arnOf(resource, reach)),
    ...(conditions === undefined ? {} : { conditions: conditionsOf(conditions, reach) }),
  });
}

function narrowed(
  { actions }: Statement,
  { name, reach }: { readonly name: string; readonly reach: Reach },
): PolicyStatement[] {
  return actions.flatMap((action) => {
    const statements = NARROWED[action];
    if (statements === undefined)
      throw new Error(
        `${name}: its steps need ${action}, for which no resources are stated; add it to infra/machine-statements.ts`,
      );
    return statements(reach, action);
  });
}

/** @throws Error for a key: the machines of a recovery are under the service's own. */
function arnOf(resource: Resource, reach: Reach): string {
  switch (resource.kind) {
    case 'task':
      return reach.functionOf(resource.name);
    case 'machine':
      return reach.machine(resource.name);
    case 'executions':
      return reach.executions(resource.of);
    case 'mapExecutions':
      return reach.mapExecutions(resource.of);
    case 'arn':
      return reach.arn(resource.arn);
    case 'any':
      return '*';
    case 'key':
      throw new Error(
        `the key '${resource.name}' that a workflow is to be encrypted with is not deployed; leave encryptedWith out, ` +
          'or deploy the key in infra/recovery.ts',
      );
  }
}

const conditionsOf = (conditions: Conditions, reach: Reach): Record<string, Record<string, string>> =>
  Object.fromEntries(
    Object.entries(conditions).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(keys).map(([key, value]) => [
          key,
          typeof value === 'string' ? value : arnOf(value, reach),
        ]),
      ),
    ]),
  );
