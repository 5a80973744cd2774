import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { beforeAll, expect, test } from 'vitest';
import { Recovery } from '../../infra/recovery.ts';
import { emptyStack } from './protected-shop.ts';
import { allowedOn, roleStatements } from './role-statements.ts';

let template: Template;
beforeAll(() => {
  const stack = emptyStack();
  const partitionKey = { name: 'id', type: AttributeType.STRING };
  const orders = new Table(stack, 'Orders', {
    partitionKey,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: new Key(stack, 'OrdersKey'),
  });
  const ordering = new LambdaFunction(stack, 'Ordering', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => {};'),
    environment: { TABLE: orders.tableName },
  });
  orders.grantReadWriteData(ordering);
  const recovery = new Recovery(stack, 'Recovery', {
    tables: [{ table: orders }],
    functions: { names: [ordering.functionName] },
    alarmTopic: new Topic(stack, 'OnCall'),
    encryptionKey: new Key(stack, 'RecoveryKey'),
  });
  // Fails when resources depend on each other in a circle.
  template = Template.fromStack(Stack.of(recovery));
}, 60_000);

const idOf = (type: string, start: string) =>
  Object.keys(template.findResources(type)).find((id) => id.startsWith(start));

test('fits into the stack of the application, whose names are known at deploy only', () => {
  const orders = `<${idOf('AWS::DynamoDB::Table', 'Orders')}.Arn>`;
  const roles = roleStatements(template);
  expect(allowedOn(roles.get('Rewind-ResetSegment'), 'dynamodb:BatchWriteItem')).toEqual([orders]);
  expect(allowedOn(roles.get('Rewind-RestoreTable'), 'kms:CreateGrant')).toEqual([
    `<${idOf('AWS::KMS::Key', 'OrdersKey')}.Arn>`,
  ]);
});

test('encrypts the ledger and both logs with the key it is given, and lets the logs use it', () => {
  const KmsKeyId = { 'Fn::GetAtt': [idOf('AWS::KMS::Key', 'RecoveryKey'), 'Arn'] };
  const ledgers = Object.values(template.findResources('AWS::DynamoDB::Table')).filter(
    ({ Properties }) => Properties.TableName === 'Rewind-ledger',
  );
  expect(ledgers).toMatchObject([
    { Properties: { SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: KmsKeyId } } },
  ]);
  const groups = Object.values(template.findResources('AWS::Logs::LogGroup')).filter(({ Properties }) =>
    String(Properties.LogGroupName).endsWith('/Rewind'),
  );
  expect(groups.map(({ Properties }) => Properties.KmsKeyId as unknown)).toEqual([KmsKeyId, KmsKeyId]);
  const key = template.findResources('AWS::KMS::Key')[idOf('AWS::KMS::Key', 'RecoveryKey') ?? ''];
  const policy = JSON.stringify(key?.Properties.KeyPolicy);
  expect(policy).toContain('["logs.",{"Ref":"AWS::Region"},".amazonaws.com"]');
  expect(policy).toContain(':log-group:/aws/lambda/Rewind"');
  expect(policy).toContain(':log-group:/aws/vendedlogs/states/Rewind"');
});

test('lets every machine, and every task that uses the ledger, use the key of both', () => {
  const key = `<${idOf('AWS::KMS::Key', 'RecoveryKey')}.Arn>`;
  const without = [...roleStatements(template)]
    .filter(
      ([name, statements]) =>
        name.startsWith('Rewind-') && !allowedOn(statements, 'kms:Decrypt').includes(key),
    )
    .map(([name]) => name);
  expect(without.sort()).toEqual(['Rewind-CheckUndoable', 'Rewind-ProtectCopy']);
});

test('announces failures to the topic it is given and makes none of its own', () => {
  expect(Object.keys(template.findResources('AWS::SNS::Topic'))).toEqual([idOf('AWS::SNS::Topic', 'OnCall')]);
  const [rule] = Object.values(template.findResources('AWS::Events::Rule'));
  expect(rule?.Properties.Targets).toMatchObject([{ Arn: { Ref: idOf('AWS::SNS::Topic', 'OnCall') } }]);
});
