import type { SFN } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import type { Call, TaskError } from '../../src/dsl/authoring/call.ts';
import { dynamodbItems } from '../../src/dsl/authoring/integrations/dynamodb-items.ts';
import { events } from '../../src/dsl/authoring/integrations/events.ts';
import { integration } from '../../src/dsl/authoring/integrations/integration.ts';
import { sns } from '../../src/dsl/authoring/integrations/sns.ts';
import { sqs } from '../../src/dsl/authoring/integrations/sqs.ts';
import { awsSdk } from '../../src/dsl/authoring/sdk.ts';
import { equals } from '../../src/dsl/expression/comparison.ts';
import { map } from '../../src/dsl/expression/each.ts';
import type { Expression, Ref } from '../../src/dsl/expression/expression.ts';
import { ifElse, orElse } from '../../src/dsl/expression/logic.ts';
import { dynamodb, lambda } from '../support/aws-services.ts';
import { begin, count, same } from './subjects.ts';

const fields = ['table', 'mode'] as const;

// What fits: references, operators and literals, at any depth; defaults and optional fields may be left out.
begin()
  .run('one', ({ input }) => count({ table: input.name }))
  .run('two', ({ input }) => count({ table: 'literal', mode: input.mode, tags: [input.name, 'x'] }))
  .run('three', ({ one }) => count({ table: one.at, mode: ifElse(equals(one.items, 0), 'fast', 'slow') }))
  .run('four', ({ input }) => count({ table: 'x', tags: map(input.tables, (table) => table.name) }))
  .run('five', ({ one }) => count({ table: orElse(one.warning, 'none') }))
  .run('six', ({ input }) => dynamodb.describeTable({ TableName: input.name }))
  .run('seven', ({ six }) => lambda.getFunction({ FunctionName: six.Table.TableName }))
  .returns(({ two }) => ({ total: two.items }));

// @ts-expect-error a field is missing
begin().run('one', ({ input }) => count({ mode: input.mode }));

// @ts-expect-error no such field in the input
begin().run('one', ({ input }) => count({ table: input.table }));

// @ts-expect-error a number where a text is wanted
begin().run('one', ({ input }) => count({ table: input.limit }));

// @ts-expect-error a literal of the wrong type
begin().run('one', () => count({ table: 5 }));

// @ts-expect-error the mode is 'fast' or 'slow'
begin().run('one', () => count({ table: 'x', mode: 'quick' }));

// @ts-expect-error the task has no such argument
begin().run('one', () => count({ table: 'x', speed: 1 }));

begin()
  .run('one', ({ input }) => count({ table: input.name }))
  // @ts-expect-error a value that may be missing, where one must be: orElse() gives a fallback
  .run('two', ({ one }) => count({ table: one.warning }));

begin()
  .run('one', ({ input }) => count({ table: input.name }))
  // @ts-expect-error the task's result has no such field
  .run('two', ({ one }) => count({ table: one.name }));

// @ts-expect-error no step of that name has run yet
begin().run('one', ({ two }) => count({ table: two.at }));

// @ts-expect-error an undo is a call like any other
begin().run('one', ({ input }) => count({ table: input.name }), { undo: () => 'stop' });

// @ts-expect-error DynamoDB has no such action
export const noAction = dynamodb.describeTabel;

// @ts-expect-error the request has no such member
begin().run('one', ({ input }) => dynamodb.describeTable({ TableNam: input.name }));

begin()
  .run('one', ({ input }) => dynamodb.describeTable({ TableName: input.name }))
  // @ts-expect-error the response has no such member
  .run('two', ({ one }) => dynamodb.describeTable({ TableName: one.Table.Nmae }));

// @ts-expect-error a time is ISO 8601 text, not a Date
export const when = dynamodb.restoreTableToPointInTime({ TargetTableName: 'x', RestoreDateTime: new Date() });

// @ts-expect-error a backup type that DynamoDB does not have
export const backups = dynamodb.listBackups({ BackupType: fields[0] });

// Any service, typed by its client's class; only its actions are there.
const sfn = awsSdk<SFN, 'Sfn'>('sfn');
begin()
  .run('started', ({ input }) => sfn.startExecution({ stateMachineArn: input.name, input: '{}' }))
  .run('looked', ({ started }) => sfn.describeExecution({ executionArn: started.executionArn }))
  .returns(({ looked }) => ({
    total: ifElse(equals(looked.status, 'RUNNING'), 1, 0),
    why: looked.startDate,
  }));

