import type { PolicyDocument, PolicyStatement } from '../../asl/policy-document.ts';
import type { Resource, Statement } from './statement.ts';

interface Deployment {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly arns: { readonly [name: string]: string };
}

/**
 * The permissions of a compiled workflow as an IAM policy, to simulate under or to deploy without CDK. Names stand for
 * what is called so in the account: the task `Charge` for the function `Charge`.
 * @param deployment account (default 000000000000), region (default us-east-1) and partition (default aws), as `simulate`
 * has them; `arns` of tasks, workflows and keys that are called otherwise.
 *
 * @example
 * ```ts
 * policyFromPermissions(compile(ship).permissions);
 * ```
 * ```json
 * {
 *   "Version": "2012-10-17",
 *   "Statement": [
 *     {
 *       "Effect": "Allow",
 *       "Action": ["lambda:InvokeFunction"],
 *       "Resource": ["arn:aws:lambda:us-east-1:000000000000:function:Track"]
 *     }
 *   ]
 * }
 * ```
 */
export function policyFromPermissions(
  permissions: readonly Statement[],
  deployment: Partial<Deployment> = {},
): PolicyDocument {
  const where = {
    account: '000000000000',
    region: 'us-east-1',
    partition: 'aws',
    arns: {},
    ...deployment,
  };
  return {
    Version: '2012-10-17',
    Statement: permissions.map(({ actions, resources, conditions = {} }): PolicyStatement => {
      const Condition = Object.fromEntries(
        Object.entries(conditions).map(([operator, keys]) => [
          operator,
          Object.fromEntries(
            Object.entries(keys).map(([key, value]) => [
              key,
              typeof value === 'string' ? value : arnOf(value, where),
            ]),
          ),
        ]),
      );
      return {
        Effect: 'Allow',
        Action: actions,
        Resource: resources.map((resource) => arnOf(resource, where)),
        ...(Object.keys(Condition).length === 0 ? {} : { Condition }),
      };
    }),
  };
}

function arnOf(resource: Resource, { account, region, partition, arns }: Deployment): string {
  const named = (service: string, kind: string, name: string) =>
    arns[name] ?? `arn:${partition}:${service}:${region}:${account}:${kind}${name}`;
  const executions = (name: string) =>
    named('states', 'stateMachine:', name).replace(':stateMachine:', ':execution:');
  switch (resource.kind) {
    case 'task':
      return named('lambda', 'function:', resource.name);
    case 'machine':
      return named('states', 'stateMachine:', resource.name);
    case 'executions':
      return `${executions(resource.of)}:*`;
    case 'mapExecutions':
      return `${executions(resource.of)}/*`;
    case 'key':
      return named('kms', 'key/', resource.name);
    case 'arn':
      return resource.arn
        .replaceAll('${Partition}', partition)
        .replaceAll('${Region}', region)
        .replaceAll('${Account}', account);
    case 'any':
      return '*';
  }
}
