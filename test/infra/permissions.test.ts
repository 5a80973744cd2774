import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as events from '@aws-sdk/client-eventbridge';
import * as kms from '@aws-sdk/client-kms';
import * as lambda from '@aws-sdk/client-lambda';
import * as s3 from '@aws-sdk/client-s3';
import * as pipes from '@aws-sdk/client-pipes';
import * as tagging from '@aws-sdk/client-resource-groups-tagging-api';
import * as scheduler from '@aws-sdk/client-scheduler';
import * as sfn from '@aws-sdk/client-sfn';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { buildSync } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { entryOf } from '../../infra/bundle-tasks.ts';
import { tasksCalled, workflowsCalled } from '../../infra/called-names.ts';
import { Recovery } from '../../infra/recovery.ts';
import { tasks } from '../../infra/tasks.ts';
import { workflows } from '../../infra/workflows.ts';
import { arn, emptyStack, protectedShop, shop } from './protected-shop.ts';
import { allowedOn, roleStatements, type Statement } from './role-statements.ts';
import { text } from './text.ts';

let roles: Map<string, Statement[]>;
/** Of a recovery with functions in scope by tag and stack. */
let taggedRoles: Map<string, Statement[]>;
/** Of a recovery whose customers are sensitive. */
let sensitiveRoles: Map<string, Statement[]>;
beforeAll(() => {
  const bucket = Bucket.fromBucketName(emptyStack(), 'Reports', 'reports');
  roles = roleStatements(
    protectedShop({ writeFence: true, reportBucket: { bucket, prefix: 'shop' }, pause: PAUSE }),
  );
  taggedRoles = roleStatements(
    protectedShop({
      writeFence: true,
      reportBucket: { bucket, prefix: 'shop' },
      pause: PAUSE,
      functions: {
        names: ['legacy'],
        tags: [
          { key: 'app', value: 'shop' },
          { key: 'app', value: 'shop-admin' },
          { key: 'team', value: 'shop' },
        ],
        stacks: ['ShopStack'],
        exclude: [arn('lambda', 'function:shop-status')],
      },
    }),
  );
  const stack = emptyStack();
  const own = shop(stack);
  const [ordinary, customers] = own.tables;
  const encryptionKey = Key.fromKeyArn(stack, 'Key', arn('kms', 'key/11111111-2222-3333-4444-555555555555'));
  const recovery = new Recovery(stack, 'Recovery', {
    ...own,
    tables: [ordinary, { ...customers, sensitive: true }],
    encryptionKey,
  });
  sensitiveRoles = roleStatements(Template.fromStack(Stack.of(recovery)));
}, 60_000);

/** What a freeze pauses by name. */
const PAUSE = {
  pipes: ['shop-mails'],
  rules: ['shop-nightly', 'shop/orders'],
  schedules: ['shop/bills', 'shop-hourly'],
  scheduleRoles: ['arn:aws:iam::123456789012:role/shop-scheduler'],
};

const statementsOf = (name: string, of = roles) => of.get(`ShopRecovery-${name}`) ?? [];
const table = (name: string) => arn('dynamodb', `table/${name}`);
const orders = table('shop-orders');
const customers = table('shop-customers');
const restored = table('rewind-*');
const ledger = table('ShopRecovery-ledger');

const VIA = 'kms:ViaService';

const ITEM_WRITES = ['BatchWriteItem', 'DeleteItem', 'PutItem', 'UpdateItem'].map(
  (name) => `dynamodb:${name}`,
);

