import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import type { Workflow } from '../../../src/dsl/authoring/workflow.ts';
import { compile } from '../../../src/dsl/compiler/compile.ts';
import { equals, moreThan } from '../../../src/dsl/expression/comparison.ts';
import { first } from '../../../src/dsl/expression/list.ts';
import { orElse } from '../../../src/dsl/expression/logic.ts';
import { numberOf } from '../../../src/dsl/expression/number.ts';
import { dynamodb } from '../../support/aws-services.ts';
import { DESCRIBE_TABLE, begin, entered, number, run, statesOf } from '../../support/compiled-workflow.ts';

const [open, close] = [number('Open'), number('Close')];

/** An undo that is due, and a table of which nothing is sure. */
const stem = () =>
  begin()
    .run('opened', ({ input }) => open({ n: input.n }), { undo: ({ input }) => close({ n: input.n }) })
    .run('found', () => dynamodb.describeTable({ TableName: 'orders' }));

/** Runs with a table that is described so; tells the calls of tasks in order. */
async function outcomeOf(subject: Workflow, table: Json) {
  const calls: string[] = [];
  const called = (name: string) => () => {
    calls.push(name);
    return { n: 1 };
  };
  const result = await run(
    subject,
    { n: 1, list: [7] },
    {
      functions: { Open: called('Open'), Close: called('Close') },
      resources: { [DESCRIBE_TABLE]: () => table },
    },
  );
  return { calls, result };
}

const undone = { status: 'FAILED', error: 'States.QueryEvaluationError' };

describe('what may fail in a state without a Catcher, while an undo is due', () => {
  it('is the output of the workflow: it is computed in a Map over nothing, whose failure is undone', async () => {
    const subject = stem().returns(({ found }) => ({ value: found.Table.TableId }));
    const states = statesOf(subject);
    expect(states['Return.Value']).toMatchObject({
      Type: 'Map',
      Items: [],
      Assign: { Return_value: { value: '{% $found.Table.TableId %}' } },
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Opened.Undo' }],
      Next: 'Return',
    });
    expect(states.Return).toEqual({ Type: 'Succeed', Output: '{% $Return_value %}' });
    const there = await outcomeOf(subject, { Table: { TableId: 't-1' } });
    expect(there).toMatchObject({ calls: ['Open'], result: { output: { value: 't-1' } } });
    const missing = await outcomeOf(subject, {});
    expect(missing).toMatchObject({ calls: ['Open', 'Close'], result: undone });
    expect(missing.result.cause).toContain('[undone: opened]');
  });

  it('is the time of a wait', async () => {
    const subject = stem()
      .waitFor('pause', ({ found }) => numberOf(found.Table.TableName))
      .returns(({ opened }) => ({ value: opened.n }));
    const long = await outcomeOf(subject, { Table: { TableName: '90' } });
    expect(long).toMatchObject({ calls: ['Open'], result: { virtualMilliseconds: 90_000 } });
    for (const TableName of ['orders', '-1', '0.5', undefined] as const) {
      const wrong = await outcomeOf(subject, { Table: TableName === undefined ? {} : { TableName } });
      expect(wrong).toMatchObject({ calls: ['Open', 'Close'], result: undone });
    }
  });

  it('is the time that a wait ends at', async () => {
    const subject = stem()
      .waitUntil('morning', ({ found }) => found.Table.TableName)
      .returns(({ opened }) => ({ value: opened.n }));
    const hour = await outcomeOf(subject, { Table: { TableName: '2026-01-01T01:00:00Z' } });
    expect(hour).toMatchObject({ calls: ['Open'], result: { virtualMilliseconds: 3_600_000 } });
    for (const TableName of ['tomorrow', '2026-01-01', '2026-13-01T00:00:00Z'])
      expect(await outcomeOf(subject, { Table: { TableName } })).toMatchObject({
        calls: ['Open', 'Close'],
        result: undone,
      });
  });

  it('is a condition, unless one before it holds', async () => {
    const subject = stem()
      .choose('size', (ways) =>
        ways
          .when(
            'small',
            ({ found }) => equals(found.Table.ItemCount, 1),
            (way) => way.returns(() => 'small'),
          )
          .when(
            'large',
            ({ found }) => moreThan(numberOf(found.Table.TableName), 5),
            (way) => way.returns(() => 'large'),
          ),
      )
      .returns(({ size }) => ({ value: orElse<string | undefined>(size, 'neither') }));
    const of = async (table: Json) => {
      const { calls, result } = await outcomeOf(subject, { Table: table });
      return [calls.length, result.output ?? result.error];
    };
    expect(await of({ ItemCount: 1, TableName: 'orders' })).toEqual([1, { value: 'small' }]);
    expect(await of({ ItemCount: 2, TableName: '6' })).toEqual([1, { value: 'large' }]);
    expect(await of({ ItemCount: 2, TableName: '5' })).toEqual([1, { value: 'neither' }]);
    expect(await of({ ItemCount: 2 })).toEqual([1, { value: 'neither' }]);
    expect(await of({ ItemCount: 2, TableName: 'orders' })).toEqual([2, 'States.QueryEvaluationError']);
  });

  it('is what a way returns, and the words of its failure', async () => {
    const subject = stem()
      .choose('id', (ways) =>
        ways
          .when(
            'one',
            ({ input }) => equals(first(input.list), 7),
            (way) => way.returns(({ found }) => found.Table.TableId),
          )
          .otherwise((way) => way.fail('none', 'Broken', ({ found }) => found.Table.TableArn)),
      )
      .returns(({ id }) => ({ value: id }));
    expect(await outcomeOf(subject, {})).toMatchObject({ calls: ['Open', 'Close'], result: undone });
    expect(statesOf(subject)).toMatchObject({
      'Id.Otherwise.None.Value': { Type: 'Map', Next: 'Id.Otherwise.None' },
      'Id.Otherwise.None': { Type: 'Pass', Next: 'Opened.Undo' },
    });
  });

  it('is nothing that schemas promise, nor what is the same whatever is missing', () => {
    const subject = stem()
      .choose('size', (ways) =>
        ways.when(
          'small',
          ({ opened, input }) => moreThan(orElse(first(input.list), opened.n), 5),
          (way) => way.waitFor('pause', '1 minute'),
        ),
      )
      .returns(({ found }) => ({ value: equals(found.Table.TableStatus, 'ACTIVE') }));
    const types = Object.values(statesOf(subject)).map(({ Type }) => Type);
    expect(types).not.toContain('Map');
  });
});

