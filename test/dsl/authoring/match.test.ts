import * as z from 'zod';
import { expect, it } from 'vitest';
import { workflow } from '../../../src/dsl/authoring/workflow.ts';
import { run, statesOf } from '../../support/compiled-workflow.ts';

it('matches a boolean, and a text that says the same', async () => {
  const subject = workflow('Subject', {
    input: z.object({ yes: z.boolean(), word: z.enum(['true', 'false']) }),
    output: z.unknown(),
    timeout: '1 day',
  })
    .match('told', ({ input }) => input.yes, {
      true: (way) => way.returns(() => 'agreed'),
      false: (way) => way.returns(() => 'refused'),
    })
    .match('said', ({ input }) => input.word, {
      true: (way) => way.returns(() => 1),
      false: (way) => way.returns(() => 0),
    })
    .returns(({ told, said }) => ({ told, said }));
  expect(statesOf(subject).Told).toEqual({
    Type: 'Choice',
    Choices: [
      { Condition: '{% $input.yes in [true,"true"] %}', Next: 'Told.True.Return' },
      { Condition: '{% $input.yes in [false,"false"] %}', Next: 'Told.False.Return' },
    ],
    Default: 'Told.Otherwise.Unknown',
  });
  expect((await run(subject, { yes: true, word: 'false' })).output).toEqual({ told: 'agreed', said: 0 });
  expect((await run(subject, { yes: false, word: 'true' })).output).toEqual({ told: 'refused', said: 1 });
});