// @ts-expect-error a client's own methods are no actions
export const send = sfn.send;

// @ts-expect-error nor are its paginators
export const pages = sfn.paginateListExecutions;

// The errors of an SDK call are its service's, or Step Functions'.
same<ErrorsOf<ReturnType<typeof dynamodb.describeTable>>, `DynamoDb.${string}` | TaskError>();
same<ErrorsOf<ReturnType<typeof sfn.startExecution>>, `Sfn.${string}` | TaskError>();

begin().run('one', () => dynamodb.describeTable({ TableName: 'x' }), {
  retry: [{ errors: ['DynamoDb.LimitExceededException', 'States.Timeout'] }],
});

begin().run('one', () => dynamodb.describeTable({ TableName: 'x' }), {
  // @ts-expect-error another service's error
  retry: [{ errors: ['Lambda.TooManyRequestsException'] }],
});

begin().run('one', () => dynamodb.describeTable({ TableName: 'x' }), {
  // @ts-expect-error the prefix of the SDK integration is DynamoDb
  recover: { errors: ['DynamoDB.ResourceNotFoundException'], value: () => ({}) },
});

// Times and bytes are text in what is answered; bytes may be any JSON in what is sent.
begin()
  .run('one', () => lambda.invoke({ FunctionName: 'f', Payload: { any: ['JSON'] } }, { resources: ['arn'] }))
  .run('two', () => dynamodb.describeTable({ TableName: 'x' }))
  .run('three', ({ one, two }) => count({ table: one.Payload, tags: [two.Table.CreationDateTime] }));

// A step that recovers has the fields of both, whatever they are of.
begin()
  .run('one', () => dynamodb.describeTable({ TableName: 'x' }), {
    recover: { errors: ['States.Timeout'], value: () => ({ late: true }) },
  })
  .run('two', () => sqs.sendMessage({ QueueUrl: 'url', MessageBody: 'x' }), {
    recover: { errors: ['States.Timeout'], value: () => ({ late: true }) },
  })
  .returns(({ one, two }) => {
    same<typeof one.late, Ref<true | undefined>>();
    same<typeof two.late, Ref<true | undefined>>();
    return { total: 1, why: orElse(two.MessageId, 'none') };
  });

// What a function of one's own gives is known like any other.
const described = (table: Expression<string>): Call<{ Table: { ItemCount: number } }> =>
  dynamodb.describeTable({ TableName: table });
begin()
  .run('one', ({ input }) => described(input.name))
  .returns(({ one }) => ({ total: one.Table.ItemCount }));

// @ts-expect-error the resources are ARNs
export const where = dynamodb.listTables({}, { resources: [1] });

// Optimised integrations.
begin()
  .run('one', ({ input }) => sns.publish({ TopicArn: 'arn', Message: { name: input.name } }))
  .run('two', ({ one }) => sqs.sendMessage({ QueueUrl: 'url', MessageBody: one.MessageId }))
  .run('three', ({ two }) =>
    events.putEvents({ Entries: [{ Source: 's', DetailType: 'd', Detail: { id: two.MessageId } }] }),
  )
  .run('four', () => dynamodbItems.getItem({ TableName: 't', Key: { id: { S: 'x' } } }), {
    recover: { errors: ['DynamoDB.ResourceNotFoundException'], value: () => ({}) },
  })
  .run('five', ({ three }) => count({ table: 'x', tags: map(three.Entries, (entry) => entry.EventId) }));

// @ts-expect-error a message needs a body
export const bodiless = sqs.sendMessage({ QueueUrl: 'url' });

// @ts-expect-error a number is text in DynamoDB
export const number = dynamodbItems.putItem({ TableName: 't', Item: { n: { N: 1 } } });

begin()
  .run('one', () => dynamodbItems.getItem({ TableName: 't', Key: { id: { S: 'x' } } }))
  // @ts-expect-error there may be no such item
  .run('two', ({ one }) => count({ table: one.Item.name?.S }));

begin()
  .run('one', () =>
    integration('glue:startJobRun.sync', {
      arguments: { JobName: 'j' },
      result: z.object({ JobRunState: z.string() }),
      timeout: '1 hour',
      permissions: [],
    }),
  )
  .run('two', ({ one }) => count({ table: one.JobRunState }))
  // @ts-expect-error the result has no such field
  .run('three', ({ one }) => count({ table: one.JobRunId }));

type ErrorsOf<C> = C extends Call<unknown, infer E> ? E : never;