describe('what may fail in a state without a Catcher, within a try', () => {
  it('is answered by the try', async () => {
    const subject = begin()
      .try('id', {
        do: (body) =>
          body
            .run('found', () => dynamodb.describeTable({ TableName: 'orders' }))
            .returns(({ found }) => found.Table.TableId),
        otherwise: (way) => way.returns(() => 'none'),
      })
      .returns(({ id }) => ({ value: id }));
    expect((await outcomeOf(subject, {})).result.output).toEqual({ value: 'none' });
    expect((await outcomeOf(subject, { Table: { TableId: 't-1' } })).result.output).toEqual({ value: 't-1' });
  });

  it('is enough for a try, without any call', async () => {
    const subject = begin()
      .run('found', () => dynamodb.describeTable({ TableName: 'orders' }))
      .try('size', {
        do: (body) => body.returns(({ found }) => numberOf(found.Table.TableName)),
        otherwise: (way, error) => way.returns(() => error.Error),
      })
      .returns(({ size }) => ({ value: size }));
    const { output } = (await outcomeOf(subject, { Table: { TableName: 'orders' } })).result;
    expect(output).toEqual({ value: 'States.QueryEvaluationError' });
  });

  it('stays as it is where nothing would answer it', () => {
    const subject = begin()
      .run('found', () => dynamodb.describeTable({ TableName: 'orders' }))
      .returns(({ found }) => ({ value: found.Table.TableId }));
    expect(statesOf(subject).Return).toEqual({
      Type: 'Succeed',
      Output: { value: '{% $found.Table.TableId %}' },
    });
  });
});

describe('a result that lacks what its schema requires', () => {
  const subject = begin()
    .run('opened', ({ input }) => open({ n: input.n }), { undo: ({ input }) => close({ n: input.n }) })
    .run('work', () => number('Work')({ n: 1 }))
    .waitFor('pause', ({ work }) => work.n)
    .returns(({ work }) => ({ value: work.n }));

  it('fails its own step, so that it is undone', async () => {
    const calls: string[] = [];
    const result = await run(
      subject,
      { n: 1, list: [] },
      {
        functions: {
          Open: () => ({ n: 1 }),
          Work: () => ({}),
          Close: () => {
            calls.push('Close');
            return {};
          },
        },
      },
    );
    expect(result).toMatchObject(undone);
    expect(result.cause).toContain("'Assign/work/n' returned nothing (undefined)");
    expect(entered(result).at(-2)).toBe('Opened.Undo');
    expect(calls).toEqual(['Close']);
  });
});

describe('a poll whose condition may fail', () => {
  const subject = stem()
    .pollUntil('ready', () => dynamodb.describeTable({ TableName: 'orders' }), {
      until: ({ ready }) => moreThan(numberOf(ready.Table.TableName), 5),
      every: '1 minute',
      giveUpAfter: '2 minutes',
    })
    .returns(({ opened }) => ({ value: opened.n }));

  it('still gives up in time, as can be seen in the machine', async () => {
    expect(compile(subject).findings).toEqual([]);
    expect(await outcomeOf(subject, { Table: { TableName: '5' } })).toMatchObject({
      calls: ['Open', 'Close'],
      result: { error: 'GaveUp', virtualMilliseconds: 120_000 },
    });
  });

  it('is undone when it fails', async () => {
    const failed = await outcomeOf(subject, { Table: { TableName: 'orders' } });
    expect(failed).toMatchObject({ calls: ['Open', 'Close'], result: undone });
  });
});
