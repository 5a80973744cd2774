import * as z from 'zod';
import type { Ref } from '../../src/dsl/expression/expression.ts';
import { equals } from '../../src/dsl/expression/comparison.ts';
import { filter } from '../../src/dsl/expression/each.ts';
import { count as howMany } from '../../src/dsl/expression/list.ts';
import { orElse } from '../../src/dsl/expression/logic.ts';
import { sum } from '../../src/dsl/expression/number.ts';
import { concat } from '../../src/dsl/expression/text.ts';
import { csvItems, jsonLineItems, listedItems } from '../../src/dsl/authoring/item-source.ts';
import { kindOf } from '../../src/dsl/authoring/steps/choose-step.ts';
import type { Startable } from '../../src/dsl/authoring/call.ts';
import type { DurationOf } from '../../src/dsl/authoring/duration.ts';
import { compile } from '../../src/dsl/compiler/compile.ts';
import type { Mistake } from '../../src/dsl/expression/mistake.ts';
import { task } from '../../src/dsl/authoring/task.ts';
import { workflow } from '../../src/dsl/authoring/workflow.ts';
import { dynamodb } from '../support/aws-services.ts';
import { begin, count, same } from './subjects.ts';

// start: what was started, not its result.
const child = begin().returns(() => ({ total: 1 }));
begin()
  .start('told', ({ input }) => count({ table: input.name }))
  .start('begun', ({ input }) => child({ name: input.name, tables: [], limit: 1, mode: 'fast' }))
  .returns(({ told, begun }) => {
    same<typeof told.StatusCode, Ref<number>>();
    same<typeof begun.ExecutionArn, Ref<string>>();
    return { total: 1 };
  });

begin()
  .start('told', ({ input }) => count({ table: input.name }))
  // @ts-expect-error nobody waits for the result
  .returns(({ told }) => ({ total: told.items }));

// @ts-expect-error an SDK's action cannot only be started
begin().start('told', () => dynamodb.describeTable({ TableName: 'x' }));

// repeatUntil: the cursor has its schema's type.
const page = task('Page', {
  input: z.object({ from: z.string().nullable() }),
  output: z.object({ done: z.boolean(), next: z.string().optional() }),
  errors: [],
  timeout: '1 minute',
});
begin()
  .repeatUntil('copied', (_scope, cursor) => page({ from: cursor }), {
    cursor: { schema: z.string().nullable(), first: null, next: ({ copied }) => copied.next },
    until: ({ copied }) => copied.done,
    atMost: 10,
  })
  .returns(({ copied }) => {
    same<typeof copied.done, Ref<boolean>>();
    return { total: 1 };
  });

begin().repeatUntil(
  'copied',
  (_scope, cursor) => {
    same<typeof cursor, Ref<string>>();
    return page({ from: cursor });
  },
  {
    cursor: { schema: z.string(), first: 'a', next: ({ copied }) => orElse(copied.next, 'z') },
    until: ({ copied }) => copied.done,
    atMost: 10,
  },
);

// @ts-expect-error without a cursor there is none to hand on
begin().repeatUntil('copied', (_scope, cursor) => page({ from: cursor }), {
  until: ({ copied }) => copied.done,
  atMost: 10,
});

begin().repeatUntil('copied', () => page({ from: null }), {
  // @ts-expect-error the cursor is a number here
  cursor: { schema: z.number(), first: 0, next: ({ copied }) => copied.next },
  until: ({ copied }) => copied.done,
  atMost: 10,
});

// @ts-expect-error a repetition has a bound
begin().repeatUntil('copied', () => page({ from: null }), { until: ({ copied }) => copied.done });

// callback: the answer's schema gives the type.
begin()
  .callback('answer', ({ input }, token) => count({ table: concat(input.name, token) }), {
    answer: z.object({ size: z.number() }),
    giveUpAfter: '1 hour',
  })
  .returns(({ answer }) => ({ total: answer.size }));

begin()
  .callback('answer', (_scope, token) => count({ table: token }), {
    answer: z.object({ size: z.number() }),
    giveUpAfter: '1 hour',
  })
  // @ts-expect-error the call's own result is not what is waited for
  .returns(({ answer }) => ({ total: answer.items }));

// @ts-expect-error somebody must be given up on some time
begin().callback('answer', (_scope, token) => count({ table: token }), { answer: z.object({}) });

// match: every value has its way, and each way knows its alternative.
const Event = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('made'), name: z.string() }),
  z.object({ kind: z.literal('gone'), reason: z.number() }),
]);
const eventful = () =>
  workflow('Eventful', {
    input: z.object({ event: Event, mode: z.enum(['fast', 'slow']) }),
    output: z.object({ text: z.string() }),
    timeout: '1 hour',
  });
