import * as z from 'zod';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import { type Workflow, workflow } from '../../../src/dsl/authoring/workflow.ts';
import { orElse } from '../../../src/dsl/expression/logic.ts';
import { Choices } from './choices.ts';
import { type Open, type OpenScope, drawValue } from './draw-expression.ts';
import { drawFallible, drawStep } from './draw-steps.ts';
import type { OpenFlow } from './drawn-flow.ts';
import { type Ground, type Whole, reading } from './drawing.ts';
import type { Shape } from './shape.ts';
import type { TaskPlan } from './task-plan.ts';

/** A workflow, what its input is, and what its tasks come to. */
export interface Drawn {
  readonly subject: Workflow;
  readonly input: Json;
  readonly plan: TaskPlan;
}

const INPUT = z.object({
  n: z.number(),
  list: z.array(z.number()).max(4),
  items: z
    .array(
      z.object({ id: z.string(), k: z.number(), m: z.number().optional(), sub: z.array(z.number()).max(3) }),
    )
    .max(4),
  opt: z.object({ a: z.number().optional() }).optional(),
});

const number: Shape = { kind: 'number' };
const must = (shape: Shape) => ({ shape, optional: false });
const may = (shape: Shape) => ({ shape, optional: true });

const INPUT_SHAPE: Shape = {
  kind: 'object',
  fields: {
    n: must(number),
    list: must({ kind: 'list', of: number }),
    items: must({
      kind: 'list',
      of: {
        kind: 'object',
        fields: {
          id: must({ kind: 'text' }),
          k: must(number),
          m: may(number),
          sub: must({ kind: 'list', of: number }),
        },
      },
    }),
    opt: may({ kind: 'object', fields: { a: may(number) } }),
  },
};

/** A well-formed workflow made through the authoring API, by the choices that the numbers stand for. */
export function drawWorkflow(numbers: readonly number[]): Drawn {
  const choices = new Choices(numbers);
  const whole: Whole = {
    choices,
    plan: new Map(),
    trouble: choices.pick([10, 20, 5, 3]),
    draw: drawStep,
    drawFallible,
    names: 0,
  };
  const input = drawInput(choices);
  const ground: Ground = {
    whole,
    choices,
    known: new Map([['input', must(INPUT_SHAPE)]]),
    in: 'workflow',
    caught: {},
    depth: 3,
    ids: [],
    steady: false,
    retried: false,
    hasLast: false,
    isLast: false,
    passed: false,
    freed: new Set(),
  };
  let flow = workflow('Subject', {
    input: INPUT,
    output: z.object({ value: z.unknown() }),
    errors: ['Broken', 'TooLarge'],
    timeout: '300 days',
  }) as unknown as OpenFlow;
  const steps = 1 + choices.below(8) + choices.below(4);
  for (let step = 0; step < steps; step += 1) flow = drawStep(flow, ground);
  const subject = flow.returns((scope) => ({
    value: [drawValue(reading(ground, scope))[0], choices.once(2) ? unsure(ground, scope) : {}],
  })) as unknown as Workflow;
  return { subject, input, plan: whole.plan };
}

/** All that need not be there, as far as it is. */
const unsure = ({ known }: Ground, scope: OpenScope): object =>
  Object.fromEntries(
    [...known].flatMap(([name, { optional }]) =>
      optional ? [[name, orElse(scope[name] as Open, 'none' as never)]] : [],
    ),
  );

function drawInput(choices: Choices): Json {
  const numbers = [3, 1, 2].slice(0, 3 - choices.below(4));
  const items = ['a', 'b', 'c', 'd'].slice(0, 4 - choices.below(5)).map((id, index) => ({
    id,
    k: index,
    ...(choices.once(2) ? { m: 7 } : {}),
    sub: [1, 2, 3].slice(0, 3 - choices.below(4)),
  }));
  return {
    n: choices.below(3),
    list: numbers,
    items,
    ...(choices.once(2) ? { opt: choices.once(2) ? { a: 1 } : {} } : {}),
  };
}
