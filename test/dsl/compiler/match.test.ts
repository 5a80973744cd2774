import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../src/dsl/authoring/steps/choose-step.ts';
import { workflow } from '../../../src/dsl/authoring/workflow.ts';
import { concat } from '../../../src/dsl/expression/text.ts';
import { run, statesOf } from '../../support/compiled-workflow.ts';

const Event = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('created'), name: z.string() }),
  z.object({ kind: z.literal('deleted'), reason: z.string() }),
]);
const subject = workflow('Subject', {
  input: z.object({ event: Event, speed: z.enum(['fast', 'slow']) }),
  output: z.object({ value: z.string() }),
  timeout: '1 day',
})
  .match('told', ({ input }) => kindOf(input.event, 'kind'), {
    created: (way, event) => way.returns(() => concat('hello ', event.name)),
    deleted: (way, event) => way.returns(() => concat('gone: ', event.reason)),
  })
  .match('pace', ({ input }) => input.speed, {
    fast: (way) => way.returns(() => 'at once'),
    slow: (way, speed) => way.waitFor('pause', '1 hour').returns(() => speed),
  })
  .returns(({ told, pace }) => ({ value: concat(told, ', ', pace) }));

describe('match', () => {
  it('is a Choice with a way for each value, and fails by name for any other', () => {
    const states = statesOf(subject);
    expect(states.Told).toEqual({
      Type: 'Choice',
      Choices: [
        { Condition: '{% $input.event.kind = "created" %}', Next: 'Told.Created.Return' },
        { Condition: '{% $input.event.kind = "deleted" %}', Next: 'Told.Deleted.Return' },
      ],
      Default: 'Told.Otherwise.Unknown',
    });
    expect(states['Told.Otherwise.Unknown']).toEqual({
      Type: 'Fail',
      Error: 'UnknownCase',
      Cause: 'Subject › told: the value is none of created, deleted',
    });
  });

  it('takes the way of the value, which knows the value as the alternative it is', async () => {
    const created = { event: { kind: 'created', name: 'Ada' }, speed: 'fast' };
    expect((await run(subject, created)).output).toEqual({ value: 'hello Ada, at once' });
    const deleted = { event: { kind: 'deleted', reason: 'old' }, speed: 'slow' };
    expect((await run(subject, deleted)).output).toEqual({ value: 'gone: old, slow' });
  });

  it('refuses a match without ways, and a kind of what is no reference', () => {
    const start = workflow('Empty', { input: z.object({}), output: z.object({}), timeout: '1 hour' });
    expect(() => start.match('none', () => concat('a') as never, {} as never)).toThrow(
      'Empty › none: match has no way to go; give one for each value',
    );
    expect(() => kindOf(concat('a') as never, 'kind')).toThrow("kindOf('kind') needs a reference to a value");
  });

  it('has a state for each value, also where only the size of a letter tells two apart', async () => {
    const sizes = workflow('Sizes', {
      input: z.object({ size: z.enum(['m', 'M', 'otherwise']) }),
      output: z.object({ value: z.string() }),
      timeout: '1 day',
    })
      .match('told', ({ input }) => input.size, {
        m: (way) => way.returns(() => 'medium'),
        M: (way) => way.returns(() => 'mega'),
        otherwise: (way) => way.returns(() => 'odd'),
      })
      .returns(({ told }) => ({ value: told }));
    expect(Object.keys(statesOf(sizes))).toEqual([
      'Told',
      'Told.M.Return',
      'Told.M2.Return',
      'Told.Otherwise2.Return',
      'Told.Otherwise.Unknown',
      'Return',
    ]);
    const told = async (size: string) => (await run(sizes, { size })).output;
    expect(await told('M')).toEqual({ value: 'mega' });
    expect(await told('m')).toEqual({ value: 'medium' });
    expect(await told('otherwise')).toEqual({ value: 'odd' });
  });
});
