import { Aspects, type IAspect, Stack, Validations } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import type { Construct, IConstruct } from 'constructs';

/** What one statement of a policy allows, references written out: `<AWS::Region>`. */
interface Allowed {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** Actions that know no resources, so that only `*` allows them (service authorization reference). */
const WITHOUT_RESOURCES = new Set([
  'cloudwatch:GetMetricStatistics',
  'dynamodb:ListTables',
  'events:ListEventBuses',
  'events:ListRules',
  'lambda:ListEventSourceMappings',
  'lambda:ListFunctions',
  'pipes:ListPipes',
  'scheduler:ListSchedules',
  'tag:GetResources',
  // Step Functions guide, "Logging using CloudWatch Logs", "IAM policies for logging".
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
]);

/** Why a resource with a wildcard is as narrow as can be. */
const RESOURCES: readonly (readonly [RegExp, string])[] = [
  [
    /:table\/rewind-\*$/,
    'Restored tables are named when a recovery runs, and no table but theirs begins so.',
  ],
  [/\/backup\/\*$/, 'The backups of one table: DynamoDB names them.'],
  [/:execution:[^:/]+[:/]\*$/, 'The executions of one state machine: they are named when they are started.'],
  [/:function:[^:]*\*(:\*)?$/, 'The functions that the scope takes in by prefix or by tag.'],
  [/:function:[^:]+:\*$/, 'The versions and aliases of one function: what is provisioned is theirs.'],
  [
    /:event-source-mapping:\*$/,
    'A mapping is named by a UUID: a condition says of which functions it must be.',
  ],
  [/:kms:.+:key\/\*$/, 'A condition leaves only the key that AWS manages for DynamoDB.'],
  [/:events:.+:rule\/\*$/, 'Any rule may start what writes: the survey looks at the targets of each.'],
  [/:s3:::.*\/\*$/, 'The reports in one bucket: they are named after their incidents.'],
];

/** Why an action with a wildcard is as narrow as can be. */
const ACTIONS: ReadonlyMap<string, string> = new Map(
  ['kms:GenerateDataKey*', 'kms:ReEncrypt*'].map((action) => [
    action,
    'Both forms of it are what the service needs that encrypts with the key, which the statement names.',
  ]),
);

/**
 * Says to cdk-nag why the roles made in this scope have wildcards (rule AwsSolutions-IAM5). One that nobody has given
 * a reason for here is still reported.
 */
export function acknowledgeWildcards(scope: Construct): void {
  Aspects.of(scope).add(new Acknowledged());
}

class Acknowledged implements IAspect {
  visit(node: IConstruct): void {
    if (!(node instanceof CfnPolicy)) return;
    const reasons = new Map<string, (string | undefined)[]>();
    const noted = (finding: string, reason: string | undefined) =>
      reasons.set(finding, [...(reasons.get(finding) ?? []), reason]);
    for (const { actions, resources } of allowedBy(node)) {
      for (const action of actions.filter(isWild)) noted(`Action::${action}`, ACTIONS.get(action));
      for (const resource of resources.filter(isWild))
        noted(`Resource::${resource}`, reasonFor(resource, actions));
    }
    for (const [finding, given] of reasons)
      if (given.every((reason) => reason !== undefined))
        Validations.of(node).acknowledge({
          id: `AwsSolutions-IAM5[${finding}]`,
          reason: [...new Set(given)].join(' '),
        });
  }
}

const isWild = (text: string): boolean => text.includes('*');

function reasonFor(resource: string, actions: readonly string[]): string | undefined {
  if (resource !== '*') return RESOURCES.find(([pattern]) => pattern.test(resource))?.[1];
  return actions.every((action) => WITHOUT_RESOURCES.has(action))
    ? 'These actions know no resources (service authorization reference).'
    : undefined;
}

function allowedBy(policy: CfnPolicy): Allowed[] {
  const document = Stack.of(policy).resolve(policy.policyDocument) as {
    readonly Statement: readonly {
      readonly Effect: string;
      readonly Action: unknown;
      readonly Resource: unknown;
    }[];
  };
  return document.Statement.filter(({ Effect }) => Effect === 'Allow').map(({ Action, Resource }) => ({
    actions: [Action].flat().map(writtenOut),
    resources: [Resource].flat().map(writtenOut),
  }));
}

/** A reference of CloudFormation as cdk-nag spells it. */
function writtenOut(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::Join': joined, 'Fn::GetAtt': attribute } = value as Reference;
  if (Ref !== undefined) return `<${Ref}>`;
  if (attribute !== undefined) return `<${attribute.join('.')}>`;
  return joined === undefined ? JSON.stringify(value) : joined[1].map(writtenOut).join(joined[0]);
}

interface Reference {
  readonly Ref?: string;
  readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
  readonly 'Fn::GetAtt'?: readonly string[];
}
