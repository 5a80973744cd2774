import { type CfnElement, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { beforeAll, describe, expect, test } from 'vitest';
import { Recovery } from '../../infra/recovery.ts';
import { tasks } from '../../infra/tasks.ts';
import { workflows } from '../../infra/workflows.ts';
import { seconds } from '../../src/dsl/authoring/duration.ts';
import { RecoverySystem } from '../../src/tasks/recovery-system.ts';
import { arn, emptyStack, protectedShop, shop } from './protected-shop.ts';
import { text } from './text.ts';

let template: Template;
beforeAll(() => {
  template = protectedShop({ reservedConcurrency: { Freeze: 1, Thaw: 1 } });
}, 60_000);

const propertiesOf = (type: string) =>
  Object.entries(template.findResources(type)).map(([id, { Properties }]) => ({
    id,
    properties: Properties as Record<string, unknown>,
  }));

const machines = () => propertiesOf('AWS::StepFunctions::StateMachine');
const functions = () => propertiesOf('AWS::Lambda::Function');

test('deploys every workflow exactly as it compiles', () => {
  const deployed = machines().map(({ properties }) => [
    properties.StateMachineName,
    JSON.parse(properties.DefinitionString as string),
  ]);
  expect(Object.fromEntries(deployed)).toEqual(
    Object.fromEntries(workflows.map(({ name, machine }) => [`ShopRecovery-${name}`, machine])),
  );
});

test('fills in every function and state machine that a definition names with the one of that name', () => {
  const names = new Map<string, unknown>([
    ...functions().map(({ id, properties }) => [`<${id}.Arn>`, properties.FunctionName] as const),
    ...machines().map(({ id, properties }) => [`<${id}>`, properties.StateMachineName] as const),
  ]);
  for (const { properties } of machines()) {
    const named = [...(properties.DefinitionString as string).matchAll(/\$\{([^}]*)\}/g)].map(
      (hit) => hit[1] ?? '',
    );
    const given = Object.entries(properties.DefinitionSubstitutions ?? {});
    expect([...new Set(named)].sort()).toEqual(given.map(([name]) => name).sort());
    for (const [name, value] of given) expect(names.get(text(value))).toBe(`ShopRecovery-${name}`);
  }
});

test('runs each task in a function with the timeout that its definition states', () => {
  const timeouts = functions().map(({ properties }) => [properties.FunctionName, properties.Timeout]);
  expect(Object.fromEntries(timeouts)).toEqual(
    Object.fromEntries(
      tasks.map(({ taskName, definition }) => [`ShopRecovery-${taskName}`, seconds(definition.timeout)]),
    ),
  );
});

test('gives the tasks the system as they read it, their own functions among what is never frozen', () => {
  for (const { properties } of functions()) {
    const { Variables } = properties.Environment as { Variables: Record<string, unknown> };
    expect(RecoverySystem.parse(JSON.parse(text(Variables.REWIND_SYSTEM)))).toEqual({
      ledgerTable: 'ShopRecovery-ledger',
      tables: [{ name: 'shop-orders' }, { name: 'shop-customers', forensicBackup: false }],
      functions: { prefix: 'shop-', names: ['legacy'], exclude: [arn('lambda', 'function:shop-status')] },
      noticeTopic: `<${propertiesOf('AWS::SNS::Topic')[0]?.id}>`,
      ownFunctions: functions()
        .map((one) => String(one.properties.FunctionName))
        .sort(),
    });
  }
});

test('tells the tasks which tables are fenced, by the table before the recovery, who writes on, and what else is asked for', () => {
  const stack = emptyStack();
  const own = shop(stack);
  const [orders, customers] = own.tables;
  const recovery = new Recovery(stack, 'Recovery', {
    ...own,
    tables: [orders, { ...customers, writeFence: false }],
    functions: { ...own.functions, readers: ['shop-get-*'] },
    writeFence: true,
    quietMinutes: 10,
    pause: { pipes: ['shop-mails'], rules: ['shop/orders'] },
    approval: { required: true, patience: Duration.hours(2) },
  });
  const [freeze] = Object.values(
    Template.fromStack(stack).findResources('AWS::Lambda::Function', {
      Properties: { FunctionName: 'ShopRecovery-Freeze' },
    }),
  );
  const role = stack.getLogicalId(
    recovery.functions.get('ResetSegment')?.role?.node.defaultChild as CfnElement,
  );
  const system = text(freeze?.Properties.Environment.Variables.REWIND_SYSTEM);
  expect(JSON.parse(system)).toMatchObject({
    tables: [{ name: 'shop-orders', writeFence: true }, { name: 'shop-customers' }],
    fenceWriter: `<${role}.Arn>`,
    pause: { pipes: ['shop-mails'], rules: ['shop/orders'] },
    quietMinutes: 10,
    functions: { readers: ['shop-get-*'] },
    approval: { required: true, hours: 2 },
  });
  expect(JSON.parse(system).tables[1]).not.toHaveProperty('writeFence');
});

