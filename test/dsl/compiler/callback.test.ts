import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import type { Duration } from '../../../src/dsl/authoring/duration.ts';
import { task } from '../../../src/dsl/authoring/task.ts';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import type { Workflow } from '../../../src/dsl/authoring/workflow.ts';
import { compile } from '../../../src/dsl/compiler/compile.ts';
import { multiply } from '../../../src/dsl/expression/number.ts';
import { TaskTokens } from '../../../src/dsl/simulator/task-tokens.ts';
import { begin, number, run, statesOf } from '../../support/compiled-workflow.ts';

const ask = task('Ask', {
  input: z.object({ token: z.string(), question: z.string() }),
  output: z.object({}),
  errors: [],
  timeout: '1 minute',
});

/** An execution whose question is answered as soon as it is asked. */
async function answered(subject: Workflow, answer: Json) {
  const tokens = new TaskTokens();
  const Ask = (payload: Json): Json => {
    tokens.sendTaskSuccess((payload as { token: string }).token, answer);
    return {};
  };
  return { result: await run(subject, { n: 0, list: [] }, { tokens, functions: { Ask } }) };
}

const waiting = begin()
  .callback('sized', (_scope, token) => ask({ token, question: 'how many?' }), {
    answer: z.strictObject({ n: z.int().min(1) }),
    giveUpAfter: '4 hours',
    heartbeat: '10 minutes',
  })
  .returns(({ sized }) => ({ value: sized.n }));

const approved = begin()
  .approval('go', (_scope, token) => ask({ token, question: 'shall I?' }), { giveUpAfter: '4 hours' })
  .returns(({ go }) => ({ value: go.by }));

