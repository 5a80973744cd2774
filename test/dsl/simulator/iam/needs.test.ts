import { expect, it } from 'vitest';
import type { Json } from '../../../../src/dsl/asl/machine.ts';
import { needsOfCall } from '../../../../src/dsl/simulator/iam/needs/needs-of-call.ts';
import { parseTaskResource } from '../../../../src/dsl/simulator/task-resource.ts';

const place = {
  account: '111111111111',
  region: 'eu-west-1',
  machineArn: 'arn:aws:states:eu-west-1:111111111111:stateMachine:Main',
};
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111111111111:${resource}`;
const table = (name: string) => arn('dynamodb', `table/${name}`);

/** `<action> on <resource>`, and what the context has beyond the usual. */
const needsOf = (resource: string, args: Json): readonly string[] => {
  const whole = resource.startsWith('arn:') ? resource : `arn:aws:states:::${resource}`;
  return needsOfCall(parseTaskResource(whole, 'S'), args, place).map(({ action, anyOf, context = {} }) => {
    const given = Object.entries(context).filter(([, value]) => value.length > 0);
    const told = given.length === 0 ? '' : ` with ${given.map((pair) => pair.join('=')).join()}`;
    return `${action} on ${anyOf[0] ?? '?'}${told}`;
  });
};

it.each<[string, Json, readonly string[]]>([
  ['aws-sdk:pipes:stopPipe', { Name: 'mails' }, [`pipes:StopPipe on ${arn('pipes', 'pipe/mails')}`]],
  [
    'aws-sdk:scheduler:getSchedule',
    { Name: 'bills' },
    [`scheduler:GetSchedule on ${arn('scheduler', 'schedule/default/bills')}`],
  ],
  [
    'aws-sdk:eventbridge:listTargetsByRule',
    { Rule: 'orders', EventBusName: 'shop' },
    [`events:ListTargetsByRule on ${arn('events', 'rule/shop/orders')}`],
  ],
  [
    'lambda:invoke',
    { FunctionName: '${Pay}' },
    [`lambda:InvokeFunction on ${arn('lambda', 'function:Pay')}`],
  ],
  [
    'lambda:invoke',
    { FunctionName: 'pay:live' },
    [`lambda:InvokeFunction on ${arn('lambda', 'function:pay:live')}`],
  ],
  [
    'lambda:invoke.waitForTaskToken',
    { FunctionName: arn('lambda', 'function:pay'), Qualifier: '3' },
    [`lambda:InvokeFunction on ${arn('lambda', 'function:pay:3')}`],
  ],
  [
    'lambda:invoke',
    { FunctionName: '222222222222:function:pay' },
    ['lambda:InvokeFunction on arn:aws:lambda:eu-west-1:222222222222:function:pay'],
  ],
  [arn('lambda', 'function:pay:7'), {}, [`lambda:InvokeFunction on ${arn('lambda', 'function:pay:7')}`]],
  [arn('states', 'activity:pick'), {}, []],
  [
    'aws-sdk:lambda:updateEventSourceMapping',
    { Uuid: 'm-1', FunctionName: 'pay' },
    [
      `lambda:UpdateEventSourceMapping on ${arn('lambda', 'event-source-mapping:m-1')} with ` +
        `lambda:FunctionArn=${arn('lambda', 'function:pay')}`,
    ],
  ],
  ['aws-sdk:lambda:listFunctions', {}, ['lambda:ListFunctions on *']],
  [
    'aws-sdk:lambda:createFunction',
    { FunctionName: 'pay', Role: 'arn:aws:iam::111111111111:role/pay' },
    [
      `lambda:CreateFunction on ${arn('lambda', 'function:pay')}`,
      'iam:PassRole on arn:aws:iam::111111111111:role/pay with iam:PassedToService=lambda.amazonaws.com',
    ],
  ],
  [
    'states:startExecution',
    { StateMachineArn: '${Child}' },
    [`states:StartExecution on ${arn('states', 'stateMachine:Child')}`],
  ],
  [
    'aws-sdk:sfn:startExecution',
    { StateMachineArn: arn('states', 'stateMachine:Child:PROD') },
    [
      `states:StartExecution on ${arn('states', 'stateMachine:Child')} with states:StateMachineQualifier=PROD`,
    ],
  ],
  [
    'aws-sdk:sfn:stopExecution',
    { ExecutionArn: arn('states', 'execution:Child:x') },
    [`states:StopExecution on ${arn('states', 'execution:Child:x')}`],
  ],
  ['aws-sdk:sfn:sendTaskSuccess', { TaskToken: 't', Output: '1' }, ['states:SendTaskSuccess on ?']],
  [
    'dynamodb:getItem',
    { TableName: 'orders', Key: { id: { S: 'o-7' } } },
    [`dynamodb:GetItem on ${table('orders')} with dynamodb:LeadingKeys=o-7`],
  ],
  [
    'dynamodb:putItem',
    { TableName: 'arn:aws:dynamodb:eu-west-1:2:table/orders' },
    ['dynamodb:PutItem on arn:aws:dynamodb:eu-west-1:2:table/orders'],
  ],
  [
    'aws-sdk:dynamodb:query',
    { TableName: 'orders', IndexName: 'byDay' },
    [`dynamodb:Query on ${table('orders/index/byDay')}`],
  ],
  [
    'aws-sdk:dynamodb:batchWriteItem',
    { RequestItems: { orders: [], clients: [] } },
    [`dynamodb:BatchWriteItem on ${table('orders')}`, `dynamodb:BatchWriteItem on ${table('clients')}`],
  ],
  [
    'aws-sdk:dynamodb:transactWriteItems',
    { TransactItems: [{ Put: { TableName: 'orders' } }, { ConditionCheck: { TableName: 'clients' } }] },
    [`dynamodb:PutItem on ${table('orders')}`, `dynamodb:ConditionCheckItem on ${table('clients')}`],
  ],
  [
    'aws-sdk:dynamodb:restoreTableToPointInTime',
    { SourceTableArn: table('orders'), TargetTableName: 'copy' },
    [
      `dynamodb:RestoreTableToPointInTime on ${table('orders')}`,
      ...['BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'].map(
        (action) => `dynamodb:${action} on ${table('copy')}`,
      ),
    ],
  ],
  [
    'aws-sdk:dynamodb:describeBackup',
    { BackupArn: table('orders/backup/01') },
    [`dynamodb:DescribeBackup on ${table('orders/backup/01')}`],
  ],
  ['aws-sdk:dynamodb:listTables', {}, ['dynamodb:ListTables on *']],
  [
    'aws-sdk:dynamodb:describeGlobalTable',
    { GlobalTableName: 'orders' },
    ['dynamodb:DescribeGlobalTable on arn:aws:dynamodb::111111111111:global-table/orders'],
  ],
  [
    'aws-sdk:dynamodb:executeStatement',
    { Statement: 'update "orders" set n=1' },
    ['dynamodb:PartiQLUpdate on ?'],
  ],
  ['sns:publish', { TopicArn: arn('sns', 'told') }, [`sns:Publish on ${arn('sns', 'told')}`]],
  ['sns:publish', { PhoneNumber: '+1' }, ['sns:Publish on *']],
  [
    'sqs:sendMessage',
    { QueueUrl: 'https://sqs.us-west-2.amazonaws.com/222222222222/work' },
    ['sqs:SendMessage on arn:aws:sqs:us-west-2:222222222222:work'],
  ],
  [
    'events:putEvents',
    { Entries: [{ Source: 'shop', DetailType: 'paid' }, { EventBusName: arn('events', 'event-bus/own') }] },
    [
      `events:PutEvents on ${arn('events', 'event-bus/default')} with events:source=shop,events:detail-type=paid`,
      `events:PutEvents on ${arn('events', 'event-bus/own')}`,
    ],
  ],
  [
    'aws-sdk:eventbridge:disableRule',
    { Name: 'nightly' },
    [`events:DisableRule on ${arn('events', 'rule/nightly')}`],
  ],
  ['aws-sdk:s3:putObject', { Bucket: 'b', Key: 'in/a' }, ['s3:PutObject on arn:aws:s3:::b/in/a']],
  ['aws-sdk:s3:headObject', { Bucket: 'b', Key: 'a' }, ['s3:GetObject on arn:aws:s3:::b/a']],
  [
    'aws-sdk:s3:listObjectsV2',
    { Bucket: 'b', Prefix: 'in/' },
    ['s3:ListBucket on arn:aws:s3:::b with s3:prefix=in/'],
  ],
  [
    'aws-sdk:s3:copyObject',
    { Bucket: 'b', Key: 'a', CopySource: '/from/the%20key' },
    ['s3:GetObject on arn:aws:s3:::from/the key', 's3:PutObject on arn:aws:s3:::b/a'],
  ],
  [
    'aws-sdk:s3:deleteObjects',
    { Bucket: 'b', Delete: { Objects: [{ Key: '1' }, { Key: '2' }] } },
    ['s3:DeleteObject on arn:aws:s3:::b/1', 's3:DeleteObject on arn:aws:s3:::b/2'],
  ],
  ['aws-sdk:kms:decrypt', { KeyId: 'k-1' }, [`kms:Decrypt on ${arn('kms', 'key/k-1')}`]],
  ['aws-sdk:kms:encrypt', { KeyId: 'alias/own' }, ['kms:Encrypt on ?']],
  [
    'aws-sdk:cloudwatch:putMetricData',
    { Namespace: 'Shop' },
    ['cloudwatch:PutMetricData on * with cloudwatch:namespace=Shop'],
  ],
  [
    'http:invoke',
    {
      ApiEndpoint: 'https://shop.test',
      Method: 'GET',
      Authentication: { ConnectionArn: arn('events', 'connection/c/1') },
    },
    [
      `states:InvokeHTTPEndpoint on ${place.machineArn} with states:HTTPEndpoint=https://shop.test,states:HTTPMethod=GET`,
      `events:RetrieveConnectionCredentials on ${arn('events', 'connection/c/1')}`,
      'secretsmanager:GetSecretValue on ?',
      'secretsmanager:DescribeSecret on ?',
    ],
  ],
  ['glue:startJobRun.sync', { JobName: 'j' }, ['glue:StartJobRun on ?']],
  ['aws-sdk:cloudwatchlogs:createLogStream', {}, ['logs:CreateLogStream on ?']],
])('%s with %j needs what AWS asks for', (resource, args, expected) => {
  expect(needsOf(resource, args)).toEqual(expected);
});
