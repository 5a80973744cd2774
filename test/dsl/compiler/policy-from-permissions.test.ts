import { expect, it } from 'vitest';
import { policyFromPermissions } from '../../../src/dsl/compiler/permissions/policy-from-permissions.ts';
import type { Statement } from '../../../src/dsl/compiler/permissions/statement.ts';

const permissions: readonly Statement[] = [
  {
    actions: ['some:Action', 'some:Other'],
    resources: [
      { kind: 'task', name: 'Charge' },
      { kind: 'machine', name: 'Ship' },
      { kind: 'executions', of: 'Ship' },
      { kind: 'mapExecutions', of: 'Ship' },
      { kind: 'key', name: 'OwnKey' },
      { kind: 'arn', arn: 'arn:${Partition}:sns:${Region}:${Account}:told' },
    ],
  },
  {
    actions: ['kms:Decrypt'],
    resources: [{ kind: 'any' }],
    conditions: { StringEquals: { 'aws:SourceArn': { kind: 'machine', name: 'Ship' }, 's3:prefix': 'in/' } },
  },
];

it('gives every name the ARN that it has in the account', () => {
  const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:000000000000:${resource}`;
  expect(policyFromPermissions(permissions)).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['some:Action', 'some:Other'],
        Resource: [
          arn('lambda', 'function:Charge'),
          arn('states', 'stateMachine:Ship'),
          arn('states', 'execution:Ship:*'),
          arn('states', 'execution:Ship/*'),
          arn('kms', 'key/OwnKey'),
          arn('sns', 'told'),
        ],
      },
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt'],
        Resource: ['*'],
        Condition: {
          StringEquals: { 'aws:SourceArn': arn('states', 'stateMachine:Ship'), 's3:prefix': 'in/' },
        },
      },
    ],
  });
});

it('takes the deployment as it is told', () => {
  const arns = { Charge: 'arn:own:charge', Ship: 'arn:aws-cn:states:cn-north-1:1:stateMachine:prod-ship' };
  const where = { account: '1', region: 'cn-north-1', partition: 'aws-cn', arns };
  const { Statement } = policyFromPermissions(permissions, where);
  expect([Statement].flat()[0]?.Resource).toEqual([
    'arn:own:charge',
    'arn:aws-cn:states:cn-north-1:1:stateMachine:prod-ship',
    'arn:aws-cn:states:cn-north-1:1:execution:prod-ship:*',
    'arn:aws-cn:states:cn-north-1:1:execution:prod-ship/*',
    'arn:aws-cn:kms:cn-north-1:1:key/OwnKey',
    'arn:aws-cn:sns:cn-north-1:1:told',
  ]);
});