test('tells the tasks which tables are sensitive and who reads their copies, and tells the owner the same roles', () => {
  const stack = emptyStack();
  const own = shop(stack);
  const [orders, customers] = own.tables;
  const recovery = new Recovery(stack, 'Recovery', {
    ...own,
    tables: [orders, { table: customers.table, sensitive: true }],
    encryptionKey: new Key(stack, 'Key'),
    restoredNameSuffix: '-DataEventsLog',
  });
  const made = Template.fromStack(stack);
  const [protect] = Object.values(
    made.findResources('AWS::Lambda::Function', { Properties: { FunctionName: 'ShopRecovery-ProtectCopy' } }),
  );
  const readers = ['PlanSensitiveSegment', 'ResetSensitiveSegment', 'VerifySensitiveSegment'].map((task) => {
    const role = recovery.functions.get(task)?.role?.node.defaultChild as CfnElement;
    return `<${stack.getLogicalId(role)}.Arn>`;
  });
  expect(JSON.parse(text(protect?.Properties.Environment.Variables.REWIND_SYSTEM))).toMatchObject({
    tables: [{ name: 'shop-orders' }, { name: 'shop-customers', sensitive: true, keyNamed: true }],
    copyReaders: readers,
    restoredNameSuffix: '-DataEventsLog',
  });
  expect(recovery.sensitiveItemReaders.map(({ roleArn }) => text(stack.resolve(roleArn)))).toEqual(readers);
  expect(recovery.itemReaders.filter((role) => recovery.sensitiveItemReaders.includes(role))).toEqual([]);
  const backedUp = Object.values(made.findResources('AWS::IAM::Policy')).filter(({ Properties }) =>
    JSON.stringify(Properties).includes('dynamodb:CreateBackup'),
  );
  expect(JSON.stringify(backedUp)).toContain('shop-orders');
  expect(JSON.stringify(backedUp)).not.toContain('shop-customers');
});

test('reserves concurrency only where it was asked for', () => {
  const reserved = functions()
    .filter(({ properties }) => properties.ReservedConcurrentExecutions !== undefined)
    .map(({ properties }) => [properties.FunctionName, properties.ReservedConcurrentExecutions]);
  expect(Object.fromEntries(reserved)).toEqual({ 'ShopRecovery-Freeze': 1, 'ShopRecovery-Thaw': 1 });
});

test('keeps the ledger whatever happens: restorable, protected from deletion, encrypted, and left when the stack goes', () => {
  const [ledger] = Object.values(template.findResources('AWS::DynamoDB::Table'));
  expect(ledger).toMatchObject({
    Properties: {
      TableName: 'ShopRecovery-ledger',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
      SSESpecification: { SSEEnabled: true },
    },
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
  });
});

test('logs every transition of a state machine, but none of its data', () => {
  for (const { properties } of machines()) {
    expect(properties.LoggingConfiguration).toMatchObject({ Level: 'ALL', IncludeExecutionData: false });
    expect(properties.StateMachineType).toBe('STANDARD');
  }
  const kept = propertiesOf('AWS::Logs::LogGroup').map(({ properties }) => properties.RetentionInDays);
  expect(kept).toEqual([365, 365]);
});