/** Calls of classes that a handler uses for others of their methods, and so never makes. */
const NEVER_MADE: Readonly<Record<string, readonly string[]>> = {
  CompareTables: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
  Freeze: [
    'dynamodb:DeleteResourcePolicy',
    'events:EnableRule',
    'lambda:DeleteFunctionConcurrency',
    'pipes:StartPipe',
  ],
  PassGate: ['dynamodb:DeleteItem', 'dynamodb:PutItem'],
  PlanSegment: ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem'],
  PlanSensitiveSegment: ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem'],
  Preflight: ['dynamodb:DeleteResourcePolicy', 'dynamodb:PutResourcePolicy'],
  Survey: [
    'lambda:DeleteFunctionConcurrency',
    'lambda:GetEventSourceMapping',
    'lambda:PutFunctionConcurrency',
    'lambda:UpdateEventSourceMapping',
  ],
  ProtectCopy: ['dynamodb:DeleteResourcePolicy'],
  Thaw: ['lambda:ListFunctions'],
  VerifySegment: ['dynamodb:DeleteItem', 'dynamodb:Query'],
  VerifySensitiveSegment: ['dynamodb:DeleteItem', 'dynamodb:Query'],
};

/** By the prefix of their actions in IAM. */
const CLIENTS = { dynamodb, events, kms, lambda, pipes, s3, scheduler, states: sfn, tag: tagging };

