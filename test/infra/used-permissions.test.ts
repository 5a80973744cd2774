import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { beforeAll, expect, it } from 'vitest';
import { tasks } from '../../infra/tasks.ts';
import { Recovery } from '../../infra/recovery.ts';
import type { StateMachine } from '../../src/dsl/asl/machine.ts';
import type { PolicyDocument } from '../../src/dsl/asl/policy-document.ts';
import { RolePolicy } from '../../src/dsl/simulator/iam/role-policy.ts';
import { policyFromTemplate } from '../../src/dsl/simulator/iam/template/policy-from-template.ts';
import { resolve } from '../../src/dsl/simulator/iam/template/resolve.ts';
import { readTemplate, textOf } from '../../src/dsl/simulator/iam/template/template.ts';
import { NOTICE_TOPIC } from '../support/approver.ts';
import { checkFrozenHandler } from '../../src/tasks/check-frozen/handler.ts';
import type { EventBridge } from '../support/event-bridge.ts';
import { freshLedger } from '../support/fresh-ledger.ts';
import { functionArn } from '../support/lambda-application.ts';
import { LEDGER_TABLE } from '../support/ledger-table.ts';
import { recoveryWorld, type Disaster } from '../support/recovery-world.ts';
import { sensitiveItem, sensitiveItems } from '../support/sensitive-items.ts';
import { taskEnvironment } from '../support/task-environment.ts';
import { clientsUnder } from '../support/task-roles.ts';
import { writeMetrics } from '../support/write-metrics.ts';
import { arn, emptyStack, env } from './protected-shop.ts';

const ledger = freshLedger();
let template: Template;
beforeAll(async () => {
  const stack = emptyStack();
  const recovery = new Recovery(stack, 'Recovery', {
    prefix: 'ShopRecovery',
    tables: [
      { table: Table.fromTableName(stack, 'Orders', 'orders') },
      { table: Table.fromTableName(stack, 'Clients', 'clients'), sensitive: true },
    ],
    functions: { prefix: 'shop-' },
    alarmTopic: Topic.fromTopicArn(stack, 'Failures', NOTICE_TOPIC),
    encryptionKey: Key.fromKeyArn(stack, 'Key', arn('kms', 'key/11111111-2222-3333-4444-555555555555')),
    writeFence: true,
    pause: PAUSE,
  });
  template = Template.fromStack(Stack.of(recovery));
}, 60_000);

/** Of six items one is gone and four are spoilt; two are made up. */
/** The recovery begins at noon and ends before this. */
const expiring = {
  ...sensitiveItem(19),
  expiresAt: { N: String(Date.parse('2026-11-23T12:00:00Z') / 1000) },
};
const spoilt = {
  good: [...sensitiveItems(10, 15), expiring],
  damaged: [...sensitiveItems(11, 14, 'spoilt'), ...sensitiveItems(15, 17), expiring],
};
const SCHEDULE_ROLE = 'arn:aws:iam::123456789012:role/shop-scheduler';
const PAUSE = {
  pipes: ['shop-mails'],
  rules: ['shop-nightly', 'shop/orders'],
  schedules: ['shop/bills'],
  scheduleRoles: [SCHEDULE_ROLE],
};
const events = {
  pipes: [{ Name: 'shop-mails', CurrentState: 'RUNNING', DesiredState: 'RUNNING' }],
  rules: [
    { Name: 'shop-nightly', State: 'ENABLED', ScheduleExpression: 'rate(1 day)' },
    { Name: 'orders', EventBusName: 'shop', State: 'ENABLED' },
  ],
  schedules: [
    {
      Name: 'bills',
      GroupName: 'shop',
      State: 'ENABLED',
      ScheduleExpression: 'rate(1 day)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: 'arn:of:a:queue', RoleArn: SCHEDULE_ROLE },
    },
  ],
} satisfies Partial<EventBridge>;
const ownFunctions = tasks.map(({ taskName }) => `ShopRecovery-${taskName}`);
const mappings = { 'uuid-queue': { function: 'shop-mail', state: 'Enabled' } };

