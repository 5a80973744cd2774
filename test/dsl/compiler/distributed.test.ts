import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import { csvItems, listedItems } from '../../../src/dsl/authoring/item-source.ts';
import { task } from '../../../src/dsl/authoring/task.ts';
import { workflow } from '../../../src/dsl/authoring/workflow.ts';
import { equals } from '../../../src/dsl/expression/comparison.ts';
import { filter } from '../../../src/dsl/expression/each.ts';
import { count } from '../../../src/dsl/expression/list.ts';
import { orElse } from '../../../src/dsl/expression/logic.ts';
import type { Expression } from '../../../src/dsl/expression/expression.ts';
import { divide, subtract, sum } from '../../../src/dsl/expression/number.ts';
import type { Invocation } from '../../../src/dsl/simulator/invocation.ts';
import { failing, run, statesOf } from '../../support/compiled-workflow.ts';

const load = task('Load', {
  input: z.object({ into: z.string(), names: z.array(z.string()) }),
  output: z.object({ n: z.number() }),
  errors: ['Busy'],
  timeout: '1 minute',
});
const begin = () =>
  workflow('Load', {
    input: z.object({ into: z.string(), names: z.array(z.string()), unused: z.string().optional() }),
    output: z.object({ value: z.unknown() }),
    timeout: '1 day',
  });
const counting = (payload: Json) => ({ n: (payload as { names: string[] }).names.length });
const input = { into: 'shop', names: ['a', 'b', 'c', 'd', 'e'], unused: 'x' };

