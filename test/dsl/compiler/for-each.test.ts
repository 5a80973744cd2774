import { describe, expect, it } from 'vitest';
import { map } from '../../../src/dsl/expression/each.ts';
import { list, range } from '../../../src/dsl/expression/list.ts';
import { add } from '../../../src/dsl/expression/number.ts';
import { concat } from '../../../src/dsl/expression/text.ts';
import type { MapState } from '../../../src/dsl/asl/machine.ts';
import { begin, number, run, statesOf } from '../../support/compiled-workflow.ts';

const one = number('One');
const functions = { One: (payload: unknown) => ({ n: (payload as { n: number }).n * 10 }) };

describe('forEach', () => {
  const inline = begin()
    .forEach('all', {
      of: ({ input }) => input.list,
      as: 'x',
      atOnce: 3,
      do: (each) =>
        each
          .run('called', ({ x, input }) => one({ n: add(x, input.n) }))
          .returns(({ called, x }) => ({ x, got: called.n })),
    })
    .returns(({ all }) => ({ value: map(all, (result) => list(result.x, result.got)) }));

  it('is an inline Map whose element is a variable of its body', () => {
    expect(statesOf(inline).All).toEqual({
      Type: 'Map',
      Items: '{% $input.list %}',
      ItemSelector: { x: '{% $states.context.Map.Item.Value %}' },
      MaxConcurrency: 3,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'All.Each',
        States: {
          'All.Each': {
            Type: 'Pass',
            Assign: { x: '{% $states.input.x %}' },
            Output: {},
            Next: 'All.Called',
          },
          'All.Called': expect.objectContaining({
            Type: 'Task',
            Arguments: { FunctionName: '${One}', Payload: { n: '{% $x + $input.n %}' } },
          }),
          'All.Return': { Type: 'Succeed', Output: { x: '{% $x %}', got: '{% $called.n %}' } },
        },
      },
      Assign: { all: '{% $states.result %}' },
      Output: {},
      Next: 'Return',
    });
  });

  it.each([[[]], [[1]], [[1, 2, 3]]])(
    "gives its bodies' results in the order of %j",
    async (given: number[]) => {
      const result = await run(inline, { n: 5, list: given }, { functions });
      expect(result.output).toEqual({ value: given.map((x) => [x, (x + 5) * 10]) });
    },
  );

  it('may run within another, reading both elements', async () => {
    const nested = begin()
      .forEach('outer', {
        of: ({ input }) => input.list,
        as: 'x',
        atOnce: 1,
        do: (each) =>
          each
            .forEach('inner', {
              of: ({ x }) => range(1, x),
              as: 'y',
              atOnce: 1,
              do: (deep) => deep.returns(({ x, y, input }) => concat(input.n, '-', x, '-', y)),
            })
            .returns(({ inner }) => inner),
      })
      .returns(({ outer }) => ({ value: outer }));
    const result = await run(nested, { n: 0, list: [1, 2] });
    expect(result.output).toEqual({ value: [['0-1-1'], ['0-2-1', '0-2-2']] });
  });
});

describe('forEachDistributed', () => {
  const distributed = begin()
    .run('before', ({ input }) => one({ n: input.n }))
    .forEachDistributed('far', {
      of: ({ input }) => input.list,
      as: 'x',
      atOnce: 1000,
      do: (each) =>
        each
          .run('called', ({ x, before }) => one({ n: add(x, before.n) }))
          .returns(({ called, before, input }) => list(called.n, before.n, input.n)),
    })
    .returns(({ far }) => ({ value: far }));

  it("passes what the body reads from outside into each child's input, under a name of its own inside", () => {
    const far = statesOf(distributed).Far as MapState;
    expect(far).toMatchObject({
      ItemSelector: {
        x: '{% $states.context.Map.Item.Value %}',
        before: '{% {"n": $before.n} %}',
        input: '{% {"n": $input.n} %}',
      },
      MaxConcurrency: 1000,
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
    });
    expect(far.ItemProcessor.States).toEqual({
      'Far.Each': {
        Type: 'Pass',
        Assign: {
          x: '{% $states.input.x %}',
          before_outer: '{% $states.input.before %}',
          input_outer: '{% $states.input.input %}',
        },
        Output: {},
        Next: 'Far.Called',
      },
      'Far.Called': expect.objectContaining({
        Arguments: { FunctionName: '${One}', Payload: { n: '{% $x + $before_outer.n %}' } },
      }),
      'Far.Return': {
        Type: 'Succeed',
        Output: ['{% $called.n %}', '{% $before_outer.n %}', '{% $input_outer.n %}'],
      },
    });
  });

  it('passes in nothing that the body does not read', () => {
    const far = begin()
      .run('before', ({ input }) => one({ n: input.n }))
      .forEachDistributed('far', {
        of: ({ before }) => range(0, before.n),
        as: 'x',
        atOnce: 1,
        do: (each) => each.returns(({ x }) => x),
      })
      .returns(({ far }) => ({ value: far }));
    expect((statesOf(far).Far as MapState).ItemSelector).toEqual({
      x: '{% $states.context.Map.Item.Value %}',
    });
  });

  it('runs each body in a child execution of its own', async () => {
    const result = await run(distributed, { n: 1, list: [1, 2] }, { functions });
    expect(result.output).toEqual({
      value: [
        [110, 10, 1],
        [120, 10, 1],
      ],
    });
    expect(result.children).toHaveLength(2);
  });

  it('may run within another distributed one, and read from outside both', async () => {
    const nested = begin()
      .forEachDistributed('outer', {
        of: ({ input }) => input.list,
        as: 'x',
        atOnce: 1,
        do: (each) =>
          each
            .forEachDistributed('inner', {
              of: ({ x }) => range(1, x),
              as: 'y',
              atOnce: 1,
              do: (deep) => deep.returns(({ x, y, input }) => concat(input.n, '-', x, '-', y)),
            })
            .returns(({ inner }) => inner),
      })
      .returns(({ outer }) => ({ value: outer }));
    const result = await run(nested, { n: 0, list: [1, 2] });
    expect(result.output).toEqual({ value: [['0-1-1'], ['0-2-1', '0-2-2']] });
  });

  it('may hold branches and inline loops that read from outside', async () => {
    const mixed = begin()
      .forEachDistributed('far', {
        of: ({ input }) => input.list,
        as: 'x',
        atOnce: 1,
        do: (each) =>
          each
            .parallel('both', {
              left: (branch) =>
                branch
                  .forEach('near', {
                    of: ({ input }) => input.list,
                    as: 'y',
                    atOnce: 1,
                    do: (deep) => deep.returns(({ x, y }) => add(x, y)),
                  })
                  .returns(({ near }) => near),
              right: (branch) => branch.returns(({ input, x }) => add(input.n, x)),
            })
            .returns(({ both }) => both),
      })
      .returns(({ far }) => ({ value: far }));
    const result = await run(mixed, { n: 100, list: [1, 2] });
    expect(result.output).toEqual({
      value: [
        { left: [2, 3], right: 101 },
        { left: [3, 4], right: 102 },
      ],
    });
  });
});
