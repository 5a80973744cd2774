import type { SFN } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { integration } from '../../../src/dsl/authoring/integrations/integration.ts';
import { sqs } from '../../../src/dsl/authoring/integrations/sqs.ts';
import { csvItems, listedItems } from '../../../src/dsl/authoring/item-source.ts';
import { awsSdk } from '../../../src/dsl/authoring/sdk.ts';
import { workflow } from '../../../src/dsl/authoring/workflow.ts';
import { compile } from '../../../src/dsl/compiler/compile.ts';
import type { Statement } from '../../../src/dsl/compiler/permissions/statement.ts';
import { equals } from '../../../src/dsl/expression/comparison.ts';
import { concat } from '../../../src/dsl/expression/text.ts';
import { allWorkflows } from '../../../src/workflow/all-workflows.ts';
import { dynamodb, lambda } from '../../support/aws-services.ts';
import { begin, number, statesOf } from '../../support/compiled-workflow.ts';
import { permissionsUsed } from '../../support/permissions-used.ts';

const [one, two, three] = [number('One'), number('Two'), number('Three')] as const;
const child = begin('Child', '1 hour').returns(() => ({ value: 1 }));
const sfn = awsSdk<SFN>('sfn');

const permissionsOf = (subject: Parameters<typeof compile>[0]): readonly Statement[] =>
  compile(subject).permissions;

const ANY = [{ kind: 'any' }];
const events =
  'arn:${Partition}:events:${Region}:${Account}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule';
const table = (name: string) => [
  { kind: 'arn', arn: `arn:\${Partition}:dynamodb:\${Region}:\${Account}:table/${name}` },
];

/** The workflow of one call, which `end` gives no further part. */
const calling = (call: Parameters<ReturnType<typeof begin>['run']>[1]) =>
  begin()
    .run('called', call)
    .returns(() => ({ value: 1 }));

describe('the permissions of a workflow', () => {
  it('are none for what calls nothing', () => {
    const subject = begin()
      .forEach('all', { of: ({ input }) => input.list, as: 'x', atOnce: 1, do: (each) => each })
      .returns(() => ({ value: 1 }));
    expect(permissionsOf(subject)).toEqual([]);
  });

  it('are to assume the role that a call is made under, and nothing that it does then', async () => {
    const role = 'arn:aws:iam::111111111111:role/Partner';
    const subject = begin()
      .run('first', ({ input }) => one({ n: input.n }), { role: () => role })
      .run('second', () => dynamodb.describeTable({ TableName: 'orders' }), {
        role: ({ input }) => concat('arn:aws:iam::', input.n, ':role/Partner'),
      })
      .returns(() => ({ value: 1 }));
    expect(statesOf(subject)).toMatchObject({
      First: { Credentials: { RoleArn: role } },
      Second: { Credentials: { RoleArn: '{% "" & "arn:aws:iam::" & $input.n & ":role/Partner" %}' } },
    });
    expect(permissionsOf(subject)).toEqual([{ actions: ['sts:AssumeRole'], resources: [{ kind: 'any' }] }]);
    const alone = begin()
      .run('first', ({ input }) => one({ n: input.n }), { role: () => role })
      .returns(() => ({ value: 1 }));
    expect(permissionsOf(alone)).toEqual([
      { actions: ['sts:AssumeRole'], resources: [{ kind: 'arn', arn: role }] },
    ]);
  });

  it('are one statement for all functions, of undos and inner steps too', () => {
    const subject = begin()
      .run('first', ({ input }) => two({ n: input.n }), { undo: ({ input }) => three({ n: input.n }) })
      .choose('way', (ways) =>
        ways
          .when(
            'some',
            ({ input }) => equals(input.n, 1),
            (way) => way.run('inWay', ({ input }) => one({ n: input.n })),
          )
          .otherwise((way) => way.start('again', ({ input }) => two({ n: input.n }))),
      )
      .returns(() => ({ value: 1 }));
    expect(permissionsOf(subject)).toEqual([
      {
        actions: ['lambda:InvokeFunction'],
        resources: [
          { kind: 'task', name: 'One' },
          { kind: 'task', name: 'Three' },
          { kind: 'task', name: 'Two' },
        ],
      },
    ]);
  });

  it('let a parent watch and stop a child that it waits for', () => {
    expect(permissionsOf(calling(() => child({ n: 1, list: [] })))).toEqual([
      {
        actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
        resources: [{ kind: 'arn', arn: events }],
      },
      {
        actions: ['states:DescribeExecution', 'states:StopExecution'],
        resources: [{ kind: 'executions', of: 'Child' }],
      },
      { actions: ['states:StartExecution'], resources: [{ kind: 'machine', name: 'Child' }] },
    ]);
  });

  it('let it only start a child that it does not wait for', () => {
    const subject = begin()
      .start('begun', () => child({ n: 1, list: [] }))
      .returns(() => ({ value: 1 }));
    expect(permissionsOf(subject)).toEqual([
      { actions: ['states:StartExecution'], resources: [{ kind: 'machine', name: 'Child' }] },
    ]);
  });

  it('of a callback are those of its call', () => {
    const subject = begin()
      .callback(
        'asked',
        (_scope, token) =>
          sqs.sendMessage({
            QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/asks',
            MessageBody: { token },
          }),
        { answer: z.object({ ok: z.boolean() }), giveUpAfter: '1 hour' },
      )
      .returns(() => ({ value: 1 }));
    expect(permissionsOf(subject)).toEqual([
      {
        actions: ['sqs:SendMessage'],
        resources: [{ kind: 'arn', arn: 'arn:aws:sqs:us-east-1:123456789012:asks' }],
      },
    ]);
  });

  it("of an integration are the author's own", () => {
    const job = integration('glue:startJobRun.sync', {
      arguments: { JobName: 'nightly' },
      result: z.object({ JobRunState: z.string() }),
      timeout: '1 hour',
      permissions: [
        { actions: ['glue:StartJobRun', 'glue:BatchStopJobRun', 'glue:GetJobRun'], resources: ['*'] },
        { actions: ['kms:Decrypt'], resources: ['arn:${Partition}:kms:${Region}:${Account}:key/k'] },
      ],
    });
    expect(permissionsOf(calling(() => job))).toEqual([
      { actions: ['glue:BatchStopJobRun', 'glue:GetJobRun', 'glue:StartJobRun'], resources: ANY },
      {
        actions: ['kms:Decrypt'],
        resources: [{ kind: 'arn', arn: 'arn:${Partition}:kms:${Region}:${Account}:key/k' }],
      },
    ]);
  });
});