describe('a distributed loop', () => {
  const batched = begin()
    .forEachDistributed('loads', {
      of: ({ input }) => input.names,
      as: 'batch',
      atOnce: 2,
      batch: { items: 2, bytes: 100_000 },
      do: (each) =>
        each
          .run('loaded', ({ input, batch }) => load({ into: input.into, names: batch }))
          .returns(({ loaded }) => loaded.n),
    })
    .returns(({ loads }) => ({ value: loads }));

  it('gives each child a batch, and once for each batch what it uses from outside', () => {
    expect(statesOf(batched).Loads).toMatchObject({
      Items: '{% $input.names %}',
      ItemBatcher: {
        MaxItemsPerBatch: 2,
        MaxInputBytesPerBatch: 100_000,
        BatchInput: { input: '{% {"into": $input.into} %}' },
      },
      ItemProcessor: {
        States: {
          'Loads.Each': {
            Assign: {
              batch: '{% $states.input.Items %}',
              input_outer: '{% $states.input.BatchInput.input %}',
            },
          },
        },
      },
    });
    expect(statesOf(batched).Loads).not.toHaveProperty('ItemSelector');
  });

  it('works in batches', async () => {
    const seen: Json[] = [];
    const functions = {
      Load: (payload: Json) => {
        seen.push(payload);
        return counting(payload);
      },
    };
    const result = await run(batched, input, { functions });
    expect(result.output).toEqual({ value: [2, 2, 1] });
    expect(seen).toEqual([
      { into: 'shop', names: ['a', 'b'] },
      { into: 'shop', names: ['c', 'd'] },
      { into: 'shop', names: ['e'] },
    ]);
  });

  const oneByOne = (atOnce: (names: Expression<string[]>) => Expression<number>) =>
    begin()
      .forEachDistributed('loads', {
        of: ({ input }) => input.names,
        as: 'one',
        atOnce: ({ input }) => atOnce(input.names),
        do: (each) => each.run('loaded', ({ one }) => load({ into: one, names: [] })),
      })
      .returns(({ loads }) => ({ value: count(loads) }));

  it('runs as many at once as the machine computes', async () => {
    const subject = oneByOne((names) => subtract(count(names), 3));
    expect(statesOf(subject).Loads).toMatchObject({ MaxConcurrency: '{% $count($input.names) - 3 %}' });
    let running = 0;
    let most = 0;
    const Load = async (_payload: Json, { clock }: Invocation) => {
      running += 1;
      most = Math.max(most, running);
      await clock.sleep(1000);
      running -= 1;
      return { n: 1 };
    };
    const result = await run(subject, input, { functions: { Load } });
    expect(result.output).toEqual({ value: 5 });
    expect(most).toBe(2);
  });

  it('fails when the machine computes no whole number for it', async () => {
    const subject = oneByOne((names) => divide(count(names), 2));
    const result = await run(subject, input, { functions: { Load: counting } });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  });

  it('tolerates so many failures, which stand where their results would', async () => {
    const subject = begin()
      .forEachDistributed('loads', {
        of: ({ input }) => input.names,
        as: 'one',
        atOnce: 1,
        tolerate: { percentage: 20 },
        do: (each) =>
          each
            .run('loaded', ({ one }) => load({ into: one, names: [] }), { retry: 'none' })
            .returns(({ loaded }) => ({ n: loaded.n })),
      })
      .returns(({ loads }) => ({
        value: {
          failed: count(filter(loads, ({ Status }) => equals(orElse(Status, 'FAILED'), 'FAILED'))),
          all: count(loads),
        },
      }));
    const functions = (bad: readonly string[]) => ({
      Load: (payload: Json) => {
        if (bad.includes((payload as { into: string }).into)) failing('Busy', 'no')();
        return { n: 1, Status: 'done' };
      },
    });
    expect(statesOf(subject).Loads).toMatchObject({ ToleratedFailurePercentage: 20 });
    const fine = await run(subject, input, { functions: functions(['c']) });
    expect(fine.status).toBe('SUCCEEDED');
    const worse = await run(subject, input, { functions: functions(['c', 'd']) });
    expect(worse).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
  });

  it('reads its items from S3 and writes its results there', async () => {
    const subject = begin()
      .forEachDistributed('rows', {
        of: ({ input }) => csvItems({ Bucket: input.into, Key: 'names.csv' }, { maxItems: 100 }),
        as: 'row',
        atOnce: 5,
        do: (each) =>
          each
            .run('loaded', ({ row }) => load({ into: 'x', names: [row.name] as never }))
            .returns(({ loaded }) => loaded.n),
        results: ({ input }) => ({ Bucket: input.into, Prefix: 'results' }),
      })
      .returns(({ rows }) => ({ value: rows.ResultWriterDetails.Bucket }));
    expect(statesOf(subject).Rows).toMatchObject({
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', MaxItems: 100 },
        Arguments: { Bucket: '{% $input.into %}', Key: 'names.csv' },
      },
      ResultWriter: {
        Resource: 'arn:aws:states:::s3:putObject',
        Arguments: { Bucket: '{% $input.into %}', Prefix: 'results' },
      },
      Assign: {
        rows: '{% {"ResultWriterDetails": {"Bucket": $states.result.ResultWriterDetails.Bucket}} %}',
      },
    });
    const s3 = { objects: { 'shop/names.csv': 'name\nAda\nGrace\n' } };
    const result = await run(subject, input, { functions: { Load: counting }, s3 });
    expect(result.output).toEqual({ value: 'shop' });
  });

  it('lists objects', async () => {
    const subject = begin()
      .forEachDistributed('files', {
        of: ({ input }) => listedItems({ Bucket: input.into, Prefix: 'in/' }),
        as: 'file',
        atOnce: 5,
        do: (each) => each.returns(({ file }) => file.Size),
      })
      .returns(({ files }) => ({ value: sum(files) }));
    const s3 = { objects: { 'shop/in/a': '12345', 'shop/in/b': '1', 'shop/out/c': 'no' } };
    expect((await run(subject, input, { s3 })).output).toEqual({ value: 6 });
  });

  it('refuses batches and tolerances that are none', () => {
    const loop = (options: object) => () =>
      begin().forEachDistributed('x', {
        of: ({ input }) => input.names,
        as: 'one',
        atOnce: 1,
        do: (each) => each,
        ...options,
      });
    expect(loop({ batch: { items: 0 } })).toThrow("a batch's items must be a whole number from 1, got 0");
    expect(loop({ batch: { bytes: 300_000 } })).toThrow('use at most 262144');
    expect(loop({ tolerate: { percentage: 101 } })).toThrow('tolerate a percentage from 0 to 100, got 101');
    expect(loop({ atOnce: () => 0 })).toThrow('atOnce must be a whole number from 1 to 10000, got 0');
    expect(loop({ atOnce: '5' })).toThrow("atOnce must be a whole number from 1 to 10000, got '5'");
    expect(loop({ tolerate: { failures: 1.5 } })).toThrow('tolerate a whole number of failures, got 1.5');
  });
});
