import { describe, expect, it } from 'vitest';
import { begin, failing, number, run, statesOf } from '../../support/compiled-workflow.ts';

const one = number('One');
const input = { n: 1, list: [] };
const recovering = begin()
  .run('risky', ({ input }) => one({ n: input.n }), {
    retry: [{ errors: ['Busy'], interval: '10 seconds', maxAttempts: 2, backoffRate: 1 }],
    recover: { errors: ['Known', 'Busy'], value: ({ input }, error) => ({ n: input.n, why: error.Error }) },
  })
  .returns(({ risky }) => ({ value: risky }));

describe('recover', () => {
  it('is a Catch that gives the step another value and goes on', () => {
    expect(statesOf(recovering).Risky).toMatchObject({
      Retry: [
        { ErrorEquals: ['Busy'], IntervalSeconds: 10, MaxAttempts: 2, BackoffRate: 1 },
        { MaxAttempts: 6 },
      ],
      Catch: [
        {
          ErrorEquals: ['Known', 'Busy'],
          Assign: { risky: { n: '{% $input.n %}', why: '{% $states.errorOutput.Error %}' } },
          Output: {},
          Next: 'Return',
        },
      ],
      Assign: { risky: '{% $states.result.Payload %}' },
      Next: 'Return',
    });
  });

  it('leaves a good result alone', async () => {
    expect((await run(recovering, input, { functions: { One: () => ({ n: 2 }) } })).output).toEqual({
      value: { n: 2 },
    });
  });

  it('gives the other value for an error that it names, and fails for one that it does not', async () => {
    const known = await run(recovering, input, { functions: { One: failing('Known', 'as told') } });
    expect(known.output).toEqual({ value: { n: 1, why: 'Known' } });
    const other = await run(recovering, input, { functions: { One: failing('Other', 'as told') } });
    expect(other).toMatchObject({ status: 'FAILED', error: 'Other' });
  });

  it("comes after the step's retries", async () => {
    let calls = 0;
    const busy = () => {
      calls += 1;
      return failing('Busy', 'later')();
    };
    const result = await run(recovering, input, { functions: { One: busy } });
    expect(result.output).toEqual({ value: { n: 1, why: 'Busy' } });
    expect(calls).toBe(3);
  });

  it('may cover every error, also where an undo is due', async () => {
    const two = number('Two');
    const subject = begin()
      .run('undoable', ({ input }) => one({ n: input.n }), { undo: ({ input }) => one({ n: input.n }) })
      .run('risky', ({ input }) => two({ n: input.n }), {
        recover: { errors: ['States.ALL'], value: (_scope, error) => ({ why: error.Error }) },
      })
      .returns(({ risky }) => ({ value: risky }));
    expect(statesOf(subject).Risky).toMatchObject({
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Return' }],
    });
    const functions = { One: () => ({ n: 1 }), Two: failing('Any', 'as told') };
    expect((await run(subject, input, { functions })).output).toEqual({
      value: { why: 'Any' },
    });
  });
});