/** The IAM actions of the SDK commands in a task's code. */
function callsOf(task: string): string[] {
  const { outputFiles } = buildSync({
    entryPoints: [entryOf(task)],
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['@aws-sdk/*'],
    write: false,
  });
  const code = outputFiles.map((file) => file.text).join('\n');
  const commands = new Set([...code.matchAll(/new (\w+Command)\d*\(/g)].map((hit) => hit[1] ?? ''));
  return [...commands].map((command) => {
    const service = Object.entries(CLIENTS).find(([, client]) => command in client)?.[0];
    expect(service).toBeDefined();
    return `${service}:${command.replace(/Command$/, '')}`;
  });
}

test.each(tasks.map(({ taskName }) => taskName))(
  'lets %s make the calls of its code and no others',
  (task) => {
    const allowed = statementsOf(task, task.includes('Sensitive') ? sensitiveRoles : taggedRoles)
      // What DynamoDB does with keys on a caller's behalf is no call of his.
      .filter(({ effect, condition }) => effect === 'Allow' && !JSON.stringify(condition)?.includes(VIA))
      .flatMap(({ actions }) => actions)
      // Nor is that a role is passed on.
      .filter((action) => !/^(logs|xray):|^iam:PassRole$/.test(action));
    const calls = callsOf(task).filter((call) => !NEVER_MADE[task]?.includes(call));
    expect([...new Set(allowed)].sort()).toEqual(calls.sort());
  },
);

test('never allows a write to a table by a wildcard wider than the restored tables', () => {
  const writes = [...ITEM_WRITES, 'dynamodb:DeleteTable', 'dynamodb:RestoreTableToPointInTime'];
  for (const [role, statements] of roles)
    for (const write of writes)
      for (const resource of allowedOn(statements, write))
        expect([orders, customers, restored, ledger], `${role}: ${write}`).toContain(resource);
  for (const statement of [...roles.values()].flat())
    expect(statement.actions.filter((action) => action.endsWith('*') && !action.startsWith('kms:'))).toEqual(
      [],
    );
});

test('lets a reset write to the live tables, and to the restored ones never', () => {
  const reset = statementsOf('ResetSegment');
  expect(allowedOn(reset, 'dynamodb:BatchWriteItem')).toEqual([customers, orders]);
  expect(allowedOn(reset, 'dynamodb:Scan')).toEqual([restored, customers, orders]);
  for (const write of ITEM_WRITES) expect(allowedOn(reset, write)).not.toContain(restored);
});

test('lets no role read or write items of an ordinary table and of a sensitive one', () => {
  const reach = (task: string, action: string) => allowedOn(statementsOf(task, sensitiveRoles), action);
  for (const what of ['Plan', 'Reset', 'Verify'])
    for (const read of ['dynamodb:Scan', 'dynamodb:BatchGetItem']) {
      expect(reach(`${what}Segment`, read)).toEqual([restored, orders]);
      expect(reach(`${what}SensitiveSegment`, read)).toEqual([restored, customers]);
    }
  expect(reach('ResetSegment', 'dynamodb:BatchWriteItem')).toEqual([orders]);
  expect(reach('ResetSensitiveSegment', 'dynamodb:BatchWriteItem')).toEqual([customers]);
  const decrypting = (task: string) => allowedOn(statementsOf(task, sensitiveRoles), 'kms:Decrypt');
  expect(decrypting('ResetSensitiveSegment')).toContain(arn('kms', 'key/customers'));
  expect(decrypting('ResetSegment')).not.toContain(arn('kms', 'key/customers'));
  const others = [...sensitiveRoles].filter(([role]) => !/-(Plan|Reset|Verify)SensitiveSegment$/.test(role));
  const itemActions = [
    ...ITEM_WRITES,
    ...['Scan', 'BatchGetItem', 'GetItem', 'Query'].map((one) => `dynamodb:${one}`),
  ];
  for (const [, statements] of others)
    for (const action of itemActions) expect(allowedOn(statements, action)).not.toContain(customers);
});

test('lets no task but the reset write to a table that is not the ledger', () => {
  for (const { taskName } of tasks.filter((task) => task.taskName !== 'ResetSegment'))
    for (const write of ITEM_WRITES)
      expect([[], [ledger]], `${taskName}: ${write}`).toContainEqual(
        allowedOn(statementsOf(taskName), write),
      );
});

test('lets only a recovery, its restore and a drill delete tables: restored ones, and a live one by no means', () => {
  const deleting = [...roles].filter(
    ([, statements]) => allowedOn(statements, 'dynamodb:DeleteTable').length > 0,
  );
  expect(deleting.map(([name]) => name).sort()).toEqual([
    'ShopRecovery-Drill',
    'ShopRecovery-RestoreTable',
    'ShopRecovery-Rewind',
  ]);
  for (const name of ['Drill', 'RestoreTable', 'Rewind']) {
    expect(allowedOn(statementsOf(name), 'dynamodb:DeleteTable')).toEqual([restored]);
    const denied = statementsOf(name).filter(({ effect }) => effect === 'Deny');
    expect(denied).toMatchObject([{ actions: ['dynamodb:DeleteTable'] }]);
    expect([...(denied[0]?.resources ?? [])].sort()).toEqual([ledger, customers, orders].sort());
  }
});

test('lets nothing that a drill reaches change the application: no live table, no function, no mapping', () => {
  const compiled = new Map(workflows.map((workflow) => [workflow.name, workflow]));
  const reached = new Set<string>();
  const reach = (name: string): void => {
    const workflow = compiled.get(name);
    reached.add(name);
    if (!workflow) return;
    [...tasksCalled(workflow), ...workflowsCalled(workflow)].forEach(reach);
  };
  reach('Drill');
  expect([...reached].sort()).toEqual([
    'Drill',
    'PlanSegment',
    'PlanSensitiveSegment',
    'PlanTable',
    'PrepareDrill',
    'ProtectCopy',
    'ReportDrill',
    'RestoreTable',
  ]);
  const live = [orders, customers];
  const changes = /^(dynamodb:(BatchWrite|Put|Update|Delete|Create)|lambda:(Put|Update|Delete|Create))/;
  for (const name of reached)
    for (const { effect, actions, resources } of statementsOf(name)) {
      const changing = actions.filter((action) => changes.test(action));
      if (effect === 'Deny' || changing.length === 0) continue;
      expect(
        changing.filter((action) => action.startsWith('lambda:')),
        `${name}: elsewhere`,
      ).toEqual([]);
      expect(
        resources.filter((resource) => live.includes(resource)),
        `${name}: ${changing.join()}`,
      ).toEqual([]);
      expect(
        resources.filter((resource) => ![ledger, restored].includes(resource)),
        `${name}: elsewhere`,
      ).toEqual([]);
    }
});

test('restores from live tables only, and reads and writes nothing but the restored table', () => {
  const restore = statementsOf('RestoreTable');
  expect(allowedOn(restore, 'dynamodb:RestoreTableToPointInTime')).toEqual([customers, orders]);
  for (const action of ['BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'])
    expect(allowedOn(restore, `dynamodb:${action}`)).toEqual([restored]);
});

test('changes the policy of restored tables and of fenced ones, and of no other', () => {
  expect(allowedOn(statementsOf('ProtectCopy'), 'dynamodb:PutResourcePolicy')).toEqual([restored]);
  for (const task of ['Freeze', 'Thaw'])
    expect(allowedOn(statementsOf(task), 'dynamodb:PutResourcePolicy')).toEqual([customers, orders]);
});

test('switches the pipes, rules and schedules that are named, passes on the roles of those schedules, and no other', () => {
  const rules = [arn('events', 'rule/shop-nightly'), arn('events', 'rule/shop/orders')];
  const schedules = [
    arn('scheduler', 'schedule/default/shop-hourly'),
    arn('scheduler', 'schedule/shop/bills'),
  ];
  const switching: Readonly<Record<string, readonly string[]>> = {
    'pipes:StopPipe': [arn('pipes', 'pipe/shop-mails')],
    'events:DisableRule': rules,
    'scheduler:UpdateSchedule': schedules,
    'iam:PassRole': PAUSE.scheduleRoles,
  };
  for (const [action, resources] of Object.entries(switching)) {
    for (const task of ['Freeze', 'Thaw']) expect(allowedOn(statementsOf(task), action)).toEqual(resources);
    const others = [...roles].filter(([name]) => !/-(Freeze|Thaw)$/.test(name));
    expect(others.filter(([, statements]) => allowedOn(statements, action).length > 0)).toEqual([]);
  }
  const passing = ['Freeze', 'Thaw'].flatMap((task) =>
    statementsOf(task).filter(({ actions }) => actions.includes('iam:PassRole')),
  );
  for (const { condition } of passing)
    expect(condition).toEqual({ StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } });
  expect(allowedOn(statementsOf('Thaw'), 'events:EnableRule')).toEqual(rules);
  expect(allowedOn(statementsOf('Survey'), 'scheduler:GetSchedule')).toEqual(schedules);
});

