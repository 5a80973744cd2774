import { describe, expect, it } from 'vitest';
import { equals, moreThan } from '../../../src/dsl/expression/comparison.ts';
import { orElse } from '../../../src/dsl/expression/logic.ts';
import { concat } from '../../../src/dsl/expression/text.ts';
import { dynamodb } from '../../support/aws-services.ts';
import {
  DESCRIBE_TABLE,
  begin,
  entered,
  failing,
  number,
  run,
  statesOf,
} from '../../support/compiled-workflow.ts';

const one = number('One');
const choosing = begin()
  .choose('way', (ways) =>
    ways
      .when(
        'large',
        ({ input }) => moreThan(input.n, 100),
        (way) => way.fail('tooLarge', 'TooLarge', ({ input }) => concat('got ', input.n)),
      )
      .when(
        'some',
        ({ input }) => moreThan(input.n, 1),
        (way) => way.run('called', ({ input }) => one({ n: input.n })).returns(({ called }) => called.n),
      )
      .when(
        'one',
        ({ input }) => equals(input.n, 1),
        (way) => way.returns(() => 'just one'),
      )
      .otherwise((way) => way.waitFor('pause', '1 minute')),
  )
  .returns(({ way }) => ({ value: orElse(way, 'nothing' as never) }));
const runWith = (n: number) => run(choosing, { n, list: [] }, { functions: { One: () => ({ n: n * 10 }) } });

describe('a choice', () => {
  it('is a Choice state with a way for each condition, in order', () => {
    expect(statesOf(choosing)).toEqual({
      Way: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% ($input.n > 100) = true %}', Next: 'Way.Large.TooLarge' },
          { Condition: '{% ($input.n > 1) = true %}', Next: 'Way.Some.Called' },
          { Condition: '{% $input.n = 1 %}', Next: 'Way.One.Return' },
        ],
        Default: 'Way.Otherwise.Pause',
      },
      'Way.Large.TooLarge': { Type: 'Fail', Error: 'TooLarge', Cause: '{% "" & "got " & $input.n %}' },
      'Way.Some.Called': expect.objectContaining({ Type: 'Task', Next: 'Way.Some.Return' }),
      'Way.Some.Return': { Type: 'Pass', Assign: { way: '{% $called.n %}' }, Output: {}, Next: 'Return' },
      'Way.One.Return': { Type: 'Pass', Assign: { way: 'just one' }, Output: {}, Next: 'Return' },
      'Way.Otherwise.Pause': { Type: 'Wait', Seconds: 60, Next: 'Return' },
      Return: { Type: 'Succeed', Output: { value: '{% $exists($way) ? $way : "nothing" %}' } },
    });
  });

  it("gives the taken way's result", async () => {
    expect((await runWith(5)).output).toEqual({ value: 50 });
    expect((await runWith(1)).output).toEqual({ value: 'just one' });
  });

  it('takes the last way when no condition holds, and gives nothing when that has no result', async () => {
    const result = await runWith(0);
    expect(result).toMatchObject({ output: { value: 'nothing' }, virtualMilliseconds: 60_000 });
  });

  it('takes the first way that holds', async () => {
    expect(await runWith(101)).toMatchObject({ status: 'FAILED', error: 'TooLarge', cause: 'got 101' });
  });

  it('takes a condition on a missing value for false', async () => {
    const subject = begin()
      .run('answer', () => dynamodb.describeTable({ TableName: 'orders' }))
      .choose('way', (ways) =>
        ways
          .when(
            'large',
            ({ answer }) => moreThan(answer.Table.ItemCount, 1),
            (way) => way.returns(() => 'large'),
          )
          .otherwise((way) => way.returns(() => 'other')),
      )
      .returns(({ way }) => ({ value: way }));
    const result = await run(subject, { n: 1, list: [] }, { resources: { [DESCRIBE_TABLE]: () => ({}) } });
    expect(result.output).toEqual({ value: 'other' });
  });
});

describe('parallel branches', () => {
  const forked = begin()
    .parallel('both', {
      left: (branch) =>
        branch.run('inLeft', ({ input }) => one({ n: input.n })).returns(({ inLeft }) => ({ n: inLeft.n })),
      right: (branch) => branch.waitFor('pause', '1 minute').returns(({ input }) => input.list),
      silent: (branch) => branch.waitFor('rest', '2 minutes'),
    })
    .returns(({ both }) => ({ value: [both.left.n, both.right] }));

  it('are the branches of a Parallel state, whose results have their names', () => {
    const { Both } = statesOf(forked);
    expect(Both).toEqual({
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'Both.Left.InLeft',
          States: {
            'Both.Left.InLeft': expect.objectContaining({
              Type: 'Task',
              Assign: { inLeft: { n: '{% $states.result.Payload.n %}' } },
            }),
            'Both.Left.Return': { Type: 'Succeed', Output: { n: '{% $inLeft.n %}' } },
          },
        },
        {
          StartAt: 'Both.Right.Pause',
          States: {
            'Both.Right.Pause': { Type: 'Wait', Seconds: 60, Next: 'Both.Right.Return' },
            'Both.Right.Return': { Type: 'Succeed', Output: '{% $input.list %}' },
          },
        },
        {
          StartAt: 'Both.Silent.Rest',
          States: {
            'Both.Silent.Rest': { Type: 'Wait', Seconds: 120, Next: 'Both.Silent.Done' },
            'Both.Silent.Done': { Type: 'Succeed', Output: {} },
          },
        },
      ],
      Assign: {
        both: { left: '{% {"n": $states.result[0].n} %}', right: '{% $states.result[1] %}' },
      },
      Output: {},
      Next: 'Return',
    });
  });

  it.each([[[]], [[7]], [[7, 8]]])(
    'take the time of the longest, and give arrays as they are: %j',
    async (list: number[]) => {
      const result = await run(forked, { n: 3, list }, { functions: { One: () => ({ n: 4 }) } });
      expect(result).toMatchObject({ output: { value: [4, list] }, virtualMilliseconds: 120_000 });
    },
  );

  it('fail together, at once', async () => {
    const result = await run(
      forked,
      { n: 3, list: [] },
      { functions: { One: failing('Broken', 'as told') } },
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'Broken', virtualMilliseconds: 0 });
    expect(entered(result)).not.toContain('Both.Silent.Done');
  });
});
