import { expect, test } from 'vitest';
import { machineStatements } from '../../infra/machine-statements.ts';
import { reachOf } from '../../infra/reach.ts';
import { recoveryNames } from '../../infra/recovery-names.ts';
import type { Statement } from '../../src/dsl/compiler/permissions/statement.ts';
import { arn, emptyStack, shop } from './protected-shop.ts';

/** What the role of a machine gets for these permissions. */
function allowing(...permissions: Statement[]) {
  const stack = emptyStack();
  const reach = reachOf(stack, shop(stack), {
    ...recoveryNames('ShopRecovery'),
    noticeTopic: arn('sns', 'told'),
    noticeKeys: [],
  });
  return machineStatements({ name: 'Subject', permissions }, reach).map(
    (statement) => stack.resolve(statement.toStatementJson()) as unknown,
  );
}

test('gives every name its ARN, in the resources and in the conditions', () => {
  expect(
    allowing({
      actions: ['states:DescribeExecution'],
      resources: [
        { kind: 'task', name: 'Freeze' },
        { kind: 'machine', name: 'Rewind' },
        { kind: 'executions', of: 'Rewind' },
        { kind: 'mapExecutions', of: 'Rewind' },
        { kind: 'arn', arn: 'arn:${Partition}:sns:${Region}:${Account}:told' },
      ],
      conditions: {
        StringEquals: { 'aws:SourceArn': { kind: 'machine', name: 'Rewind' }, 's3:prefix': 'in/' },
      },
    }),
  ).toMatchObject([
    {
      Action: 'states:DescribeExecution',
      Condition: {
        StringEquals: {
          'aws:SourceArn': arn('states', 'stateMachine:ShopRecovery-Rewind'),
          's3:prefix': 'in/',
        },
      },
      Resource: [
        arn('lambda', 'function:ShopRecovery-Freeze'),
        arn('states', 'stateMachine:ShopRecovery-Rewind'),
        arn('states', 'execution:ShopRecovery-Rewind:*'),
        arn('states', 'execution:ShopRecovery-Rewind/*'),
        arn('sns', 'told'),
      ],
    },
  ]);
});

test('allows what a workflow does on anything only on what the recovery may touch', () => {
  expect(allowing({ actions: ['dynamodb:CreateBackup'], resources: [{ kind: 'any' }] })).toMatchObject([
    { Action: 'dynamodb:CreateBackup', Resource: arn('dynamodb', 'table/shop-orders') },
  ]);
  expect(allowing({ actions: ['sns:Publish'], resources: [{ kind: 'any' }] })).toMatchObject([
    { Action: 'sns:Publish', Resource: arn('sns', 'told') },
  ]);
});

test('refuses an action on anything that nobody has said the resources of', () => {
  expect(() => allowing({ actions: ['s3:GetObject'], resources: [{ kind: 'any' }] })).toThrow(
    'Subject: its steps need s3:GetObject, for which no resources are stated; add it to infra/machine-statements.ts',
  );
});

test('refuses a key that is not deployed', () => {
  expect(() => allowing({ actions: ['kms:Decrypt'], resources: [{ kind: 'key', name: 'OwnKey' }] })).toThrow(
    "the key 'OwnKey' that a workflow is to be encrypted with is not deployed",
  );
});