test('puts reports under their prefix of their bucket, and nothing anywhere else', () => {
  const putting = [...roles].filter(([, statements]) => allowedOn(statements, 's3:PutObject').length > 0);
  expect(putting.map(([name]) => name)).toEqual(['ShopRecovery-ReportDrill', 'ShopRecovery-WriteReport']);
  for (const task of ['ReportDrill', 'WriteReport'])
    expect(allowedOn(statementsOf(task), 's3:PutObject')).toEqual(['arn:aws:s3:::reports/shop/*']);
});

test('looks at the keys of the tables, and at the AWS managed one of DynamoDB', () => {
  const looking = ['Preflight', 'PrepareDrill'].map((task) =>
    statementsOf(task)
      ?.filter(({ actions }) => actions.includes('kms:DescribeKey'))
      .filter(({ condition }) => !JSON.stringify(condition)?.includes(VIA))
      .map(({ resources, condition }) => [resources, condition]),
  );
  const managed = { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/aws/dynamodb' } };
  const expected = [
    [[arn('kms', 'key/customers')], undefined],
    [[arn('kms', 'key/*')], managed],
  ];
  expect(looking).toEqual([expected, expected]);
});

test('backs up no table of which no copy may be made', () => {
  expect(allowedOn(statementsOf('BackUpTable'), 'dynamodb:CreateBackup')).toEqual([orders]);
  expect(allowedOn(statementsOf('BackUpTable'), 'dynamodb:DescribeBackup')).toEqual([`${orders}/backup/*`]);
});

test('uses the customer managed key of a table through DynamoDB, in what restores and what reads it', () => {
  const key = arn('kms', 'key/customers');
  const users = [...roles].filter(([, statements]) => allowedOn(statements, 'kms:Decrypt').includes(key));
  expect(users.map(([name]) => name).sort()).toEqual([
    'ShopRecovery-PlanSegment',
    'ShopRecovery-ResetSegment',
    'ShopRecovery-RestoreTable',
    'ShopRecovery-VerifySegment',
  ]);
  expect(allowedOn(statementsOf('RestoreTable'), 'kms:CreateGrant')).toEqual([key]);
  const keyStatements = users
    .flatMap(([, statements]) => statements)
    .filter(({ actions }) => actions.includes('kms:Decrypt'));
  for (const { condition } of keyStatements) {
    const via = (condition as { StringEquals: Record<string, unknown> }).StringEquals['kms:ViaService'];
    expect(text(via)).toBe('dynamodb.<AWS::Region>.amazonaws.com');
  }
});

test('invokes, in each state machine, exactly the functions that its steps call', () => {
  for (const { name, machine } of workflows) {
    const invoked = [...JSON.stringify(machine).matchAll(/"FunctionName":"\$\{(\w+)\}"/g)].map(
      ([, task]) => task,
    );
    expect(allowedOn(statementsOf(name), 'lambda:InvokeFunction')).toEqual(
      [...new Set(invoked)].map((task) => arn('lambda', `function:ShopRecovery-${task}`)).sort(),
    );
  }
});

test('lets a parent start, watch and stop its children, and learn of their end', () => {
  const main = statementsOf('Rewind');
  const children = ['BackUpTable', 'ProveQuiet', 'ResetTable', 'RestoreTable', 'VerifyTable'];
  expect(allowedOn(main, 'states:StartExecution')).toEqual(
    children.map((name) => arn('states', `stateMachine:ShopRecovery-${name}`)),
  );
  for (const action of ['states:DescribeExecution', 'states:StopExecution'])
    expect(allowedOn(main, action)).toEqual(
      children.map((name) => arn('states', `execution:ShopRecovery-${name}:*`)),
    );
  for (const action of ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'])
    expect(allowedOn(main, action)).toEqual([
      arn('events', 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule'),
    ]);
});

test('lets a machine with a distributed map start, watch, stop and redrive children of its own', () => {
  for (const name of ['PlanTable', 'ResetTable', 'VerifyTable']) {
    expect(allowedOn(statementsOf(name), 'states:StartExecution')).toEqual([
      arn('states', `stateMachine:ShopRecovery-${name}`),
    ]);
    for (const action of ['states:DescribeExecution', 'states:StopExecution'])
      expect(allowedOn(statementsOf(name), action)).toEqual([
        arn('states', `execution:ShopRecovery-${name}/*`),
        arn('states', `execution:ShopRecovery-${name}:*`),
      ]);
    expect(allowedOn(statementsOf(name), 'states:RedriveExecution')).toEqual([
      arn('states', `execution:ShopRecovery-${name}/*`),
    ]);
  }
});

test('freezes and thaws functions and mappings of the scope only', () => {
  const scope = ['legacy', 'shop-*'].map((name) => arn('lambda', `function:${name}`));
  for (const task of ['Freeze', 'Thaw']) {
    expect(allowedOn(statementsOf(task), 'lambda:PutFunctionConcurrency')).toEqual(scope);
    const switching = statementsOf(task).find(({ actions }) =>
      actions.includes('lambda:UpdateEventSourceMapping'),
    );
    expect(JSON.stringify(switching?.condition)).toContain('shop-*:*');
    expect(switching).toMatchObject({
      resources: [arn('lambda', 'event-source-mapping:*')],
      condition: { ArnLike: { 'lambda:FunctionArn': expect.any(Array) } },
    });
  }
  expect(allowedOn(statementsOf('Thaw'), 'lambda:DeleteFunctionConcurrency')).toEqual(scope);
});

test('cannot freeze its own functions nor those that were excluded, whatever the prefix takes in', () => {
  const denied = statementsOf('Freeze').filter(({ effect }) => effect === 'Deny');
  expect(denied).toMatchObject([
    { actions: ['lambda:PutFunctionConcurrency'] },
    { actions: ['lambda:DeleteProvisionedConcurrencyConfig'] },
    {
      actions: ['lambda:UpdateEventSourceMapping'],
      condition: {
        ArnLike: {
          'lambda:FunctionArn': [
            arn('lambda', 'function:shop-status'),
            arn('lambda', 'function:shop-status:*'),
          ],
        },
      },
    },
  ]);
  const alive = [
    arn('lambda', 'function:shop-status'),
    ...tasks.map(({ taskName }) => arn('lambda', `function:ShopRecovery-${taskName}`)),
  ];
  expect([...(denied[0]?.resources ?? [])].sort()).toEqual([...alive].sort());
  expect([...(denied[1]?.resources ?? [])].sort()).toEqual(alive.map((own) => `${own}:*`).sort());
});

describe('a scope of tags and stacks', () => {
  const every = arn('lambda', 'function:*');
  const legacy = arn('lambda', 'function:legacy');
  const stopping = (task: string, action: string) =>
    statementsOf(task, taggedRoles)
      .filter(({ effect, actions }) => effect === 'Allow' && actions.includes(action))
      .map(({ resources, condition }) => [resources.join(), condition]);

  test('lets the freeze stop functions that have one of the tags, and those that are named', () => {
    expect(stopping('Freeze', 'lambda:PutFunctionConcurrency')).toEqual([
      [legacy, undefined],
      [every, { StringEquals: { 'aws:ResourceTag/app': ['shop', 'shop-admin'] } }],
      [every, { StringEquals: { 'aws:ResourceTag/team': ['shop'] } }],
      [every, { StringEquals: { 'aws:ResourceTag/aws:cloudformation:stack-name': ['ShopStack'] } }],
    ]);
  });

  test('lets the freeze see, and the thaw put back, also functions whose tag is gone by then', () => {
    expect(stopping('Freeze', 'lambda:GetFunction')).toEqual([[every, undefined]]);
    for (const action of ['PutFunctionConcurrency', 'DeleteFunctionConcurrency', 'GetFunction'])
      expect(stopping('Thaw', `lambda:${action}`)).toEqual([[every, undefined]]);
  });

  test('lets mappings of any function be switched, which no tag can narrow, but not those of what is excluded', () => {
    const mappings = { 'lambda:FunctionArn': [every, `${every}:*`] };
    for (const task of ['Freeze', 'Thaw'])
      expect(stopping(task, 'lambda:UpdateEventSourceMapping')).toEqual([
        [arn('lambda', 'event-source-mapping:*'), { ArnLike: mappings }],
      ]);
    const denied = statementsOf('Freeze', taggedRoles).filter(({ effect }) => effect === 'Deny');
    expect(denied.map(({ actions }) => actions.join())).toEqual([
      'lambda:PutFunctionConcurrency',
      'lambda:DeleteProvisionedConcurrencyConfig',
      'lambda:UpdateEventSourceMapping',
    ]);
    expect(denied[0]?.resources).toContain(arn('lambda', 'function:ShopRecovery-Freeze'));
  });

  test('is what alone lets a task ask for tags', () => {
    for (const task of ['Freeze', 'Survey']) {
      expect(allowedOn(statementsOf(task, taggedRoles), 'tag:GetResources')).toEqual(['*']);
      expect(allowedOn(statementsOf(task), 'tag:GetResources')).toEqual([]);
    }
  });
});

test('writes to its log group and no other', () => {
  for (const { taskName } of tasks)
    for (const action of ['logs:CreateLogStream', 'logs:PutLogEvents'])
      expect(allowedOn(statementsOf(taskName), action)).toEqual([
        expect.stringMatching(/^<RecoveryTaskLogs\w+\.Arn>$/),
      ]);
});