test('announces every end of a recovery but success, of the main state machine only', () => {
  const main = machines().find(({ properties }) => properties.StateMachineName === 'ShopRecovery-Rewind');
  const [topic] = propertiesOf('AWS::SNS::Topic');
  const [rule] = propertiesOf('AWS::Events::Rule');
  expect(rule?.properties).toMatchObject({
    EventPattern: {
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: [{ Ref: main?.id }], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
    },
    Targets: [{ Arn: { Ref: topic?.id } }],
    State: 'ENABLED',
  });
  const [policy] = propertiesOf('AWS::SNS::TopicPolicy');
  expect(policy?.properties.PolicyDocument).toMatchObject({
    Statement: expect.arrayContaining([
      expect.objectContaining({
        Action: 'sns:Publish',
        Effect: 'Allow',
        Principal: { Service: ['cloudwatch.amazonaws.com', 'events.amazonaws.com'] },
        Resource: { Ref: topic?.id },
      }),
    ]),
  });
});

interface Target {
  readonly InputTransformer: { InputPathsMap: Record<string, string>; InputTemplate: string };
}

test('says in the announcement what to do, with fields that the event has', () => {
  const targets = propertiesOf('AWS::Events::Rule').flatMap(
    ({ properties }) => properties.Targets as Target[],
  );
  const [{ InputPathsMap, InputTemplate } = { InputPathsMap: {}, InputTemplate: '""' }] = targets.map(
    ({ InputTransformer }) => InputTransformer,
  );
  const used = [...InputTemplate.matchAll(/<([^>]*)>/g)].map((hit) => hit[1] ?? '');
  expect([...new Set(used)].sort()).toEqual(Object.keys(InputPathsMap).sort());
  expect(Object.values(InputPathsMap).sort()).toEqual([
    '$.detail.executionArn',
    '$.detail.name',
    '$.detail.status',
    '$.time',
  ]);
  const message = JSON.parse(InputTemplate) as string;
  for (const words of [
    'cause',
    'start the machine again with the same incident id',
    'npx rewind status INCIDENT-ID --ledger ShopRecovery-ledger',
    'If it says that the incident is closed, the recovery is complete and nothing is left to do',
    'when its tables were proven and its thaw had begun, no table is written any more',
    'npx rewind thaw INCIDENT-ID --ledger ShopRecovery-ledger',
  ])
    expect(message).toContain(words);
});

describe('a drill by schedule', () => {
  const scheduled = () => {
    const stack = emptyStack();
    const props = shop(stack);
    const [orders] = props.tables;
    const drill = { schedule: Schedule.rate(Duration.days(30)), tables: [orders.table] };
    return Template.fromStack(Stack.of(new Recovery(stack, 'Recovery', { ...props, drill })));
  };
  /** All but the one that looks for standing freezes. */
  const rulesOf = (of: Template) =>
    Object.values(of.findResources('AWS::Events::Rule'))
      .map(({ Properties }) => Properties)
      .filter(({ ScheduleExpression }) => ScheduleExpression !== 'rate(15 minutes)');
  const drillOf = (of: Template) =>
    Object.entries(of.findResources('AWS::StepFunctions::StateMachine')).find(
      ([, { Properties }]) => Properties.StateMachineName === 'ShopRecovery-Drill',
    )?.[0];

  test('is not made unless it is asked for', () => {
    expect(rulesOf(template)).toHaveLength(1);
    expect(drillOf(template)).toBeDefined();
  });

  test('starts the drill of these tables, and announces every end but success', () => {
    const made = scheduled();
    const [notice, ...others] = rulesOf(made)
      .filter(({ EventPattern }) => EventPattern !== undefined)
      .reverse();
    const [schedule] = rulesOf(made).filter(({ ScheduleExpression }) => ScheduleExpression !== undefined);
    expect(others).toHaveLength(1);
    expect(schedule).toMatchObject({
      ScheduleExpression: 'rate(30 days)',
      State: 'ENABLED',
      Targets: [{ Arn: { Ref: drillOf(made) }, Input: '{"tables":["shop-orders"]}' }],
    });
    const drillNotice = [notice, ...others].find(({ EventPattern }) =>
      JSON.stringify(EventPattern).includes(drillOf(made) ?? 'no drill'),
    );
    expect(drillNotice).toMatchObject({
      EventPattern: { detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'] } },
      Targets: [
        {
          InputTransformer: {
            InputTemplate: expect.stringContaining('Nothing of the application was changed'),
          },
        },
      ],
    });
  });
});