describe('the permissions of an SDK call', () => {
  it.each([
    [
      'any resource that the input names',
      () => lambda.getFunction({ FunctionName: 'shop' }),
      ['lambda:GetFunction'],
      ANY,
    ],
    [
      "IAM's own name of the action",
      () => lambda.invoke({ FunctionName: 'shop' }),
      ['lambda:InvokeFunction'],
      ANY,
    ],
    ["IAM's own name of the service", () => sfn.listStateMachines({}), ['states:ListStateMachines'], ANY],
    [
      'what has its ARN written out',
      () =>
        sfn.describeExecution({ executionArn: 'arn:aws:states:us-east-1:123456789012:execution:Shop:one' }),
      ['states:DescribeExecution'],
      [{ kind: 'arn', arn: 'arn:aws:states:us-east-1:123456789012:execution:Shop:one' }],
    ],
    [
      'a table by its name',
      () => dynamodb.describeTable({ TableName: 'orders' }),
      ['dynamodb:DescribeTable'],
      table('orders'),
    ],
    [
      'an index by its name',
      () => dynamodb.query({ TableName: 'orders', IndexName: 'byDay' }),
      ['dynamodb:Query'],
      table('orders/index/byDay'),
    ],
    [
      'the parts of a transaction',
      () => dynamodb.transactWriteItems({ TransactItems: [] }),
      ['dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      ANY,
    ],
    [
      'any table for more than reading and writing it',
      () => dynamodb.createBackup({ TableName: 'orders', BackupName: 'b' }),
      ['dynamodb:CreateBackup'],
      ANY,
    ],
    [
      'what the author says',
      () =>
        lambda.getFunction(
          { FunctionName: 'shop' },
          { resources: ['arn:${Partition}:lambda:*:*:function:shop'] },
        ),
      ['lambda:GetFunction'],
      [{ kind: 'arn', arn: 'arn:${Partition}:lambda:*:*:function:shop' }],
    ],
  ] as const)('are for %s', (...[, call, actions, resources]) => {
    expect(permissionsOf(calling(call))).toEqual([{ actions, resources }]);
  });

  it('are for a restore, and for what it does to the table that it makes', () => {
    const restoring = ['BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'];
    const restore = calling(() =>
      dynamodb.restoreTableToPointInTime({ SourceTableName: 'orders', TargetTableName: 'new' }),
    );
    expect(permissionsOf(restore)).toEqual([
      { actions: restoring.map((action) => `dynamodb:${action}`), resources: table('new') },
      { actions: ['dynamodb:RestoreTableToPointInTime'], resources: ANY },
    ]);
  });

  it('are for any resource as soon as one step needs it', () => {
    const subject = begin()
      .run('named', () => dynamodb.describeTable({ TableName: 'orders' }))
      .run('given', ({ named }) => dynamodb.describeTable({ TableName: named.Table.TableName }))
      .returns(() => ({ value: 1 }));
    expect(permissionsOf(subject)).toEqual([{ actions: ['dynamodb:DescribeTable'], resources: ANY }]);
  });
});

describe('the permissions of a distributed map', () => {
  const own = [
    {
      actions: ['states:DescribeExecution', 'states:StopExecution'],
      resources: [
        { kind: 'executions', of: 'Subject' },
        { kind: 'mapExecutions', of: 'Subject' },
      ],
    },
    { actions: ['states:RedriveExecution'], resources: [{ kind: 'mapExecutions', of: 'Subject' }] },
    { actions: ['states:StartExecution'], resources: [{ kind: 'machine', name: 'Subject' }] },
  ];

  it('are to start, watch, stop and redrive executions of the machine itself', () => {
    const subject = begin()
      .forEachDistributed('all', { of: ({ input }) => input.list, as: 'x', atOnce: 1, do: (each) => each })
      .returns(() => ({ value: 1 }));
    expect(permissionsOf(subject)).toEqual(own);
  });

  it('are to read the one object and write below the one prefix that are written out', () => {
    const subject = begin()
      .forEachDistributed('all', {
        of: () => csvItems({ Bucket: 'lists', Key: 'in/all.csv' }),
        as: 'x',
        atOnce: 1,
        do: (each) => each,
        results: () => ({ Bucket: 'lists', Prefix: 'out/' }),
      })
      .returns(() => ({ value: 1 }));
    expect(permissionsOf(subject)).toEqual([
      {
        actions: ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'],
        resources: [{ kind: 'arn', arn: 'arn:${Partition}:s3:::lists/out/*' }],
      },
      {
        actions: ['s3:GetObject'],
        resources: [
          { kind: 'arn', arn: 'arn:${Partition}:s3:::lists/in/all.csv' },
          { kind: 'arn', arn: 'arn:${Partition}:s3:::lists/out/*' },
        ],
      },
      ...own,
    ]);
  });

  it('are to list the one prefix', () => {
    const subject = begin()
      .forEachDistributed('all', {
        of: () => listedItems({ Bucket: 'lists', Prefix: 'in/' }),
        as: 'x',
        atOnce: 1,
        do: (each) => each,
      })
      .returns(() => ({ value: 1 }));
    expect(permissionsOf(subject)).toEqual([
      {
        actions: ['s3:ListBucket'],
        resources: [{ kind: 'arn', arn: 'arn:${Partition}:s3:::lists' }],
        conditions: { StringEquals: { 's3:prefix': 'in/' } },
      },
      ...own,
    ]);
  });

  it('are what the author says, where the bucket is known only when the machine runs', () => {
    const subject = workflow('Subject', {
      input: z.object({ bucket: z.string() }),
      output: z.object({}),
      timeout: '1 day',
    })
      .forEachDistributed('all', {
        of: ({ input }) => csvItems({ Bucket: input.bucket, Key: 'all.csv' }),
        as: 'x',
        atOnce: 1,
        do: (each) => each,
        permissions: [
          { actions: ['s3:GetObject'], resources: ['arn:${Partition}:s3:::shop-*/all.csv'] },
          { actions: ['kms:Decrypt'], resources: ['arn:${Partition}:kms:${Region}:${Account}:key/lists'] },
        ],
      })
      .returns(() => ({}));
    expect(permissionsOf(subject)).toEqual([
      {
        actions: ['kms:Decrypt'],
        resources: [{ kind: 'arn', arn: 'arn:${Partition}:kms:${Region}:${Account}:key/lists' }],
      },
      {
        actions: ['s3:GetObject'],
        resources: [{ kind: 'arn', arn: 'arn:${Partition}:s3:::shop-*/all.csv' }],
      },
      ...own,
    ]);
  });
});

it("include the use of the machine's key, and of a child's", () => {
  const options = { input: z.object({}), output: z.object({}), timeout: '1 hour' } as const;
  const kept = workflow('Kept', { ...options, encryptedWith: 'ChildKey' }).returns(() => ({}));
  const subject = workflow('Subject', { ...options, timeout: '1 day', encryptedWith: 'OwnKey' })
    .start('begun', () => kept({}))
    .returns(() => ({}));
  const key = (name: string, machine: string) => ({
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: [{ kind: 'key', name }],
    conditions: {
      StringEquals: {
        'kms:EncryptionContext:aws:states:stateMachineArn': { kind: 'machine', name: machine },
      },
    },
  });
  expect(permissionsOf(subject)).toEqual([
    key('ChildKey', 'Kept'),
    key('OwnKey', 'Subject'),
    { actions: ['states:StartExecution'], resources: [{ kind: 'machine', name: 'Kept' }] },
  ]);
});

it.each(allWorkflows.map((subject) => [subject.workflowName, subject] as const))(
  'allow %s exactly what its states do',
  (name, subject) => {
    const { machine, permissions } = compile(subject);
    const allowed = permissions.flatMap(({ actions, resources }) =>
      actions.flatMap((action) =>
        resources.map((resource) => {
          if ('name' in resource) return `${action} ${resource.kind} ${resource.name}`;
          return 'of' in resource ? `${action} ${resource.kind} ${resource.of}` : action;
        }),
      ),
    );
    expect([...new Set(allowed)].sort()).toEqual(permissionsUsed(machine, name));
  },
);
