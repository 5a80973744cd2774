import { describe, expect, it } from 'vitest';
import { moreThan } from '../../../src/dsl/expression/comparison.ts';
import { inWords } from '../../../src/dsl/expression/failure.ts';
import { concat } from '../../../src/dsl/expression/text.ts';
import type { SimulatedFunction } from '../../../src/dsl/simulator/simulate.ts';
import { begin, failing, machineOf, number, run, statesOf } from '../../support/compiled-workflow.ts';

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

describe("recover from a child workflow's own error", () => {
  const child = begin('Child', '1 hour')
    .run('first', ({ input }) => one({ n: input.n }), { retry: 'none' })
    .choose('size', (ways) =>
      ways.when(
        'large',
        ({ first }) => moreThan(first.n, 10),
        (way) => way.fail('large', 'TooLarge', ({ first }) => concat('got ', first.n)),
      ),
    )
    .returns(({ first }) => ({ value: first.n }));
  const subject = begin('Parent')
    .run('inner', ({ input }) => child(input), {
      recover: {
        errors: ['TooLarge', 'States.Timeout'],
        value: (_scope, error) => ({ value: inWords(error) }),
      },
    })
    .returns(({ inner }) => ({ value: inner.value }));
  const outcome = (One: SimulatedFunction) =>
    run(subject, input, { functions: { One }, machines: { Child: machineOf(child) } });

  it('gives the other value for it, with its own name and words', async () => {
    expect((await outcome(() => ({ n: 11 }))).output).toEqual({ value: 'TooLarge: got 11' });
  });

  it('leaves a good result alone, and raises every other error as the child had it', async () => {
    expect((await outcome(() => ({ n: 1 }))).output).toEqual({ value: 1 });
    const other = await outcome(failing('Known', 'as told'));
    expect(other).toMatchObject({ status: 'FAILED', error: 'Known', cause: 'as told' });
  });

  it('catches no more than it must, so that other failures stay where they happen', () => {
    expect(statesOf(subject).Inner).toMatchObject({
      Catch: [{ ErrorEquals: ['States.Timeout', 'States.TaskFailed'], Next: 'Inner.Caught' }],
    });
  });

  it('is refused for an error that the child never has, and a retry of its own errors, which never matches', () => {
    const wrong = begin()
      .run('inner', ({ input }) => child(input), {
        retry: [{ errors: ['TooLarge'], interval: '1 second', maxAttempts: 1, backoffRate: 1 }],
        recover: { errors: ['TooLarg' as 'TooLarge'], value: () => ({ value: 0 }) },
      })
      .returns(({ inner }) => ({ value: inner.value }));
    expect(() => machineOf(wrong)).toThrow(
      "Subject › inner: a failed child execution is 'States.TaskFailed' for its parent, so that a retry of 'TooLarge' " +
        "would never match; retry 'States.TaskFailed', or the step within 'Child'\n" +
        "Subject › inner: 'Child' never fails with 'TooLarg'; it can fail with Busy, InvalidInput, Known, Refused, TooLarge",
    );
  });
});
