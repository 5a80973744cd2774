import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { beforeAll, describe, expect, test } from 'vitest';
import { Recovery } from '../../infra/recovery.ts';
import type { RecoveryProps } from '../../infra/recovery-props.ts';
import { arn, emptyStack, protectedShop, shop } from './protected-shop.ts';
import { roleStatements, type Statement } from './role-statements.ts';
import { text } from './text.ts';

const KEY_ARN = arn('kms', 'key/11111111-2222-3333-4444-555555555555');
const machineArn = (name: string) => arn('states', `stateMachine:ShopRecovery-${name}`);

/** The shop's recovery under a key that its own stack makes. */
function underOwnKey(change: (key: Key) => Partial<RecoveryProps> = () => ({})): Template {
  const stack = emptyStack();
  const key = new Key(stack, 'Key');
  const recovery = new Recovery(stack, 'Recovery', { ...shop(stack), encryptionKey: key, ...change(key) });
  return Template.fromStack(Stack.of(recovery));
}

function underImportedKey(): Template {
  const stack = emptyStack();
  const encryptionKey = Key.fromKeyArn(stack, 'Key', KEY_ARN);
  const recovery = new Recovery(stack, 'Recovery', { ...shop(stack), encryptionKey });
  return Template.fromStack(Stack.of(recovery));
}

const onlyOne = (template: Template, type: string) => Object.entries(template.findResources(type))[0];

interface KeyStatement {
  readonly Principal: { readonly Service?: unknown };
  readonly Action: unknown;
}

/** What the key's policy lets services do, by service. */
function servicesOf(template: Template): Record<string, unknown> {
  const policy = onlyOne(template, 'AWS::KMS::Key')?.[1].Properties.KeyPolicy as {
    Statement: KeyStatement[];
  };
  return Object.fromEntries(
    policy.Statement.flatMap(({ Principal: { Service }, Action }) =>
      [Service ?? []].flat().map((service) => [text(service), [Action].flat()]),
    ),
  );
}

let own: Template;
beforeAll(() => {
  own = underOwnKey();
}, 60_000);

describe('with a customer managed key', () => {
  test('every state machine keeps its definition and executions under it', () => {
    const [keyId] = onlyOne(own, 'AWS::KMS::Key') ?? [];
    const machines = Object.values(own.findResources('AWS::StepFunctions::StateMachine'));
    expect(machines.length).toBeGreaterThan(5);
    for (const { Properties } of machines)
      expect(Properties.EncryptionConfiguration).toMatchObject({
        Type: 'CUSTOMER_MANAGED_KMS_KEY',
        KmsKeyId: { 'Fn::GetAtt': [keyId, 'Arn'] },
      });
  });

  const contextOf = ({ condition }: Statement): string[] => {
    const { StringEquals, StringLike } = (condition ?? {}) as Record<string, Record<string, unknown>>;
    const named = { ...StringEquals, ...StringLike };
    return [named['kms:EncryptionContext:aws:states:stateMachineArn'] ?? []].flat().map(text).sort();
  };

  test('a machine uses the key for its own executions, and to read those of the children that it waits for', () => {
    const roles = roleStatements(own);
    const used = (name: string) =>
      (roles.get(`ShopRecovery-${name}`) ?? [])
        .filter((statement) => contextOf(statement).length > 0)
        .map((statement) => [statement.actions.join(), contextOf(statement)]);
    const children = ['BackUpTable', 'ProveQuiet', 'ResetTable', 'RestoreTable', 'VerifyTable'];
    expect(used('Rewind')).toEqual([
      ['kms:Decrypt', children.map(machineArn)],
      ['kms:Decrypt,kms:GenerateDataKey', [machineArn('Rewind')]],
    ]);
    // The children of its distributed map are executions of another machine by name.
    expect(used('ResetTable')).toEqual([
      ['kms:Decrypt,kms:GenerateDataKey', [machineArn('ResetTable/*')]],
      ['kms:Decrypt,kms:GenerateDataKey', [machineArn('ResetTable')]],
    ]);
    // They look at executions without their data.
    for (const task of ['AcquireLock', 'Preflight', 'PrepareDrill']) expect(used(task)).toEqual([]);
  });

  test("the key's policy lets those use it who deliver logs and announce failures, and no other service", () => {
    expect(servicesOf(own)).toEqual({
      'cloudwatch.amazonaws.com': ['kms:Decrypt', 'kms:GenerateDataKey*'],
      'delivery.logs.amazonaws.com': ['kms:Decrypt*'],
      'events.amazonaws.com': ['kms:Decrypt', 'kms:GenerateDataKey*'],
      'logs.<AWS::Region>.amazonaws.com': [
        'kms:Decrypt',
        'kms:Describe*',
        'kms:Encrypt',
        'kms:GenerateDataKey*',
        'kms:ReEncrypt*',
      ],
    });
  });

  test('the topic of the failures is encrypted with it, and the recovery may publish there', () => {
    const [keyId] = onlyOne(own, 'AWS::KMS::Key') ?? [];
    expect(onlyOne(own, 'AWS::SNS::Topic')?.[1].Properties.KmsMasterKeyId).toEqual({
      'Fn::GetAtt': [keyId, 'Arn'],
    });
    const publishing = (roleStatements(own).get('ShopRecovery-Rewind') ?? []).filter(({ condition }) =>
      JSON.stringify(condition ?? {}).includes('"sns.'),
    );
    expect(publishing).toMatchObject([
      { actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], resources: [`<${keyId}.Arn>`] },
    ]);
  });

  test('a topic of the owner is left as it is', () => {
    const template = underOwnKey((key) => ({
      alarmTopic: Topic.fromTopicArn(key, 'Theirs', arn('sns', 'theirs')),
    }));
    expect(template.findResources('AWS::SNS::Topic')).toEqual({});
    expect(Object.keys(servicesOf(template))).not.toContain('events.amazonaws.com');
  });
});

test('under an imported key the topic is not encrypted with it: notices that cannot be encrypted are lost', () => {
  const template = underImportedKey();
  expect(template.findResources('AWS::SNS::Topic')).not.toEqual({});
  expect(JSON.stringify(template.findResources('AWS::SNS::Topic'))).not.toContain('KmsMasterKeyId');
  for (const { Properties } of Object.values(template.findResources('AWS::StepFunctions::StateMachine')))
    expect(Properties.EncryptionConfiguration).toMatchObject({ KmsKeyId: KEY_ARN });
});

test('without a key nothing is encrypted but by AWS', () => {
  const template = protectedShop();
  for (const { Properties } of Object.values(template.findResources('AWS::StepFunctions::StateMachine')))
    expect(Properties).not.toHaveProperty('EncryptionConfiguration');
  expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).not.toContain('kms:EncryptionContext');
});
