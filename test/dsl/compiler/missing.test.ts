import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import { awsSdk } from '../../../src/dsl/authoring/sdk.ts';
import { task } from '../../../src/dsl/authoring/task.ts';
import { workflow } from '../../../src/dsl/authoring/workflow.ts';
import { equals } from '../../../src/dsl/expression/comparison.ts';
import { jsonata } from '../../../src/dsl/expression/jsonata.ts';
import { concat } from '../../../src/dsl/expression/text.ts';
import { exists, orElse } from '../../../src/dsl/expression/logic.ts';
import { failing, run, statesOf } from '../../support/compiled-workflow.ts';

const note = task('Note', {
  input: z.object({
    n: z.number(),
    note: z.string().optional(),
    deep: z.object({ of: z.string().optional() }).optional(),
    rows: z.array(z.object({ id: z.number(), by: z.string().default('none') })).default([]),
  }),
  output: z.object({ n: z.number(), opt: z.string().optional() }),
  errors: ['Busy'],
  timeout: '1 minute',
});
const begin = (name = 'Subject', timeout: '1 day' | '1 hour' = '1 day') =>
  workflow(name, {
    input: z.object({ n: z.number(), list: z.array(z.number()), note: z.string().optional() }),
    output: z.object({ value: z.unknown(), more: z.string().optional() }),
    timeout,
  });
const input = { n: 1, list: [1, 2] };
const functions = { Note: (payload: Json) => ({ n: (payload as { n: number }).n }) };

/** A task, and what it has been given. */
const listening = () => {
  const payloads: Json[] = [];
  const Note = (payload: Json) => {
    payloads.push(payload);
    return { n: 1 };
  };
  return { payloads, Note };
};

describe('a field whose value is missing', () => {
  it("is left out of a task's arguments where the schema lets it be", async () => {
    const subject = begin()
      .run('noted', ({ input }) => note({ n: input.n, note: input.note }))
      .returns(({ noted }) => ({ value: noted.n }));
    const { payloads, Note } = listening();
    expect(statesOf(subject).Noted).toMatchObject({
      Arguments: { Payload: '{% {"n": $input.n, "note": $input.note} %}' },
    });
    await run(subject, input, { functions: { Note } });
    await run(subject, { ...input, note: 'x' }, { functions: { Note } });
    expect(payloads).toEqual([{ n: 1 }, { n: 1, note: 'x' }]);
  });

  it('is left out however deep it is, and where the schema has a default', async () => {
    const subject = begin()
      .run('noted', ({ input }) =>
        note({ n: input.n, deep: { of: input.note }, rows: [{ id: input.n, by: input.note }] }),
      )
      .returns(({ noted }) => ({ value: noted.n }));
    const { payloads, Note } = listening();
    expect(statesOf(subject).Noted).toMatchObject({
      Arguments: {
        Payload: {
          n: '{% $input.n %}',
          deep: '{% {"of": $input.note} %}',
          rows: ['{% {"id": $input.n, "by": $input.note} %}'],
        },
      },
    });
    await run(subject, input, { functions: { Note } });
    expect(payloads).toEqual([{ n: 1, deep: {}, rows: [{ id: 1 }] }]);
  });

  it("is left out of a child workflow's input and of what a workflow returns", async () => {
    const child = begin('Child', '1 hour').returns(({ input }) => ({ value: input.n, more: input.note }));
    const subject = begin()
      .run('done', ({ input }) => child({ n: input.n, list: [1], note: input.note }))
      .returns(({ done }) => ({ value: done.value, more: done.more }));
    expect(statesOf(subject).Done).toMatchObject({
      Arguments: { Input: '{% {"n": $input.n, "list": [1], "note": $input.note} %}' },
    });
    expect(statesOf(subject).Return).toMatchObject({
      Output: '{% {"value": $done.value, "more": $done.more} %}',
    });
    expect(await run(child, input)).toMatchObject({ status: 'SUCCEEDED', output: { value: 1 } });
  });

  it('is left out of what a branch returns and of what a recovery gives', async () => {
    const subject = begin()
      .parallel('both', {
        left: (branch) => branch.returns(({ input }) => ({ note: input.note })),
        right: (branch) =>
          branch
            .run('noted', () => note({ n: 1 }), {
              recover: { errors: ['Busy'], value: ({ input }) => ({ opt: input.note }) },
            })
            .returns(({ noted }) => ({ told: orElse(noted.opt, 'none') })),
      })
      .returns(({ both }) => ({ value: both }));
    expect(await run(subject, input, { functions: { Note: failing('Busy', 'too busy') } })).toMatchObject({
      status: 'SUCCEEDED',
      output: { value: { left: {}, right: { told: 'none' } } },
    });
  });

  it('fails the state where the schema wants it', async () => {
    const subject = begin()
      .run('noted', ({ input }) => note({ n: jsonata<number>`${input.list}[5]` }))
      .returns(({ noted }) => ({ value: noted.n }));
    expect(await run(subject, input, { functions })).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
    });
  });

  it("fails the state in an AWS action's arguments", () => {
    const subject = begin()
      .run('table', ({ input }) =>
        awsSdk<DynamoDB, 'DynamoDb'>('dynamodb').describeTable({ TableName: input.note as never }),
      )
      .returns(() => ({ value: 1 }));
    expect(statesOf(subject).Table).toMatchObject({ Arguments: { TableName: '{% $input.note %}' } });
  });
});