/** The policies of all roles, by the physical name of their machine or function; without one action, if it is said. */
function deployedPolicies(leftOut?: string): Record<string, RolePolicy> {
  const ids = ['AWS::Lambda::Function', 'AWS::StepFunctions::StateMachine'].flatMap((type) =>
    Object.entries(template.findResources(type)),
  );
  return Object.fromEntries(
    ids.map(([id, { Properties }]) => {
      const { FunctionName, StateMachineName } = Properties as Record<string, string>;
      const policy = JSON.stringify(policyFromTemplate(template.toJSON(), id, env))
        // The ledger of these tests has a name of its own.
        .replaceAll('table/ShopRecovery-ledger', `table/${LEDGER_TABLE}`)
        .replaceAll(JSON.stringify(leftOut ?? null), '"none:Such"');
      return [FunctionName ?? StateMachineName, new RolePolicy(JSON.parse(policy) as PolicyDocument)];
    }),
  );
}

/** The machines of the template, with its functions and machines in them. */
function deployedMachines(): Record<string, StateMachine> {
  const read = readTemplate(template.toJSON(), env);
  return Object.fromEntries(
    Object.values(template.findResources('AWS::StepFunctions::StateMachine')).map(({ Properties }) => {
      const definition = resolve(
        { 'Fn::Sub': [Properties.DefinitionString, Properties.DefinitionSubstitutions] },
        read,
        Properties.StateMachineName,
      );
      return [Properties.StateMachineName, JSON.parse(textOf(definition)) as StateMachine];
    }),
  );
}

/** The application after a disaster, and its recovery as the template deploys it, every role held to its policies. */
function deployedWorld(leftOut?: string) {
  const policies = deployedPolicies(leftOut);
  const machines = deployedMachines();
  const world = recoveryWorld(ledger, {
    tables: { orders: spoilt, clients: spoilt },
    functions: {
      'shop-orders': { timeout: 60, provisioned: { live: 2 } },
      'shop-mail': { reserved: 25 },
      ...Object.fromEntries(ownFunctions.map((name) => [name, {}])),
    },
    unprocessedEvery: 3,
    mappings,
    events,
    system: {
      pause: PAUSE,
      ownFunctions,
      tables: [
        { name: 'orders', forensicBackup: true, segments: 1, writeFence: true },
        { name: 'clients', sensitive: true, segments: 2, writeFence: true },
      ],
      fenceWriter: 'arn:aws:iam::123456789012:role/ResetSegment',
      sensitiveFenceWriter: 'arn:aws:iam::123456789012:role/ResetSensitiveSegment',
      copyReaders: ['arn:aws:iam::123456789012:role/ResetSensitiveSegment'],
    },
    policies: {
      clients: JSON.stringify({
        Statement: { Effect: 'Allow', Principal: '*', Action: 'dynamodb:GetItem', Resource: '*' },
      }),
    },
    deployment: {
      machines,
      nameOf: (name) => `ShopRecovery-${name}`,
      account: env.account,
      policies: Object.fromEntries(
        Object.entries(policies).filter(([name]) => Object.hasOwn(machines, name)),
      ),
      clientsOf: (task, clients) =>
        clientsUnder(clients, {
          task,
          policy: policies[`ShopRecovery-${task}`] as RolePolicy,
          contextOf: () => ({ 'lambda:FunctionArn': functionArn('shop-mail') }),
        }),
    },
  } satisfies Disaster);
  for (const table of world.tables.values()) table.timeToLive = 'expiresAt';
  return { world, policies };
}

/** What the schedule does. */
function checkFrozenUnder(policies: Record<string, RolePolicy>) {
  const environment = taskEnvironment(ledger);
  const clients = { ...environment, cloudwatch: writeMetrics(new Map(), () => environment.clock.now()) };
  const role = {
    task: 'CheckFrozen',
    policy: policies['ShopRecovery-CheckFrozen'] as RolePolicy,
    contextOf: () => ({}),
  };
  return checkFrozenHandler({ longestHours: 5 }, { ...environment, ...clientsUnder(clients, role) });
}

/** What no run has used, without what is for logs, traces and keys: the services need that, not the steps. */
const unusedIn = (policies: Record<string, RolePolicy>) =>
  Object.fromEntries(
    Object.entries(policies).flatMap(([name, policy]) => {
      const unused = policy
        .unused()
        .filter(({ action }) => !/^(kms|logs|xray):/.test(action))
        .map(({ action, resource }) => `${action} on ${resource.split(':').slice(5).join(':')}`);
      return unused.length === 0 ? [] : [[name.replace('ShopRecovery-', ''), unused]];
    }),
  );

