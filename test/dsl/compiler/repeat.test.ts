import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import { task } from '../../../src/dsl/authoring/task.ts';
import { orElse } from '../../../src/dsl/expression/logic.ts';
import { concat } from '../../../src/dsl/expression/text.ts';
import { begin, run, statesOf } from '../../support/compiled-workflow.ts';

/** A task that copies a page at a time and says where it stopped. */
const copyPage = task('CopyPage', {
  input: z.object({ from: z.string().nullable() }),
  output: z.object({ done: z.boolean(), next: z.string().optional(), secret: z.string().optional() }),
  errors: ['Busy'],
  timeout: '15 minutes',
});

const subject = begin()
  .repeatUntil('copied', (_scope, cursor) => copyPage({ from: cursor }), {
    until: ({ copied }) => copied.done,
    cursor: { schema: z.string().nullable(), first: null, next: ({ copied }) => copied.next },
    atMost: 4,
    saying: ({ copied }) => concat('the next page is ', orElse(copied.next, 'none')),
  })
  .returns(() => ({ value: 'all' }));

/** Pages in order; the calls that were made. */
function copier(pages: readonly string[]) {
  const calls: Json[] = [];
  const CopyPage = (payload: Json): Json => {
    calls.push(payload);
    const next = pages[calls.length - 1];
    return next === undefined ? { done: true } : { done: false, next, secret: 'x' };
  };
  return { calls, functions: { CopyPage } };
}

describe('repeatUntil', () => {
  it('is a call, a Choice that counts, and the call again with the cursor of the last one', () => {
    const states = statesOf(subject);
    expect(states['Copied.Begin']).toEqual({
      Type: 'Pass',
      Assign: { copied_calls: 0, copied_cursor: null },
      Output: {},
      Next: 'Copied',
    });
    expect(states.Copied).toMatchObject({
      Type: 'Task',
      Arguments: { FunctionName: '${CopyPage}', Payload: { from: '{% $copied_cursor %}' } },
      Assign: {
        copied: '{% {"done": $states.result.Payload.done, "next": $states.result.Payload.next} %}',
        copied_calls: '{% $copied_calls + 1 %}',
        copied_cursor: '{% $states.result.Payload.done ? null : $states.result.Payload.next %}',
      },
      Next: 'Copied.Done',
    });
    expect(states['Copied.Done']).toEqual({
      Type: 'Choice',
      Choices: [
        { Condition: '{% ($copied.done) = true %}', Next: 'Return' },
        { Condition: '{% ($copied_calls >= 4) = true %}', Next: 'Copied.GaveUp' },
      ],
      Default: 'Copied',
    });
  });

  it('hands each call the cursor of the one before until it is done', async () => {
    const { calls, functions } = copier(['a', 'b']);
    const result = await run(subject, { n: 0, list: [] }, { functions });
    expect(result.output).toEqual({ value: 'all' });
    expect(calls).toEqual([{ from: null }, { from: 'a' }, { from: 'b' }]);
  });

  it('keeps nothing of a result in the history but what is read', async () => {
    const { functions } = copier(['a']);
    const { history } = await run(subject, { n: 0, list: [] }, { functions });
    const assigned = JSON.stringify(
      history.map((event) => event.stateExitedEventDetails?.assignedVariables ?? null),
    );
    expect(assigned).not.toContain('secret');
  });

  it('gives up after so many calls, with what the author has to say', async () => {
    const { calls, functions } = copier(['a', 'b', 'c', 'd', 'e']);
    const result = await run(subject, { n: 0, list: [] }, { functions });
    expect(result).toMatchObject({
      status: 'FAILED',
      error: 'GaveUp',
      cause: 'copied: not done after 4 calls; the next page is d',
    });
    expect(calls).toHaveLength(4);
  });

  it('recovers from giving up like from any other error', async () => {
    const recovering = begin()
      .repeatUntil('copied', (_scope, cursor) => copyPage({ from: cursor }), {
        until: ({ copied }) => copied.done,
        cursor: { schema: z.string().nullable(), first: null, next: ({ copied }) => copied.next },
        atMost: 2,
        recover: {
          errors: ['GaveUp'],
          value: (_scope, error) => ({ done: false, why: concat(error.Error, ': ', error.Cause) }),
        },
      })
      .returns(({ copied }) => ({ value: copied.why }));
    expect(statesOf(recovering).Copied).not.toHaveProperty('Catch');
    const { functions } = copier(['a', 'b', 'c']);
    const result = await run(recovering, { n: 0, list: [] }, { functions });
    expect(result.output).toEqual({ value: 'GaveUp: copied: not done after 2 calls' });
  });

  it('pauses between calls when it is told to', async () => {
    const paused = begin()
      .repeatUntil('copied', () => copyPage({ from: null }), {
        until: ({ copied }) => copied.done,
        atMost: 4,
        pause: '2 minutes',
      })
      .returns(() => ({ value: 1 }));
    const { functions } = copier(['a', 'b']);
    const result = await run(paused, { n: 0, list: [] }, { functions });
    expect(result.status).toBe('SUCCEEDED');
    expect(result.stopDate - result.startDate).toBe(240_000);
  });

  it('refuses a number of calls that is none', () => {
    const without = (atMost: number) => () =>
      begin().repeatUntil('copied', () => copyPage({ from: null }), {
        until: ({ copied }) => copied.done,
        atMost,
      });
    expect(without(0)).toThrow('Subject › copied: atMost must be a whole number of calls, at least 1, got 0');
    expect(without(1.5)).toThrow('got 1.5');
  });
});
