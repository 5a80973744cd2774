import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { task } from '../../../src/dsl/authoring/task.ts';
import { workflow } from '../../../src/dsl/authoring/workflow.ts';
import { orElse } from '../../../src/dsl/expression/logic.ts';
import { run, statesOf } from '../../support/compiled-workflow.ts';

const open = task('Open', {
  input: z.object({}),
  output: z.object({ id: z.string(), door: z.string().optional() }),
  errors: ['Stuck'],
  timeout: '1 minute',
});
const close = task('Close', {
  input: z.object({ id: z.string(), door: z.string().optional() }),
  output: z.object({}),
  errors: [],
  timeout: '1 minute',
});
const subject = workflow('Subject', { input: z.object({}), output: z.unknown(), timeout: '1 day' })
  .run('opened', () => open({}), {
    undo: ({ opened }) => close({ id: orElse(opened.id, 'none'), door: opened.door }),
  })
  .run('again', () => open({}))
  .returns(() => 'open');

/** What was closed, when the opening goes as these say, one after the other. */
async function closed(...openings: readonly (object | 'Stuck')[]): Promise<unknown> {
  const left = [...openings];
  const told: unknown[] = [];
  const { status, error } = await run(
    subject,
    {},
    {
      functions: {
        Open: () => {
          const opening = left.shift();
          if (typeof opening === 'object') return opening;
          throw Object.assign(new Error('no'), { name: 'Stuck' });
        },
        Close: (given) => {
          told.push(given);
          return {};
        },
      },
    },
  );
  expect([status, error]).toEqual(['FAILED', 'Stuck']);
  return told;
}

describe("an undo knows its own step's result", () => {
  it('when a later step has failed', async () => {
    expect(await closed({ id: 'o-1', door: 'left' }, 'Stuck')).toEqual([{ id: 'o-1', door: 'left' }]);
    expect(await closed({ id: 'o-1' }, 'Stuck')).toEqual([{ id: 'o-1' }]);
  });

  it('as missing, when the step itself has failed', async () => {
    expect(await closed('Stuck')).toEqual([{ id: 'none' }]);
  });

  it('by the variable of the step', () => {
    expect(statesOf(subject)).toMatchObject({
      Opened: { Assign: { opened: expect.anything() as unknown } },
      'Opened.Undo': {
        Arguments: {
          FunctionName: '${Close}',
          Payload: expect.stringContaining('$exists($opened.id) ? $opened.id : "none"') as unknown,
        },
      },
    });
  });
});