const CHILDREN = ['RestoreTable', 'BackUpTable', 'ProveQuiet', 'ResetTable/', 'VerifyTable/'];

it('recovers under the roles that it is deployed with, stopped in every child and tried again, and uses what they allow', async () => {
  const { world, policies } = deployedWorld();
  const before = world.settings();
  for (const child of CHILDREN) {
    const running = world.start({}, ({ type }, { machineName }) => {
      if (machineName.startsWith(`ShopRecovery-${child}`) && /^(TaskStarted|WaitStateEntered)$/.test(type))
        running.stop();
    });
    expect(await world.clock.runUntil(running.result)).toMatchObject({ status: 'ABORTED' });
  }
  // Nobody thaws after a stop, which the schedule would come to see.
  await expect(checkFrozenUnder(policies)).resolves.toEqual({ frozen: 1 });
  // The lock of a recovery that was stopped does not keep a drill from practising, on the damage this time.
  expect(await world.drill({ restorePoint: '2026-11-22T11:45:00Z' })).toMatchObject({ status: 'SUCCEEDED' });
  world.person.asked = () =>
    void world.clock.schedule(world.clock.now() + 60_000, () => world.person.answer('Yes'));
  expect(await world.run({ approval: true })).toMatchObject({ status: 'SUCCEEDED' });
  expect(world.table('orders').items).toEqual(spoilt.good);
  expect(world.settings()).toEqual(before);
  expect(unusedIn(policies)).toEqual({
    // To give the lock back when the incident cannot be opened.
    AcquireLock: [`dynamodb:DeleteItem on table/${LEDGER_TABLE}`],
    // To see whether a freeze that stands too long waits for a person.
    CheckFrozen: [`dynamodb:GetItem on table/${LEDGER_TABLE}`],
    // To name the indexes that refuse items.
    PassGate: [`dynamodb:Query on table/${LEDGER_TABLE}`],
    // To look for a mapping that is no longer among those of its function.
    Freeze: ['lambda:GetEventSourceMapping on event-source-mapping:*'],
    Thaw: [
      'lambda:GetEventSourceMapping on event-source-mapping:*',
      // For what was off before and somebody has switched on.
      'pipes:StopPipe on pipe/shop-mails',
      'events:DisableRule on rule/shop-nightly',
      'events:DisableRule on rule/shop/orders',
      // A policy is put back, and where there was none it is taken away: these are the other table's.
      'dynamodb:DeleteResourcePolicy on table/clients',
      'dynamodb:PutResourcePolicy on table/orders',
    ],
    // A drill that ends well stops nothing.
    Drill: [
      'states:StopExecution on execution:ShopRecovery-PlanTable:*',
      'states:StopExecution on execution:ShopRecovery-RestoreTable:*',
    ],
    PlanTable: [
      'states:StopExecution on execution:ShopRecovery-PlanTable/*',
      'states:StopExecution on execution:ShopRecovery-PlanTable:*',
      'states:RedriveExecution on execution:ShopRecovery-PlanTable/*',
    ],
    // For a copy that could not be protected.
    RestoreTable: ['dynamodb:DeleteTable on table/rewind-*'],
    // For whoever redrives such a child by hand: a recovery starts it anew.
    ResetTable: ['states:RedriveExecution on execution:ShopRecovery-ResetTable/*'],
    VerifyTable: ['states:RedriveExecution on execution:ShopRecovery-VerifyTable/*'],
  });
  const asked = Object.values(policies);
  expect(asked.flatMap((policy) => [...policy.refused(), ...policy.unchecked()])).toEqual([]);
});

it('is undone when a role lacks what its steps need', async () => {
  const { world, policies } = deployedWorld('dynamodb:CreateBackup');
  const before = world.settings();
  const result = await world.run();
  expect(result).toMatchObject({ status: 'FAILED', error: 'DynamoDb.DynamoDbException' });
  expect(result.cause).toContain('is not authorized to perform: dynamodb:CreateBackup on resource');
  expect(world.settings()).toEqual(before);
  expect(policies['ShopRecovery-BackUpTable']?.refused()).toMatchObject([
    { action: 'dynamodb:CreateBackup' },
  ]);
});