eventful()
  .match('told', ({ input }) => kindOf(input.event, 'kind'), {
    made: (way, event) => {
      same<typeof event.name, Ref<string>>();
      return way.returns(() => event.name);
    },
    gone: (way, event) => {
      same<typeof event.reason, Ref<number>>();
      return way.returns(() => 'gone');
    },
  })
  .match('paced', ({ input }) => input.mode, {
    fast: (way) => way.returns(() => 'at once'),
    slow: (way) => way.returns(() => 'some time'),
  })
  .returns(({ told, paced }) => {
    same<typeof paced, Ref<'at once' | 'some time'>>();
    return { text: concat(told, paced) };
  });

eventful().match('paced', ({ input }) => input.mode, {
  fast: (way) => way,
  slow: (way) => way,
  // @ts-expect-error the value is never this
  idle: (way: unknown) => way,
});

// @ts-expect-error 'slow' has no way
eventful().match('paced', ({ input }) => input.mode, { fast: (way) => way });

eventful().match('told', ({ input }) => kindOf(input.event, 'kind'), {
  made: (way) => way,
  // @ts-expect-error what is gone has no name
  gone: (way, event) => way.returns(() => event.name),
});

// try: the result is what the body or the clause gives; the error has the name that it was caught by.
begin()
  .try('work', {
    do: (body) =>
      body.run('inside', ({ input }) => count({ table: input.name })).returns(({ inside }) => inside.items),
    catch: {
      Busy: (way, error) => {
        same<typeof error.Error, Ref<'Busy'>>();
        return way.returns(() => error.Cause);
      },
    },
    otherwise: (way, error) => {
      same<typeof error.Error, Ref<string>>();
      return way.fail('no', 'TooMany', () => error.Cause);
    },
    finally: (last) => last.waitFor('pause', '1 minute'),
  })
  .returns(({ work }) => {
    same<typeof work, Ref<string | number>>();
    return { total: 1 };
  });

begin()
  .try('work', {
    do: (body) => body.returns(() => 'x'),
    catch: { Busy: (way) => way.waitFor('pause', '1 minute') },
    otherwise: (way) => way,
  })
  .returns(({ work }) => {
    same<typeof work, Ref<'x' | undefined>>();
    return { total: 1 };
  });

begin()
  .try('work', {
    do: (body) => body.run('inside', ({ input }) => count({ table: input.name })),
    // @ts-expect-error a step of the body may not have run
    otherwise: (way) => way.returns(({ inside }) => inside),
  })
  .returns(() => ({ total: 1 }));

begin().try('work', {
  do: (body) =>
    // @ts-expect-error an undo belongs to a step of the workflow itself
    body.run('inside', ({ input }) => count({ table: input.name }), { undo: () => count({ table: 'x' }) }),
  otherwise: (way) => way,
});

// fail and succeed: an error that is declared, an output that fits.
// @ts-expect-error a workflow cannot only fail
begin().fail('no', 'TooMany', () => 'x');

begin().choose('early', (ways) =>
  // @ts-expect-error the workflow declares no such error
  ways.otherwise((way) => way.fail('no', 'TooFew', () => 'x')),
);

begin().choose('early', (ways) =>
  ways
    .when(
      'known',
      ({ input }) => equals(input.limit, 0),
      (way) => way.succeed('done', () => ({ total: 0 })),
    )
    // @ts-expect-error the output has no such field
    .otherwise((way) => way.succeed('done', () => ({ sum: 0 }))),
);

begin().parallel('both', {
  // @ts-expect-error a branch cannot end the workflow well by itself
  left: (branch) => branch.succeed('done', () => ({ total: 0 })),
});

// An undo may have retries of its own.
begin().run('risky', ({ input }) => count({ table: input.name }), {
  undo: { run: ({ input }) => count({ table: input.name }), retry: 'none' },
});

// recover: only errors that the call can have, and the caught one's name.
begin().run('risky', ({ input }) => count({ table: input.name }), {
  recover: {
    errors: ['Busy', 'States.Timeout'],
    value: (_scope, error) => {
      same<typeof error.Error, Ref<'Busy' | 'States.Timeout'>>();
      return { why: error.Cause };
    },
  },
});
begin().run('risky', ({ input }) => count({ table: input.name }), {
  // @ts-expect-error the task has no such error
  recover: { errors: ['Bussy'], value: () => ({}) },
});
begin().run('risky', ({ input }) => count({ table: input.name }), {
  // @ts-expect-error nor could a retry ever match it
  retry: [{ errors: ['Bussy'] }],
});

