import { iamAction, iamActions, restoringActions } from '../../asl/iam-action.ts';
import type { ExpressionNode } from '../../ast/expression-node.ts';
import type { CallNode, IntegrationCallNode, SdkCallNode, WorkflowCallNode } from '../../ast/step-node.ts';
import { literalTexts } from './literal-text.ts';
import { keyStatement } from './key-statement.ts';
import { ANY, type Resource, type Statement, arn } from './statement.ts';

/** What a machine's role needs for one call: what the author said, and what the kind of call implies beyond it. */
export function callStatements(call: CallNode): readonly Statement[] {
  if (call.role !== undefined) return [assuming(call.role)];
  const own = (call.permissions ?? []).map(({ actions, resources }): Statement => ({
    actions,
    resources: resources.map(arn),
  }));
  // An action that the author says the resources of is for these and no others.
  const said = new Set(own.flatMap(({ actions }) => actions));
  const implied = impliedBy(call).filter(({ actions }) => !actions.every((action) => said.has(action)));
  return [...own, ...implied];
}

/**
 * A call under another role is allowed to that role; the machine's own must be allowed to assume it. Source:
 * "Accessing resources in other AWS accounts in Step Functions".
 */
function assuming(role: ExpressionNode): Statement {
  const known = role.kind === 'literal' && typeof role.value === 'string' ? arn(role.value) : ANY;
  return { actions: ['sts:AssumeRole'], resources: [known] };
}

function impliedBy(call: CallNode): readonly Statement[] {
  switch (call.kind) {
    case 'task':
      return [{ actions: ['lambda:InvokeFunction'], resources: [{ kind: 'task', name: call.task }] }];
    case 'workflow':
      return childStatements(call);
    case 'sdk':
      return sdkStatements(call);
    case 'integration':
      return integrationStatements(call);
  }
}

/** The rule by which Step Functions learns that a child execution has ended. */
const CHILD_EVENTS = arn(
  'arn:${Partition}:events:${Region}:${Account}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule',
);

/**
 * Waiting for a child needs to see its end, and to stop it when the parent is stopped; a child that is only
 * started, or answers with a token, is not watched. Source: "IAM policies for calling Step Functions workflows"
 * (Step Functions guide).
 */
function childStatements({ workflow, waitsFor, encryptedWith }: WorkflowCallNode): readonly Statement[] {
  const start: Statement = {
    actions: ['states:StartExecution'],
    resources: [{ kind: 'machine', name: workflow }],
  };
  const key = encryptedWith === undefined ? [] : [keyStatement(encryptedWith, workflow)];
  if (waitsFor !== 'result') return [start, ...key];
  return [
    start,
    {
      actions: ['states:DescribeExecution', 'states:StopExecution'],
      resources: [{ kind: 'executions', of: workflow }],
    },
    { actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'], resources: [CHILD_EVENTS] },
    ...key,
  ];
}

/** A restore needs more, on the table that it makes. */
function sdkStatements(call: SdkCallNode): readonly Statement[] {
  const { service, action } = call;
  const own = { actions: iamActions(service, action), resources: sdkResources(call) };
  if (service !== 'dynamodb' || !action.startsWith('restoreTable')) return [own];
  const target = literalTexts(call.arguments).TargetTableName;
  return [own, { actions: restoringActions, resources: [target === undefined ? ANY : tableArn(target)] }];
}

const tableArn = (table: string): Resource =>
  arn(table.startsWith('arn:') ? table : `arn:\${Partition}:dynamodb:\${Region}:\${Account}:table/${table}`);

/** DynamoDB's actions on one table and nothing else. Source: Service Authorization Reference, "Amazon DynamoDB". */
const ON_ONE_TABLE = new Set([
  'deleteItem',
  'describeContinuousBackups',
  'describeTable',
  'describeTimeToLive',
  'getItem',
  'putItem',
  'query',
  'scan',
  'updateItem',
]);

/**
 * On what an SDK call is made, when its arguments say so at definition: by an ARN of its own service, as the
 * only thing that they name, or by the name of a DynamoDB table. Else on anything.
 */
function sdkResources(call: SdkCallNode): readonly Resource[] {
  const texts = literalTexts(call.arguments);
  const service = iamAction(call.service, call.action).split(':')[0];
  const named = Object.entries(texts).filter(([field]) => /(Arn|Name|Id)$/.test(field));
  const [only] = named;
  if (only?.[1] !== undefined && named.length === 1 && only[1].startsWith('arn:'))
    return only[1].split(':')[2] === service ? [arn(only[1])] : [ANY];
  const table = texts.TableName;
  if (call.service !== 'dynamodb' || table === undefined || !ON_ONE_TABLE.has(call.action)) return [ANY];
  return [tableArn('IndexName' in texts ? `${table}/index/${texts.IndexName ?? '*'}` : table)];
}

/** What nobody stated is the action that the resource is named after. */
function integrationStatements({ resource, permissions }: IntegrationCallNode): readonly Statement[] {
  if (permissions !== undefined) return [];
  const [service = '', action = ''] = resource.replace(/\.sync.*$/, '').split(':');
  return [{ actions: [iamAction(service, action)], resources: [ANY] }];
}
