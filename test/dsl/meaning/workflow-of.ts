import * as z from 'zod';
import { workflow, type Workflow } from '../../../src/dsl/authoring/workflow.ts';
import type { AnyFlow, AnyRef } from './any-flow.ts';
import { grownFlow } from './grown-flow.ts';
import { type KnownValue, textOf } from './known-value.ts';
import { outermost } from './place.ts';
import type { Plan } from './plan.ts';

const input: KnownValue = { read: ({ input }) => input?.n as AnyRef, mayBeMissing: false };

/** The workflow that a plan describes, in the language itself. */
export function workflowOf({ steps, returns }: Plan): Workflow {
  const begin = workflow('Planned', {
    input: z.object({ n: z.string(), hue: z.enum(['red', 'green', 'blue']) }),
    output: z.object({ text: z.string() }),
    errors: ['Broken', 'Known'],
    timeout: '300 days',
  }) as unknown as AnyFlow;
  const { flow, known } = grownFlow(begin, steps, { place: outermost, known: [input], elements: [] });
  return flow.returns((scope) => ({ text: textOf(returns, known)(scope) })) as Workflow;
}
