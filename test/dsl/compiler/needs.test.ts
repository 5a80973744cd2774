import { expect, it } from 'vitest';
import { dynamodb, lambda } from '../../../src/dsl/authoring/sdk.ts';
import { compile } from '../../../src/dsl/compiler/compile.ts';
import { equals } from '../../../src/dsl/expression/operators.ts';
import { begin, number } from '../../support/compiled-workflow.ts';

const [one, two, three] = [number('One'), number('Two'), number('Three')] as const;

it('needs what its steps call, undos and inner steps included, each once and sorted', () => {
  const child = begin('Child', '1 hour').returns(() => ({ value: 1 }));
  const subject = begin()
    .run('first', ({ input }) => two({ n: input.n }), { undo: ({ input }) => three({ n: input.n }) })
    .pollUntil('polled', () => dynamodb.listTables({}), {
      until: ({ input }) => equals(input.n, 1),
      every: '1 minute',
      giveUpAfter: '1 hour',
    })
    .parallel('both', {
      left: (branch) => branch.run('inLeft', () => lambda.getFunction({ FunctionName: 'F' })),
      right: (branch) => branch.run('inRight', ({ input }) => two({ n: input.n })),
    })
    .choose('way', (ways) =>
      ways
        .when(
          'some',
          ({ input }) => equals(input.n, 1),
          (way) => way.run('inWay', ({ input }) => one({ n: input.n })),
        )
        .otherwise((way) => way.run('inOther', () => dynamodb.describeLimits({}))),
    )
    .forEachDistributed('all', {
      of: ({ input }) => input.list,
      as: 'x',
      atOnce: 1,
      do: (each) => each.run('inChild', () => child({ n: 1, list: [] })),
    })
    .returns(() => ({ value: 1 }));
  const { needs } = compile(subject);
  expect(needs).toEqual({
    tasks: ['One', 'Three', 'Two'],
    workflows: ['Child'],
    actions: ['dynamodb:DescribeLimits', 'dynamodb:ListTables', 'lambda:GetFunction'],
    distributedMap: true,
  });
});

it('needs nothing for what calls nothing', () => {
  const subject = begin()
    .forEach('all', { of: ({ input }) => input.list, as: 'x', atOnce: 1, do: (each) => each })
    .returns(() => ({ value: 1 }));
  expect(compile(subject).needs).toEqual({ tasks: [], workflows: [], actions: [], distributedMap: false });
});
