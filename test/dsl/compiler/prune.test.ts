import { describe, expect, it } from 'vitest';
import { begin, run, statesOf } from '../../support/compiled-workflow.ts';

const inline = begin()
  .forEach('told', {
    of: ({ input }) => input.list,
    as: 'one',
    atOnce: 1,
    do: (body) => body.returns(() => 'done'),
  })
  .returns(({ told }) => ({ value: told }));
const distributed = begin()
  .forEachDistributed('told', {
    of: ({ input }) => input.list,
    as: 'one',
    atOnce: 1,
    do: (body) => body.returns(({ input }) => input.n),
  })
  .returns(({ told }) => ({ value: told }));

describe('the element of a loop that its body does not read', () => {
  it('is not handed to an iteration', async () => {
    expect(statesOf(inline).Told).toMatchObject({ ItemSelector: {} });
    expect(JSON.stringify(statesOf(inline))).not.toContain('Map.Item.Value');
    expect(await run(inline, { n: 1, list: [1, 2] })).toMatchObject({ output: { value: ['done', 'done'] } });
  });

  it('is not handed to a child execution, which gets what it reads from outside', async () => {
    expect(statesOf(distributed).Told).toMatchObject({ ItemSelector: { input: '{% {"n": $input.n} %}' } });
    expect(JSON.stringify(statesOf(distributed))).not.toContain('Map.Item.Value');
    expect(await run(distributed, { n: 7, list: [1, 2] })).toMatchObject({ output: { value: [7, 7] } });
  });
});