// A distributed loop: batches, tolerated failures, S3.
begin()
  .forEachDistributed('batched', {
    of: ({ input }) => input.tables,
    as: 'batch',
    atOnce: 9,
    batch: { items: 10 },
    do: (each) => each.returns(({ batch }) => howMany(batch)),
  })
  .forEachDistributed('tolerant', {
    of: ({ input }) => input.tables,
    as: 'table',
    atOnce: 9,
    tolerate: { percentage: 5 },
    do: (each) => each.returns(({ table }) => ({ size: table.size })),
  })
  .forEachDistributed('asked', {
    of: ({ input }) => input.tables,
    as: 'table',
    atOnce: 9,
    tolerate: { failures: ({ input }) => input.limit },
    do: (each) => each.returns(({ table }) => ({ size: table.size })),
  })
  .forEachDistributed('rows', {
    of: () => csvItems({ Bucket: 'b', Key: 'k' }, { columns: ['id', 'name'] }),
    as: 'row',
    atOnce: 9,
    do: (each) => each.run('one', ({ row }) => count({ table: row.name })),
    results: ({ input }) => ({ Bucket: input.name, Prefix: 'p' }),
  })
  .forEachDistributed('lines', {
    of: () => jsonLineItems({ Bucket: 'b', Key: 'k' }, { item: z.object({ size: z.number() }) }),
    as: 'line',
    atOnce: 9,
    do: (each) => each.returns(({ line }) => line.size),
  })
  .forEachDistributed('files', {
    of: () => listedItems({ Bucket: 'b', Prefix: 'p/' }),
    as: 'file',
    atOnce: 9,
    do: (each) => each.returns(({ file }) => file.Size),
  })
  .returns(({ batched, tolerant, asked, rows, lines, files }) => {
    same<typeof asked, typeof tolerant>();
    same<typeof batched, Ref<number[]>>();
    const failed = filter(tolerant, ({ Status }) => equals(orElse(Status, 'FAILED'), 'FAILED'));
    howMany(failed);
    same<typeof rows.ResultWriterDetails.Bucket, Ref<string>>();
    return { total: sum(lines), why: concat(sum(files)) };
  });

begin().forEachDistributed('batched', {
  of: ({ input }) => input.tables,
  as: 'batch',
  atOnce: 9,
  batch: { items: 10 },
  // @ts-expect-error a batch is a list of items
  do: (each) => each.returns(({ batch }) => batch.name),
});

// A boolean has two values.
const agreed = () =>
  workflow('Agreed', { input: z.object({ yes: z.boolean() }), output: z.string(), timeout: '1 hour' });
agreed()
  .match('told', ({ input }) => input.yes, {
    true: (way, yes) => {
      same<typeof yes, Ref<true>>();
      return way.returns(() => 'agreed');
    },
    false: (way) => way.returns(() => 'refused'),
  })
  .returns(({ told }) => {
    same<typeof told, Ref<'agreed' | 'refused'>>();
    return told;
  });

// @ts-expect-error 'false' has no way
agreed().match('told', ({ input }) => input.yes, { true: (way) => way });

// The sentences that the checker shows.
begin().waitFor('pause', () => 0);
same<DurationOf<'5 minutes'>, unknown>();
same<
  DurationOf<'5 mins'>,
  Mistake<`'5 mins' is no duration: write for example '20 seconds' or '12 hours'`>
>();
same<
  Startable<ReturnType<typeof dynamodb.describeTable>>,
  Mistake<'only a task or a workflow can be started without waiting for its end: use run()'>
>();
same<Startable<ReturnType<typeof count>>, unknown>();

// What a loop lacks is said of what it lacks, not of its body.
// @ts-expect-error atOnce is missing
begin().forEach('all', {
  of: ({ input }) => input.tables,
  as: 'table',
  do: (each) => each.returns(() => 1),
});
// @ts-expect-error atOnce is missing
begin().forEachDistributed('all', {
  of: ({ input }) => input.tables,
  as: 'table',
  do: (each) => each.returns(() => 1),
});

// @ts-expect-error a workflow that goes on is not compiled
compile(begin());

// @ts-expect-error nor is a task
compile(count);

// An undo knows its own step's result, which may be missing.
begin().run('counted', ({ input }) => count({ table: input.name }), {
  undo: ({ input, counted }) => {
    same<typeof counted.at, Ref<string | undefined>>();
    return count({ table: orElse(counted.at, input.name) });
  },
});
begin().run('counted', ({ input }) => count({ table: input.name }), {
  undo: { run: ({ counted }) => count({ table: orElse(counted.at, 'none') }), retry: 'none' },
});
begin().run('counted', ({ input }) => count({ table: input.name }), {
  // @ts-expect-error there is no result when the step itself has failed
  undo: ({ counted }) => count({ table: counted.at }),
});
begin().run('counted', ({ input }) => count({ table: input.name }), {
  // @ts-expect-error what was recovered may be another result
  undo: ({ counted }) => count({ table: counted.at }),
  recover: { errors: ['Busy'], value: () => ({ at: 1 }) },
});
