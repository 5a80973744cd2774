import * as z from 'zod';
import type { JsonObject } from '../../../src/dsl/asl/machine.ts';
import type { Call } from '../../../src/dsl/authoring/call.ts';
import { task } from '../../../src/dsl/authoring/task.ts';
import type { Choices } from './choices.ts';
import type { Shape } from './shape.ts';
import type { TaskOutcome } from './task-plan.ts';

/** What every task gives: `next` is there as long as it is not done, the other optional fields by chance. */
const RESULT = z.object({
  n: z.number(),
  s: z.string(),
  done: z.boolean(),
  next: z.number().optional(),
  m: z.number().optional(),
  o: z.object({ p: z.number(), q: z.string().optional() }).optional(),
});

export const RESULT_SHAPE: Shape = {
  kind: 'object',
  fields: {
    n: { shape: { kind: 'number' }, optional: false },
    s: { shape: { kind: 'text' }, optional: false },
    done: { shape: { kind: 'boolean' }, optional: false },
    m: { shape: { kind: 'number' }, optional: true },
    o: {
      shape: {
        kind: 'object',
        fields: {
          p: { shape: { kind: 'number' }, optional: false },
          q: { shape: { kind: 'text' }, optional: true },
        },
      },
      optional: true,
    },
  },
};

/** Errors that every task declares. */
export const DECLARED = ['Busy', 'Known'] as const;

const THROWN = [...DECLARED, 'Odd', 'ThrottlingException'] as const;

/** A task of its own for one step, so that its outcomes are that step's alone. */
export const drawnTask = (name: string): ((given: unknown) => Call<unknown>) =>
  task(name, {
    input: z.object({ ids: z.array(z.unknown()) }).loose(),
    output: RESULT,
    errors: DECLARED,
    timeout: '1 minute',
  }) as (given: unknown) => Call<unknown>;

/** What its calls come to: one in `trouble` fails; `steady` when it must not matter how often it is called. */
export function drawOutcomes(
  choices: Choices,
  { steady, trouble }: { readonly steady: boolean; readonly trouble: number },
): readonly TaskOutcome[] {
  const count = steady ? 1 : 1 + choices.below(3);
  return Array.from({ length: count }, (_none, index) => drawOutcome(choices, trouble, index));
}

function drawOutcome(choices: Choices, trouble: number, index: number): TaskOutcome {
  if (choices.once(trouble))
    return { error: choices.pick(THROWN), words: choices.pick(['no', 'it broke {', '']) };
  const done = !choices.once(5);
  const gives: JsonObject = {
    n: choices.below(3),
    s: choices.pick(['a', 'b', 'c', 'd']),
    done,
    ...(done ? {} : { next: index + 5 }),
    ...(choices.once(2) ? { m: choices.below(3) } : {}),
    ...(choices.once(2) ? { o: { p: choices.below(3), ...(choices.once(2) ? { q: 'a' } : {}) } } : {}),
  };
  return { gives };
}
