import { dynamodb, lambda } from '../../src/dsl/authoring/sdk.ts';
import { equals, ifElse, map, orElse } from '../../src/dsl/expression/operators.ts';
import { begin, count } from './subjects.ts';

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