describe('a value that was never set', () => {
  const chosen = () =>
    begin().choose('way', (ways) =>
      ways.when(
        'large',
        ({ input }) => equals(input.n, 99),
        (way) => way.returns(() => 'large'),
      ),
    );

  it('may be asked for in a distributed loop', async () => {
    const subject = chosen()
      .forEachDistributed('told', {
        of: ({ input }) => input.list,
        as: 'one',
        atOnce: 1,
        do: (each) =>
          each.returns(({ way, one }) => concat(orElse<string | undefined>(way, 'small'), ' ', one)),
      })
      .returns(({ told }) => ({ value: told }));
    expect(statesOf(subject).Told).toMatchObject({
      ItemSelector: { one: '{% $states.context.Map.Item.Value %}', way: '{% {"way": $way} %}' },
    });
    expect(await run(subject, input)).toMatchObject({ output: { value: ['small 1', 'small 2'] } });
    expect(await run(subject, { ...input, n: 99 })).toMatchObject({
      output: { value: ['large 1', 'large 2'] },
    });
  });

  it('may be asked for in a loop within a branch, and in one within another', async () => {
    const subject = chosen()
      .parallel('both', {
        only: (branch) =>
          branch
            .forEachDistributed('outer', {
              of: ({ input }) => input.list,
              as: 'one',
              atOnce: 1,
              do: (each) =>
                each
                  .forEachDistributed('inner', {
                    of: ({ input }) => input.list,
                    as: 'two',
                    atOnce: 1,
                    do: (within) => within.returns(({ way }) => exists(way)),
                  })
                  .returns(({ inner }) => inner),
            })
            .returns(({ outer }) => outer),
      })
      .returns(({ both }) => ({ value: both.only }));
    expect(await run(subject, input)).toMatchObject({
      output: {
        value: [
          [false, false],
          [false, false],
        ],
      },
    });
  });

  it('goes into a loop as it is where every way has set it', () => {
    const subject = begin()
      .run('noted', () => note({ n: 1 }))
      .forEachDistributed('told', {
        of: ({ input }) => input.list,
        as: 'one',
        atOnce: 1,
        do: (each) => each.returns(({ noted }) => exists(noted)),
      })
      .returns(({ told }) => ({ value: told }));
    expect(statesOf(subject).Told).toMatchObject({ ItemSelector: { noted: '{% $noted %}' } });
  });
});