describe('a callback', () => {
  it('is a Task that hands its token on and waits, with a heartbeat, until it is given up', () => {
    expect(statesOf(waiting).Sized).toMatchObject({
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: {
        FunctionName: '${Ask}',
        Payload: { token: '{% $states.context.Task.Token %}', question: 'how many?' },
      },
      TimeoutSeconds: 14_400,
      HeartbeatSeconds: 600,
      Output: {},
    });
  });

  it('goes on with the answer that is given for its token', async () => {
    const { result } = await answered(waiting, { n: 3 });
    expect(result.output).toEqual({ value: 3 });
  });

  it('checks the answer, and fails by name for another, with every fault', async () => {
    const { result } = await answered(waiting, { n: 0, more: true });
    expect(result).toMatchObject({
      status: 'FAILED',
      error: 'InvalidAnswer',
      cause: 'sized refuses the answer: answer.n must be at least 1; answer.more is not known',
    });
  });

  it('gives up after its time', async () => {
    const result = await run(waiting, { n: 0, list: [] }, { functions: { Ask: () => ({}) } });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('adds the defaults of the answer, and lists what of it the machine cannot check', async () => {
    const subject = begin()
      .callback('sized', (_scope, token) => ask({ token, question: '?' }), {
        answer: z.object({
          n: z.number().default(7),
          even: z
            .number()
            .refine((n) => n % 2 === 0)
            .optional(),
        }),
        giveUpAfter: '1 hour',
      })
      .returns(({ sized }) => ({ value: sized.n }));
    expect((await answered(subject, {})).result.output).toEqual({ value: 7 });
    expect(compile(subject).unchecked).toEqual([
      { path: 'sized › answer.even', what: expect.stringContaining('refine') },
    ]);
  });

  it('refuses a call that does not pass the token on', () => {
    expect(() =>
      begin().callback('sized', () => number('One')({ n: 1 }), {
        answer: z.object({}),
        giveUpAfter: '1 hour',
      }),
    ).toThrow('Subject › sized: the call does not pass the task token on, so nobody could answer');
  });

  it('refuses a heartbeat that is not shorter than the wait', () => {
    expect(() =>
      begin().callback('sized', (_scope, token) => ask({ token, question: '?' }), {
        answer: z.object({}),
        giveUpAfter: '1 hour',
        heartbeat: '60 minutes',
      }),
    ).toThrow(
      "Subject › sized: heartbeat ('60 minutes') is not shorter than giveUpAfter ('1 hour'); lower it",
    );
  });
});

describe('a patience that is computed', () => {
  const patient = begin()
    .callback('sized', (_scope, token) => ask({ token, question: 'how many?' }), {
      answer: z.object({ n: z.number() }),
      giveUpAfter: { seconds: ({ input }) => multiply(input.n, 60), atMost: '1 hour' },
    })
    .returns(({ sized }) => ({ value: sized.n }));
  const asking = { functions: { Ask: () => ({}) } };

  it('is the TimeoutSeconds of the Task, and never more than it may be', async () => {
    expect(statesOf(patient).Sized).toMatchObject({
      TimeoutSeconds: '{% $min([$input.n * 60, 3600]) %}',
    });
    for (const [n, seconds] of [
      [2, 120],
      [600, 3600],
    ] as const) {
      const result = await run(patient, { n, list: [] }, asking);
      expect(result).toMatchObject({ error: 'States.Timeout', virtualMilliseconds: seconds * 1000 });
    }
  });

  it.each([
    [1, '1 second'],
    [90, '1 minute 30 seconds'],
    [3600, '1 hour'],
    [4 * 3600, '4 hours'],
    [79_261, '22 hours 1 minute 1 second'],
  ])('tells in words how long nobody answered: %i seconds are %s', async (n, words) => {
    const subject = begin()
      .approval('go', (_scope, token) => ask({ token, question: 'shall I?' }), {
        giveUpAfter: { seconds: ({ input }) => input.n, atMost: '23 hours' },
      })
      .returns(({ go }) => ({ value: go.by }));
    const result = await run(subject, { n, list: [] }, asking);
    expect(result).toMatchObject({
      error: 'NotApproved',
      cause: `the answer was no: nobody answered within ${words}`,
    });
  });

  it('keeps its bound below that of the workflow, and above its heartbeat', () => {
    const waiting = (atMost: Duration) =>
      begin().callback('sized', (_scope, token) => ask({ token, question: '?' }), {
        answer: z.object({}),
        giveUpAfter: { seconds: ({ input }) => input.n, atMost },
        heartbeat: '10 minutes',
      });
    expect(() => compile(waiting('1 day').returns(() => ({ value: 1 })))).toThrow(
      'Subject › sized: may take 1 day, not less than the workflow',
    );
    expect(() => waiting('10 minutes')).toThrow(
      "Subject › sized: heartbeat ('10 minutes') is not shorter than giveUpAfter ('10 minutes'); lower it",
    );
  });
});

describe('an approval', () => {
  it('takes silence for a no, and fails by name for it', () => {
    const states = statesOf(approved);
    expect(states.Go).toMatchObject({
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Catch: [
        {
          ErrorEquals: ['States.Timeout'],
          Assign: { go: { approved: false, comment: 'nobody answered within 4 hours' } },
          Next: 'Go.Approved',
        },
      ],
    });
    expect(states['Go.Approved']).toMatchObject({ Type: 'Choice', Default: 'Return' });
    expect(states['Go.Declined']).toMatchObject({ Type: 'Fail', Error: 'NotApproved' });
  });

  it('goes on after a yes, and says who declined and why after a no', async () => {
    const yes = await answered(approved, { approved: true, by: 'Ada' });
    expect(yes.result.output).toEqual({ value: 'Ada' });
    const no = await answered(approved, { approved: false, by: 'Ada', comment: 'too many deletes' });
    expect(no.result).toMatchObject({
      status: 'FAILED',
      error: 'NotApproved',
      cause: 'the answer was no, by Ada: too many deletes',
    });
  });

  it('fails when nobody answers', async () => {
    const result = await run(approved, { n: 0, list: [] }, { functions: { Ask: () => ({}) } });
    expect(result).toMatchObject({
      error: 'NotApproved',
      cause: 'the answer was no: nobody answered within 4 hours',
    });
  });
});
